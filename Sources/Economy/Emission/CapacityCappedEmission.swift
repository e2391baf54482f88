import Configuration
import Kernel

/// A part by time, M₁ (1 - e^(-λt)), and a part by effective time, M₂ (1 - e^(-λθ)).
///
/// θ is the time at which a baseline that doubles by and by adds up to what the network's capacity,
/// counted up to the baseline of its day, has added up to: Σ b(s ≤ θ) = Σ min(b(t), capacity). It is
/// found by steps of an epoch, and linearly between two.
///
/// Memory: `steps` whole steps of θ, `sum` the capacity that counted, `otherSum` the baseline up to the
/// step that θ lies in, `level` θ [epochs].
struct CapacityCappedEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "capacityCapped",
    summary: "A part that decays with time, and one that decays with the capacity brought.",
    source: "Filecoin, builtin-actors: actors/reward/src/logic.rs"
  ) { fields in CapacityCappedEmission(reading: &fields) }

  let simple: Double
  let capped: Double
  let halvingDays: Double
  let baseline: Double
  let doublingDays: Double
  let perNode: Double
  let age: Double
  let effectiveAge: Double

  init(reading fields: inout FieldReader) {
    simple = fields.number(
      "simpleTokens", "what the part by time brings in all", unit: "tokens", in: 0...1e12,
      default: 330e6, source: "Filecoin: 30 % of 1.1e9")
    capped = fields.number(
      "cappedTokens", "what the part by capacity brings in all", unit: "tokens", in: 0...1e12,
      default: 770e6, source: "Filecoin: 70 % of 1.1e9")
    halvingDays = fields.number(
      "halvingDays", "half-life of both", unit: "days", in: 1...100_000, default: 2190,
      source: "Filecoin: six years")
    baseline = fields.number(
      "baselineAtAge0", "capacity that is enough at age 0", unit: "capacity units", in: 1e-9...1e18,
      example: 2.888_888_88)
    doublingDays = fields.number(
      "baselineDoublingDays", "days in which that doubles", unit: "days", in: 1...100_000,
      default: 365, source: "Filecoin: 100 % a year")
    perNode = fields.number(
      "capacityPerNode", "capacity of a node while it is online", unit: "capacity units/node",
      in: 0...1e12, default: 1, source: "assumption: capacity is counted in nodes")
    age = fields.number(
      "ageDays", "age of the emission at day 0", unit: "days", in: 0...100_000, default: 0,
      source: "assumption: it begins with the scenario")
    effectiveAge =
      fields.optionalNumber(
        "effectiveAgeDays", "effective time at day 0; as ageDays, where it is left out",
        unit: "days", in: 0...100_000, example: 0) ?? age
    if age - effectiveAge > 10 * doublingDays {
      fields.refuse(
        "effectiveAgeDays",
        expected: "at most 10 doublings of the baseline (\(numberText(10 * doublingDays)) days) "
          + "behind ageDays",
        found: numberText(age - effectiveAge),
        help: "capacity of today would count for all of them at once")
    }
    if effectiveAge > age {
      fields.refuse(
        "effectiveAgeDays", expected: "at most ageDays (\(numberText(age)))",
        help: "effective time never runs ahead of time")
    }
  }

  /// Capacity that has counted was counted up to its own baseline.
  func continues(_ before: any EmissionPolicy) -> Bool {
    guard let before = before as? CapacityCappedEmission else { return true }
    return baseline == before.baseline && doublingDays == before.doublingDays
      && perNode == before.perNode && age == before.age && effectiveAge == before.effectiveAge
  }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    let days = network.epochDays
    let lambda = Self.ln2 * days / halvingDays
    let epoch = Double(network.epoch)
    let capacity = min(
      baseline(atAge: age + epoch * days), network.onlineNodes * perNode)
    let before = memory.level ?? 0
    memory.sum += capacity
    while memory.otherSum + stepBaseline(memory.steps, days) <= memory.sum {
      memory.otherSum += stepBaseline(memory.steps, days)
      memory.steps += 1
    }
    let step = stepBaseline(memory.steps, days)
    let theta = Self.effectiveTime(
      step: Double(memory.steps + 1), baseline: step, realised: memory.sum,
      cumulative: memory.otherSum + step)
    memory.level = theta
    let byTime = Self.minted(
      of: simple, from: age / days + epoch, advancing: 1, decay: lambda)
    let byCapacity = Self.minted(
      of: capped, from: effectiveAge / days + before, advancing: theta - before, decay: lambda)
    return byTime + byCapacity
  }

  /// Capacity that is enough at an age [capacity units].
  func baseline(atAge days: Double) -> Double {
    baseline * Elementary.exp(Self.ln2 * days / doublingDays)
  }

  private func stepBaseline(_ step: Int, _ days: Double) -> Double {
    baseline(atAge: effectiveAge + Double(step) * days)
  }

  private static let ln2 = Elementary.log(2)

  /// Tokens of a decaying part between two times in epochs: M (e^(-λt) - e^(-λ(t + d))).
  static func minted(
    of total: Double, from time: Double, advancing: Double, decay: Double
  ) -> Double {
    total * Elementary.exp(-decay * time) * -Elementary.expm1(-decay * advancing)
  }

  /// Effective time where the baseline up to a step is more than what was realised: the step, less
  /// what is missing ÷ the step's baseline [steps].
  static func effectiveTime(
    step: Double, baseline: Double, realised: Double, cumulative: Double
  ) -> Double {
    step - max(0, cumulative - realised) / baseline
  }
}

import Configuration
import Kernel

/// E(n) = E₀ · f^⌊n / k⌋ [tokens/epoch], with 0 < f ≤ 1 and k ≥ 1 [epochs].
struct ExponentialEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "exponential", summary: "Falls by the same factor every so many epochs.",
    source: "io.net: 0.989849199 a month; Render RNP-001: 0.945 a year"
  ) { fields in ExponentialEmission(reading: &fields) }

  let initial: Double
  let factor: Double
  let interval: Int

  init(reading fields: inout FieldReader) {
    initial = fields.number(
      "initialTokensPerEpoch", "emission of epoch 0", unit: "tokens/epoch", in: 0...1e12)
    factor = fields.number("factor", "what is left after each step", in: 0.000_001...1)
    interval = fields.count(
      "stepEpochs", "epochs of a step", unit: "epochs", in: 1...1_000_000, default: 1)
  }

  var isSchedule: Bool { true }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    initial * Elementary.pow(factor, Double(network.epoch / interval))
  }
}

import Configuration
import Kernel

/// Failures of a node in operating time, and how it is brought back.
///
/// The hazard is the sum of three: failures whatever the age, transient errors, and failures of age;
/// lemons have a multiple of it. All of them take the running job's node away.
struct FailureSettings: Sendable {
  /// Failures whatever the age, transient errors left out [1/year].
  let perYear: Double
  /// Errors after which the node only has to start again [1/year].
  let transientPerYear: Double
  let ageing: Ageing?
  let lemons: Lemons?
  let restart: Repair
  /// One, or one of each kind.
  let repairs: [Repair]
  /// Cache: whether anything can fail.
  let happens: Bool

  /// The number of ``restart``, behind those of ``repairs``.
  private static let restartNumber: UInt8 = .max

  init(reading fields: inout FieldReader) {
    perYear = fields.number(
      "perYear", "failures per node and year online, whatever the age", unit: "1/year",
      in: 0...1e6)
    let single = Repair(reading: &fields)
    let kinds = fields.object(
      "repairs", "kinds of repair, in place of repairHours", Repair.kinds(reading:))
    repairs = kinds ?? [single]
    transientPerYear = fields.number(
      "transientPerYear", "errors per node and year online that a restart cures", unit: "1/year",
      in: 0...1e6, default: 0, source: "assumption; model-facts §1.3: 0.17 per GPU-year (S)")
    restart = Repair(restart: &fields)
    ageing = fields.object("ageing", "failures that come with operating age") {
      Ageing(reading: &$0)
    }
    lemons = fields.object("lemons", "a few nodes that fail more often") { Lemons(reading: &$0) }
    happens = perYear > 0 || transientPerYear > 0 || ageing != nil
    if fields.hasSome("repairHours"), fields.hasSome("repairs") {
      fields.refuse(
        "repairs", expected: "either repairHours or repairs", found: "both",
        help: "leave one of them out")
    }
  }

  /// Operating time of a node from an age to its next failure [years].
  ///
  /// - Parameters:
  ///   - number: failures it has had: index of the draws.
  ///   - age: operating age [years].
  func yearsUntilNext(of node: UInt64, number: UInt32, age: Double, _ luck: Luck) -> Double {
    let factor = lemons?.factor(of: node, luck) ?? 1
    var stream = luck.stream(.failure, entity: node, index: number)
    let byChance =
      -Elementary.log(stream.uniform()) / (perYear + transientPerYear) / factor
    guard let ageing else { return byChance }
    var wear = luck.stream(.wearOut, entity: node, index: number)
    let load = -Elementary.log(wear.uniform()) / factor
    return min(byChance, ageing.years(from: age, load: load))
  }

  /// Failures of a node of an age in a year online, of lemons and others together [1/year].
  func perYear(age: Double) -> Double {
    (perYear + transientPerYear + (ageing?.hazard(age: age) ?? 0)) * (lemons?.meanFactor ?? 1)
  }

  /// Which repair a failure needs: its number among ``repairs``, or that of the restart.
  ///
  /// The cause is drawn by the shares of the hazard at that age, as the first of competing risks is.
  func repair(of node: UInt64, number: UInt32, age: Double, _ luck: Luck) -> UInt8 {
    guard transientPerYear > 0 || repairs.count > 1 else { return 0 }
    var stream = luck.stream(.repairKind, entity: node, index: number)
    let hazard = perYear + transientPerYear + (ageing?.hazard(age: age) ?? 0)
    if stream.uniform() * hazard < transientPerYear { return Self.restartNumber }
    var left = stream.uniform() * repairs.reduce(0) { $0 + $1.weight }
    for (kind, repair) in repairs.enumerated() {
      left -= repair.weight
      if left < 0 { return UInt8(kind) }
    }
    return UInt8(repairs.lastIndex { $0.weight > 0 } ?? 0)
  }

  func isTransient(_ repair: UInt8) -> Bool { repair == Self.restartNumber }

  /// The repair of a number; an amendment may have taken kinds away meanwhile.
  subscript(repair: UInt8) -> Repair {
    isTransient(repair) ? restart : repairs[min(Int(repair), repairs.count - 1)]
  }
}

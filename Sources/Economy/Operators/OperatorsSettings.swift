import Configuration
import Kernel

/// The supply side of a scenario.
struct OperatorsSettings: Sendable {
  let types: [OperatorType]
  let expectation: Expectation
  /// Nobody enters or leaves before this day: pay is not known yet [days].
  let frozenDays: Double
  /// Machines that repair crews work on at once; nil: no limit.
  let repairCrew: Int?
  /// Days ahead that operators plan for, once an amendment is announced.
  let planDays: Double
  let outages: [Outage]

  init(hardware: [HardwareClass], regions: [Region], reading fields: inout FieldReader) {
    types = fields.named(
      "types", "kinds of operator", atMost: EconomySettings.mostKinds
    ) { name, type in
      OperatorType(name: name, hardware: hardware, regions: regions, reading: &type)
    }.map(\.value)
    expectation =
      fields.rule(
        "expectation", "how pay is expected", from: Expectation.choices,
        default: "average") ?? .last
    frozenDays = fields.number(
      "frozenDays", "days at the start without entry and exit", unit: "days", in: 0...3650,
      default: 30)
    planDays = fields.number(
      "planDays", "days ahead whose mean pay is expected, once an amendment is announced",
      unit: "days", in: 0...3650, default: 90, source: "assumption")
    repairCrew = fields.optionalCount(
      "repairCrew", "machines under repair at once", in: 1...1_000_000)
    outages = fields.named(
      "outages", "outages that hit many nodes at once", atMost: Outage.mostKinds
    ) { name, outage in
      Outage(name: name, reading: &outage)
    }.map(\.value)
  }
}

extension OperatorsSettings {
  /// Columns of the hardware that some type owns, each once, in the order of the types.
  var ownedHardware: [Int] {
    var seen: Set<Int> = []
    return types.map(\.hardware).filter { seen.insert($0).inserted }
  }
}

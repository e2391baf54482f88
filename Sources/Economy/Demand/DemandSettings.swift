import Configuration

/// The demand side of a scenario.
struct DemandSettings: Sendable {
  let classes: [DemandClass]
  /// Memory of users: weight of a past day falls as exp(-age / memory) [days].
  let memoryDays: Double

  /// - Parameter owned: columns of the hardware that operators own; nil: there are no operators.
  init(
    hardware: [HardwareClass], owned: [Int]?, clouds: [Cloud] = [],
    reading fields: inout FieldReader
  ) {
    classes = fields.named(
      "classes", "kinds of job", atMost: EconomySettings.mostKinds
    ) { name, jobs in
      DemandClass(name: name, hardware: hardware, owned: owned, clouds: clouds, reading: &jobs)
    }.map(\.value)
    memoryDays = fields.number(
      "memoryDays", "how long users remember cost and service", unit: "days", in: 0.1...3650,
      default: 30, source: "model-facts §3.3, assumption")
  }
}

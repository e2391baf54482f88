import Configuration

/// The demand side of a scenario.
struct DemandSettings: Sendable {
  let classes: [DemandClass]
  /// Memory of users: weight of a past day falls as exp(-age / memory) [days].
  let memoryDays: Double

  /// - Parameter operators: the supply side; without types it is not asked who could serve.
  init(
    hardware: [HardwareClass], regions: [Region], operators: OperatorsSettings,
    clouds: [Cloud] = [], reading fields: inout FieldReader
  ) {
    let isKnown = !operators.types.isEmpty
    let owned = isKnown ? operators.ownedHardware : nil
    let fleets = isKnown ? operators.types.map(\.possibleFleet) : nil
    classes = fields.named(
      "classes", "kinds of job", atMost: EconomySettings.mostKinds
    ) { name, jobs in
      DemandClass(
        name: name, hardware: hardware, regions: regions, owned: owned, fleets: fleets,
        clouds: clouds, reading: &jobs)
    }.map(\.value)
    memoryDays = fields.number(
      "memoryDays", "how long users remember cost and service", unit: "days", in: 0.1...3650,
      default: 30, source: "model-facts §3.3, assumption")
  }
}

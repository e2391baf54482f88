import Configuration

/// The demand side of a scenario.
struct DemandSettings: Sendable {
  let classes: [DemandClass]
  /// Memory of users: weight of a past day falls as exp(-age / memory) [days].
  let memoryDays: Double

  init(hardware: [HardwareClass], reading fields: inout FieldReader) {
    classes = fields.named("classes", "kinds of job") { name, jobs in
      DemandClass(name: name, hardware: hardware, reading: &jobs)
    }.map(\.value)
    memoryDays = fields.number(
      "memoryDays", "how long users remember cost and service", unit: "days", in: 0.1...3650,
      default: 30, source: "model-facts §3.3, assumption")
  }
}

import Configuration

/// Grants: when a job is done, the protocol's treasury pays its user part of the price back, as far
/// as it holds dollars.
struct Subsidy: Sendable {
  /// Of what a job pays [1].
  let share: Double

  init(reading fields: inout FieldReader) {
    share = fields.share(
      "share", "part of the price that the treasury pays back when a job is done", example: 0.5)
  }
}

import Configuration
import Kernel

/// How the nodes of an operator type come and go while their operator stays.
struct ChurnSettings: Sendable {
  /// Time online until the operator takes the node away [h]; nil: never.
  let session: Distribution?
  /// Time away between sessions [h].
  let offline: Distribution
  let failure: Failure?

  /// Memoryless failures in operating time, and their repair.
  struct Failure: Sendable {
    /// Failures per node and year online [1/year].
    let perYear: Double
    /// Time of a repair once it starts [h].
    let repair: Distribution
  }

  init(reading fields: inout FieldReader) {
    session = fields.distribution("sessionHours", "time online until the node is taken away [h]")
    offline = fields.distribution(
      "offlineHours", "time away between sessions [h]", default: .exponential(mean: 4))
    failure = fields.object("failure", "failures of the machine") { failure in
      Failure(
        perYear: failure.number(
          "perYear", "failures per node and year online", unit: "1/year", in: 0...1e6),
        repair: failure.distribution(
          "repairHours", "time of a repair [h]", default: .lognormal(median: 12, sigma: 1.5)))
    }
  }
}

import Configuration
import Kernel

/// What the network asks of a node that registers, and how well that tells a real one from a fake.
///
/// Fakes that are not refused are *registered*; of these, those that pass the check are *verified*;
/// neither is *usable*. Figures: io.net in April 2024, where of 1.8 million fakes attempted above
/// 500,000 GPUs were claimed, 120,000 verified and some 12,000 usable (model-facts §6).
struct AdmissionSettings: Sendable, Equatable {
  /// Probability that a fake is refused at the door [1].
  let refused: Double
  /// Probability that a registered fake passes for verified [1].
  let missed: Double

  init(reading fields: inout FieldReader) {
    refused = fields.share(
      "refusedShare", "probability that a fake is refused when it registers", default: 0.73,
      source: "model-facts §6: 1.8 M attempted, 0.5 M claimed")
    missed = fields.share(
      "missedShare", "probability that a registered fake passes for verified", default: 0.22,
      source: "model-facts §6: (120,000 - 12,000) of (500,000 - 12,000)")
  }
}

/// Challenges that only real hardware can answer, at fixed times.
struct ProofSettings: Sendable, Equatable {
  let every: SimDuration
  /// Probability that a fake fails one [1].
  let detection: Double

  init(reading fields: inout FieldReader) {
    every = .hours(
      fields.number(
        "everyHours", "time between two challenges", unit: "h", in: 0.1...8760, default: 1,
        source: "model-facts §6 and io.net's hourly proof of work"))
    detection = fields.share(
      "detectionShare", "probability that a fake fails one", default: 0.2, source: "assumption")
  }
}

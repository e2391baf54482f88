import Configuration

/// What a job does with a GPU: cards differ in which of these they do well.
enum Workload: String, CaseIterable, Sendable {
  /// Anything: the hardware's speed in general holds.
  case general
  case inference, fineTuning, training, rendering

  /// Those that hardware may have a speed of its own for.
  static let special = allCases.filter { $0 != .general }
}

/// Relative speeds of a GPU by workload, where they differ from its speed in general.
struct WorkloadSpeeds: Sendable, Equatable {
  /// In the order of ``Workload/special``; nil: the speed in general.
  private let speeds: [Double?]

  init(reading fields: inout FieldReader) {
    speeds = Workload.special.map { workload in
      fields.optionalNumber(
        workload.rawValue, "\(workload.rawValue) work per hour against the reference GPU of it",
        in: 0.001...1000, example: 1)
    }
  }

  subscript(workload: Workload) -> Double? {
    Workload.special.firstIndex(of: workload).flatMap { speeds[$0] }
  }
}

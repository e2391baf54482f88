import Configuration

extension ArrivalLaw {
  /// Many users who know nothing of each other.
  static let poissonChoice = Choice<ArrivalLaw>(
    name: "poisson", summary: "Independent users: exponential gaps, index of dispersion 1."
  ) { _ in .poisson }
}

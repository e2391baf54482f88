import Configuration

/// Stakers leave places that yield less than the mean, and go to those that yield more.
///
/// Of what is staked at a place with a yearly yield y, a share min(most, r t (mean - y)) leaves in
/// t days; what leaves goes to the places above the mean in proportion to (what is staked there) x
/// (y - mean). The mean is weighed by what is staked.
struct StakerMoves: Sendable, Equatable {
  let response: Double
  let most: Double

  init(reading fields: inout FieldReader) {
    response = fields.number(
      "response", "share that leaves a day, for each unit of yearly yield below the mean",
      unit: "1/day", in: 0...10, default: 0.02, source: "assumption")
    most = fields.share(
      "mostPerEpoch", "most that leaves at one settlement", default: 0.1, source: "assumption")
  }

  init(response: Double, most: Double) {
    self.response = response
    self.most = most
  }

  /// What leaves each place, as shares of what is there, and where it goes, as shares of all that
  /// leaves, `[places]`.
  ///
  /// - Parameters:
  ///   - staked: what is staked at each place [any unit], not negative.
  ///   - yields: yearly yield of each place [1/year].
  func moves(
    staked: [Double], yields: [Double], days: Double
  ) -> (leaving: [Double], arriving: [Double]) {
    let total = staked.reduce(0, +)
    let nothing = staked.map { _ in 0.0 }
    guard total > 0 else { return (nothing, nothing) }
    let mean = zip(staked, yields).reduce(0) { $0 + $1.0 * $1.1 } / total
    var arriving = zip(staked, yields).map { $0 * max(0, $1 - mean) }
    let pull = arriving.reduce(0, +)
    guard pull > 0 else { return (nothing, nothing) }
    arriving = arriving.map { $0 / pull }
    let leaving = yields.map { min(most, response * days * max(0, mean - $0)) }
    return (leaving, arriving)
  }
}

import Configuration
import Kernel

/// How potential arrivals follow each other: the law of the integrated ceiling between two of them
/// [jobs], whose mean is 1.
///
/// The ceiling's time runs as fast as jobs may come: a renewal process on it has the daily and weekly
/// shape, the growth and the headroom of the ceiling, and arrival n is the same whatever thins it.
/// The first arrival stands a whole gap behind the start.
enum ArrivalLaw: Hashable, Sendable {
  case poisson
  case gamma(Gamma)
  case weibull(Weibull)

  static let choices = [poissonChoice, gammaChoice, weibullChoice]

  /// The integrated ceiling from one arrival to the next [jobs].
  func load(using stream: inout RandomStream) -> Double {
    switch self {
    case .poisson: -Elementary.log(stream.uniform())
    case .gamma(let law): law.sample(using: &stream)
    case .weibull(let law): law.sample(using: &stream)
    }
  }

  /// Variance of the load [jobs²], which is the index of dispersion of counts over long times.
  ///
  /// Thinning with a chance of p leaves 1 + p (variance - 1): a gap is then a geometric number of
  /// gaps. At the base rate p = 1 / headroom.
  var variance: Double {
    switch self {
    case .poisson: 1
    case .gamma(let law): law.variance
    case .weibull(let law): law.variance
    }
  }
}

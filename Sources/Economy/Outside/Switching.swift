import Configuration
import Kernel

/// How the users of a class choose between the network and the cheapest cloud.
enum Switching: Sendable {
  case taste(TasteSwitching)
  case split(SplitSwitching)

  static let choices = [TasteSwitching.choice, SplitSwitching.choice]

  /// Purpose of the one uniform number that a request chooses by.
  var purpose: Purpose {
    switch self {
    case .taste: .cloudTaste
    case .split: .cloudSplit
    }
  }

  /// Whether it is requests that choose, rather than the clients they come from.
  var isOfRequests: Bool {
    switch self {
    case .taste: false
    case .split: true
    }
  }

  /// Whether a request goes to the cloud, from what an hour of work costs here and there
  /// [USD/GPU-h] and a uniform number.
  @inline(__always)
  func prefersCloud(cost: Double, there: Double, uniform: Double) -> Bool {
    switch self {
    case .taste(let rule): rule.prefersCloud(cost: cost, there: there, uniform: uniform)
    case .split(let rule): uniform >= rule.networkShare(cost: cost, there: there)
    }
  }
}

import Kernel

/// One way to weigh operators when rewards are shared out: its key, its words, and the weights.
struct RewardWeight: Sendable {
  let key: String
  let meaning: String
  let source: String
  /// Whether more nodes of one owner count for as much as nodes of many owners.
  let isByNodes: Bool
  /// Weights of the operators at a settlement, `[operators]`, each at least 0.
  let weigh: @Sendable (NetworkState) -> [Int64]
  /// Share of an operator's weight that its fakes bring [1].
  let fakeShare: @Sendable (NetworkState, _ slot: Int) -> Double

  init(
    _ key: String, _ meaning: String, source: String = "", isByNodes: Bool = true,
    fakeShare: @escaping @Sendable (NetworkState, Int) -> Double = { _, _ in 0 },
    weigh: @escaping @Sendable (NetworkState) -> [Int64]
  ) {
    self.key = key
    self.meaning = meaning
    self.source = source
    self.isByNodes = isByNodes
    self.weigh = weigh
    self.fakeShare = fakeShare
  }

  /// Every weight, in the order in which parts are shared out.
  static let all: [RewardWeight] = [
    .work, .online, .registered, .power, .capacity, .idle, .stake, .checks,
  ]

  /// Weights that are not whole, brought down together where their sum would pass 2^62.
  static func whole(_ weights: [Double]) -> [Int64] {
    let most = 4.6e18 / Double(max(1, weights.count))
    let largest = weights.max() ?? 0
    let scale = largest > most ? most / largest : 1
    return weights.map { Int64((max($0, 0) * scale).rounded()) }
  }
}

extension NetworkState {
  /// What a node of an operator counts for where rewards go by power [1].
  func rewardMultiplier(of slot: Int) -> Double {
    let type = settings.operators.types[Int(operators.type[slot])]
    return settings.hardware[type.hardware].rewardMultiplier
  }

  /// Time online that operators claim since the last settlement, fakes all of it [µs].
  var rewardedTime: [Int64] { trust.isOn ? claimedTime : operators.online }

  /// Share of an operator's claimed time that is its fakes' [1].
  func fakeTimeShare(of slot: Int) -> Double {
    let claimed = Double(trust.fakes[slot]) * Double(settings.epoch.microseconds)
    return claimed / (claimed + Double(operators.online[slot]))
  }
}

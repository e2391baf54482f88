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

  /// A weight that is not whole, kept where the sum of many stays below 2^63.
  static func whole(_ weight: Double) -> Int64 {
    Int64(min(max(weight, 0), 1e15).rounded())
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

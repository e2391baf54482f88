import Kernel

/// Reserves of the network's token and of a subnet's own, and what they trade at.
///
/// price = (w₁ y) / (w₂ x), with y tokens, x alpha and w₁ + w₂ = 1 [tokens/alpha]. With w₁ = ½ it is
/// the constant-product pool, in integers of 128 bits; else powers, each result lowered by a part in
/// 10^12, which is more than their rounding. Fees stay in the pool, and all rounding is in its favour.
///
/// Source: opentensor/subtensor @ 14bc6f9f (2026-06-30); weights since June 2026.
struct SubnetPool: Sendable, Equatable {
  /// State: reserves [base units]; each keeps one unit at least.
  private(set) var tokens: Int64
  private(set) var alpha: Int64
  /// State: w₁.
  private(set) var weight = 0.5
  /// Parameter: share of what comes in that is not traded [1].
  var fee: Double
  /// Parameter: whether one-sided injections move the weights, and not the price.
  private(set) var isWeighted: Bool

  /// Bounds of w₁.
  static let weights = 0.1...0.9

  init(tokens: Int64, alpha: Int64, fee: Double, isWeighted: Bool) {
    precondition(tokens > 0 && alpha > 0, "a pool without reserves has no price")
    self.tokens = tokens
    self.alpha = alpha
    self.fee = fee
    self.isWeighted = isWeighted
  }

  /// The law of the pool is another from now on: one of equal weights, where these no longer move.
  mutating func turn(isWeighted: Bool) {
    self.isWeighted = isWeighted
    if !isWeighted { weight = 0.5 }
  }

  /// Tokens for one alpha, base unit by base unit.
  var price: Double {
    let ratio = Double(tokens) / Double(alpha)
    return weight == 0.5 ? ratio : ratio * weight / (1 - weight)
  }

  /// ln of y^w₂ x^w₁, which a trade never lowers.
  var logInvariant: Double {
    (1 - weight) * Elementary.log(Double(tokens)) + weight * Elementary.log(Double(alpha))
  }

  /// Takes alpha in and gives tokens out.
  /// - Returns: tokens out: y (1 - (x / (x + Δ))^(w₁ / w₂)) of what is left of Δ after the fee.
  mutating func sell(alpha amount: Int64) -> Int64 {
    let out = Self.out(
      of: tokens, for: net(amount), into: alpha, exponent: weight / (1 - weight))
    alpha += amount
    tokens -= out
    return out
  }

  /// Takes tokens in and gives alpha out.
  mutating func buy(tokens amount: Int64) -> Int64 {
    let out = Self.out(
      of: alpha, for: net(amount), into: tokens, exponent: (1 - weight) / weight)
    tokens += amount
    alpha -= out
    return out
  }

  /// Adds to the reserves; a weighted pool moves its weights so that the price stays. Requires an
  /// injection within ``room``, or one at the price.
  mutating func inject(tokens more: Int64, alpha beside: Int64) {
    let price = price
    tokens += more
    alpha += beside
    guard isWeighted, more > 0 || beside > 0 else { return }
    // w₁ / w₂ = price x / y.
    let ratio = price * Double(alpha) / Double(tokens)
    weight = min(max(ratio / (1 + ratio), Self.weights.lowerBound), Self.weights.upperBound)
  }

  /// Most tokens that may come in alone before a weight reaches its bound.
  var room: Int64 {
    guard isWeighted else { return 0 }
    let lowest = Self.weights.lowerBound
    let most = price * Double(alpha) * (1 - lowest) / lowest - Double(tokens)
    return Int64(min(max(most, 0), 4e18))
  }

  /// Puts back what a batch of orders could not be shared out of.
  mutating func keep(tokens remainder: Int64) { tokens += remainder }
  mutating func keep(alpha remainder: Int64) { alpha += remainder }

  private func net(_ amount: Int64) -> Int64 {
    amount - Int64((Double(amount) * fee).rounded(.up))
  }

  private static func out(
    of reserve: Int64, for amount: Int64, into other: Int64, exponent: Double
  ) -> Int64 {
    guard amount > 0 else { return 0 }
    let out: Int64
    if exponent == 1 {
      out = Int64(Int128(reserve) * Int128(amount) / (Int128(other) + Int128(amount)))
    } else {
      let share = -Elementary.expm1(
        -exponent * Elementary.log1p(Double(amount) / Double(other)))
      out = Int64((Double(reserve) * share * (1 - 1e-12)).rounded(.down))
    }
    return min(out, reserve - 1)
  }
}

/// Sharing integers out so that no unit is lost.
enum Split {
  /// Shares of `total` in proportion to `weights`, by largest remainder; among equal remainders
  /// the lower index gets the unit.
  ///
  /// `shares` must be as long as `weights`. With all weights 0 nothing is shared out.
  /// - Returns: what was shared out: `total`, or 0.
  @discardableResult
  static func largestRemainder(
    of total: Int64, by weights: [Int64], into shares: inout [Int64]
  ) -> Int64 {
    var sum: UInt64 = 0
    for weight in weights { sum += UInt64(weight) }
    guard sum > 0, total > 0 else {
      for index in shares.indices { shares[index] = 0 }
      return 0
    }
    var remainders: [(remainder: UInt64, index: Int)] = []
    remainders.reserveCapacity(weights.count)
    var left = UInt64(total)
    for index in weights.indices {
      let weight = UInt64(weights[index])
      if weight == 0 {
        shares[index] = 0
        continue
      }
      let (quotient, remainder) = sum.dividingFullWidth(
        UInt64(total).multipliedFullWidth(by: weight))
      shares[index] = Int64(quotient)
      left -= quotient
      if remainder > 0 { remainders.append((remainder, index)) }
    }
    Selection.place(Int(left), of: &remainders, by: precedes)
    for place in 0..<Int(left) { shares[remainders[place].index] += 1 }
    return total
  }

  /// Shares of `total` by a few parts of one, by largest remainder.
  static func largestRemainder(of total: Int64, by parts: [Double]) -> [Int64] {
    let weights = parts.map { Int64(($0 * 1e12).rounded()) }
    var shares = [Int64](repeating: 0, count: parts.count)
    largestRemainder(of: total, by: weights, into: &shares)
    return shares
  }

  private static func precedes(
    _ a: (remainder: UInt64, index: Int), _ b: (remainder: UInt64, index: Int)
  ) -> Bool {
    a.remainder != b.remainder ? a.remainder > b.remainder : a.index < b.index
  }
}

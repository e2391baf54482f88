/// Rewards that become free in equal daily parts, by operator.
///
/// A grant g over V days frees ⌊g / V⌋ on each of the V days after it, and on the last what that
/// leaves over. What an operator gets on a day is one running rate, from which each grant is taken on
/// its last day: time and memory of a day do not grow with the grants.
struct RewardLocks: Sendable {
  /// Parameter: operators, and the longest time of a grant [days].
  private let operators: Int
  private let longest: Int
  /// State: base units free each day, `[operators]`.
  private var rates: [Int64]
  /// State: what the rate falls by after a day, and what that day frees beside it, `[days x
  /// operators]` in a ring.
  private var falls: [Int64]
  private var rests: [Int64]
  /// State: base units that are locked, `[operators]`.
  private(set) var locked: [Int64]
  /// State: the last day that was freed.
  private(set) var day = 0

  init(operators: Int, longest: Int) {
    self.operators = operators
    self.longest = longest
    rates = Array(repeating: 0, count: operators)
    falls = Array(repeating: 0, count: operators * (longest + 1))
    rests = falls
    locked = rates
  }

  /// Locks a grant for so many days from the last day that was freed.
  mutating func lock(_ amount: Int64, of slot: Int, days: Int) {
    precondition(1...longest ~= days && amount >= 0, "a grant lasts between 1 day and the longest")
    let part = amount / Int64(days)
    let place = (day + days) % (longest + 1) * operators + slot
    rates[slot] += part
    falls[place] += part
    rests[place] += amount - part * Int64(days)
    locked[slot] += amount
  }

  /// Frees what is due up to a day, `[operators]`; nil where that is nothing.
  mutating func release(through last: Int) -> [Int64]? {
    guard last > day else { return nil }
    var freed = [Int64](repeating: 0, count: operators)
    while day < last {
      day += 1
      let first = day % (longest + 1) * operators
      for slot in 0..<operators {
        let due = rates[slot] + rests[first + slot]
        if due == 0 { continue }
        freed[slot] += due
        locked[slot] -= due
        rates[slot] -= falls[first + slot]
        falls[first + slot] = 0
        rests[first + slot] = 0
      }
    }
    return freed.contains { $0 > 0 } ? freed : nil
  }

  /// Takes a share of what an operator has locked, from every grant alike.
  ///
  /// - Returns: what was taken; rounding is against the operator.
  mutating func forfeit(_ share: Double, of slot: Int) -> Int64 {
    let before = locked[slot]
    if before == 0 || share <= 0 { return 0 }
    func kept(_ amount: Int64) -> Int64 {
      share >= 1 ? 0 : Int64((Double(amount) * (1 - share)).rounded(.down))
    }
    var (rate, left) = (Int64(0), Int64(0))
    for ahead in 1...longest {
      let place = (day + ahead) % (longest + 1) * operators + slot
      falls[place] = kept(falls[place])
      rests[place] = kept(rests[place])
      rate += falls[place]
      left += falls[place] * Int64(ahead) + rests[place]
    }
    rates[slot] = rate
    locked[slot] = left
    return before - left
  }
}

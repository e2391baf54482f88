/// Every posting and expectation of a stretch of a run, kept while a failure is traced.
struct Journal: Sendable {
  enum Side: Sendable { case expected, posted }

  struct Entry: Sendable {
    let event: Int
    let side: Side
    let asset: Asset
    let amount: Int64
    let from: Account
    let to: Account
    let reason: Reason
  }

  /// An event during which something was recorded.
  struct Moment: Sendable {
    let ordinal: Int
    let kind: String
    let days: Double
  }

  private(set) var entries: [Entry] = []
  private(set) var moments: [Moment] = []
  private var pending: Moment? = Moment(ordinal: 0, kind: "opening", days: 0)

  /// Names the event that the entries to come belong to.
  mutating func begin(_ moment: Moment) {
    pending = moment
  }

  mutating func record(
    _ side: Side, _ asset: Asset, _ amount: Int64, _ from: Account, _ to: Account,
    _ reason: Reason
  ) {
    if let moment = pending {
      moments.append(moment)
      pending = nil
    }
    entries.append(
      Entry(
        event: moments.count - 1, side: side, asset: asset, amount: amount, from: from, to: to,
        reason: reason))
  }

  mutating func clear() {
    self = Journal()
  }

  /// The first posting that its rule did not ask for, or that it asked for in vain: account,
  /// posting and event in one sentence.
  func firstFault(in ledger: Ledger) -> String? {
    let keys = entries.map(Self.key)
    let order = entries.indices.sorted { left, right in
      keys[left] == keys[right] ? left < right : keys[left].lexicographicallyPrecedes(keys[right])
    }
    var start = 0
    while start < order.count {
      let first = entries[order[start]]
      let key = keys[order[start]]
      var end = start
      var expected: [Int64] = []
      var posted: [Int64] = []
      while end < order.count, keys[order[end]] == key {
        let entry = entries[order[end]]
        switch entry.side {
        case .expected: expected.append(entry.amount)
        case .posted: posted.append(entry.amount)
        }
        end += 1
      }
      if expected != posted {
        return sentence(first, expected, posted, ledger)
      }
      start = end
    }
    return nil
  }

  /// Entries that speak of the same posting: event, asset, reason and the two accounts.
  private static func key(_ entry: Entry) -> [Int] {
    [entry.event, entry.asset.column, Int(entry.reason.rawValue), entry.from.index, entry.to.index]
  }

  private func sentence(
    _ entry: Entry, _ expected: [Int64], _ posted: [Int64], _ ledger: Ledger
  ) -> String {
    let moment = moments[entry.event]
    let name = ledger.assets[entry.asset.column].name
    func list(_ amounts: [Int64]) -> String {
      amounts.isEmpty
        ? "nothing"
        : amounts.map { ledger.text($0, entry.asset) + " " + name }.joined(separator: " and ")
    }
    return """
      event \(moment.ordinal) (\(moment.kind), day \(moment.days)): \(entry.reason.name) from \
      \(ledger.plan.name(of: entry.from)) to \(ledger.plan.name(of: entry.to)): the rule expected \
      \(list(expected)), the posting moved \(list(posted))
      """
  }
}

/// Sums by asset and reason, and a checksum over accounts that a misdirected posting changes.
struct ControlTotals: Sendable, Equatable {
  static let reasons = Reason.allCases.count

  /// `[assets x reasons]`; both wrap, and compare equal only when the books agree.
  private(set) var amounts: [Int64]
  private(set) var checksums: [UInt64]

  init(assets: Int) {
    amounts = Array(repeating: 0, count: assets * Self.reasons)
    checksums = Array(repeating: 0, count: assets * Self.reasons)
  }

  mutating func add(
    _ asset: Asset, _ amount: Int64, _ from: Account, _ to: Account, _ reason: Reason
  ) {
    let row = asset.column * Self.reasons + Int(reason.rawValue)
    amounts[row] &+= amount
    checksums[row] &+= UInt64(bitPattern: amount) &* Self.sides(from, to)
  }

  /// Adds what one account gives to many, as ``checksum(of:from:first:)`` sums it up.
  mutating func add(_ asset: Asset, _ amount: Int64, checksum: UInt64, _ reason: Reason) {
    let row = asset.column * Self.reasons + Int(reason.rawValue)
    amounts[row] &+= amount
    checksums[row] &+= checksum
  }

  /// Checksum of postings of `shares` from one account to those from `first` on.
  static func checksum(of shares: [Int64], from: Account, first: Account) -> UInt64 {
    var sum: UInt64 = 0
    for place in shares.indices {
      let to = Account(index: first.index + place)
      sum &+= UInt64(bitPattern: shares[place]) &* sides(from, to)
    }
    return sum
  }

  /// An odd number, another one for every two sides.
  private static func sides(_ from: Account, _ to: Account) -> UInt64 {
    (UInt64(from.index) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(to.index)) &<< 1 | 1
  }

  mutating func clear() {
    for row in amounts.indices {
      amounts[row] = 0
      checksums[row] = 0
    }
  }

  /// The first asset and reason on which two books disagree.
  func firstDifference(from other: ControlTotals) -> (asset: Asset, reason: Reason)? {
    for row in amounts.indices
    where amounts[row] != other.amounts[row] || checksums[row] != other.checksums[row] {
      let (column, reason) = row.quotientAndRemainder(dividingBy: Self.reasons)
      return (Asset(column: column), Reason.allCases[reason])
    }
    return nil
  }

  func amount(_ asset: Asset, _ reason: Reason) -> Int64 {
    amounts[asset.column * Self.reasons + Int(reason.rawValue)]
  }
}

/// A fault planted in the books by a test of the books.
struct Tamper: Sendable {
  enum Fault: Sendable, CaseIterable { case dropped, doubled, misrounded }
  let posting: Int
  let fault: Fault
}

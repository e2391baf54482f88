import Kernel

/// A thing that accounts hold, by its column in the ledger.
struct Asset: Hashable, Sendable, BitwiseCopyable {
  let column: Int

  static let dollars = Asset(column: 0)
  static let token = Asset(column: 1)
}

/// What the ledger knows of an asset.
struct AssetTerms: Sendable {
  let name: String
  /// Digits behind the point: one unit is 10^decimals base units.
  let decimals: Int
  /// All base units that exist at the start, unvested ones included; 0 for dollars.
  let genesis: Int64

  /// Base units in one unit.
  var scale: Int64 {
    (0..<decimals).reduce(1) { product, _ in product * 10 }
  }

  static let dollars = AssetTerms(name: "USD", decimals: 6, genesis: 0)
  /// One credit pays for work of one dollar.
  static let credits = AssetTerms(name: "credits", decimals: 6, genesis: 0)
}

/// Dollars as the ledger holds them, rounded once to the nearest micro-dollar; amounts above
/// 10^12 USD, which no account can hold many of, are cut there.
@inline(__always)
func microdollars(_ dollars: Double) -> Int64 {
  Int64(Elementary.rounded(min(max(dollars, -1e12), 1e12) * 1e6))
}

import Configuration
import Kernel
import Testing

@testable import Economy

/// A venue of its own: a token of 6 decimals, and a ledger that holds what a test gives it.
struct VenueBench {
  var venue: Venue
  var ledger: Ledger
  let rule: MarketSettings.Rule
  let plan = AccountPlan(unvestedClasses: [], operators: 4)

  /// - Parameter market: a rule as a scenario writes it.
  init(_ market: String, circulating: Double = 1e6) throws {
    let settings = try EconomyTests.rule(market, from: MarketSettings.choices)
    let token = try read("{circulating: \(circulating)}") { fields in
      TokenSettings(market: settings, reading: &fields)
    }
    venue = Venue(
      settings, token: try #require(token), epochDays: 1,
      anchors: [settings].compactMap(\.anchor))
    rule = settings.rule
    ledger = Ledger(
      plan: plan, assets: [.dollars, AssetTerms(name: "TOK", decimals: 6, genesis: 0)])
  }

  mutating func give(dollars: Int64 = 0, tokens: Int64 = 0, to account: Account) {
    ledger.settle(.dollars, dollars, from: .world, to: account, .openingBalance)
    ledger.settle(.token, tokens, from: .world, to: account, .openingBalance)
  }

  func dollars(of account: Account) -> Int64 { ledger.balance(.dollars, of: account) }
  func tokens(of account: Account) -> Int64 { ledger.balance(.token, of: account) }

  var poolProduct: Int128 { Int128(dollars(of: .pool)) * Int128(tokens(of: .pool)) }
}

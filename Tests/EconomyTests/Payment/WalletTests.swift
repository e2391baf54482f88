import Testing

@testable import Economy
@testable import Scenarios

struct WalletTests {
  private let inTokens =
    "provider: 0.5, burn: 0.5, providerPaidIn: 'token', wallet: {stockDays: 10}"

  /// Ninety jobs a day of 2 h at 1 USD, in a network that can serve them all.
  private func run(
    days: Double, payment: String? = nil, shocks: String = ""
  ) throws -> NetworkRun {
    try CheckedNetwork.scenario(
      days: days, payment: payment ?? inTokens,
      """
      token: {circulating: 1e6}, market: {rule: "exogenous", openingPriceUSD: 0.5},
      shocks: {\(shocks)}
      """
    ).finished()
  }

  @Test func `users come to keep as many days of use as they mean to`() throws {
    let state = try run(days: 120).state
    let kept = Double(state.ledger.balance(.token, of: .users)) / 1e6 * 0.5
    let daily = try run(days: 120).measured("user_spend_usd") / 120
    #expect((kept / daily - 10).magnitude < 0.6)
    #expect(state.failure == nil)
  }

  @Test func `at a price that stays a wallet changes nothing that anybody pays or gets`() throws {
    let (with, without) = try (
      run(days: 60),
      run(days: 60, payment: "provider: 0.5, burn: 0.5, providerPaidIn: 'token'")
    )
    for measure in ["user_spend_usd", "provider_income_usd", "burned_tokens"] {
      let (a, b) = try (with.measured(measure), without.measured(measure))
      #expect((a / b - 1).magnitude < 1e-6, "\(measure)")
    }
  }

  /// The stock loses half of its worth; what is bought again costs what it pays for.
  @Test func `who keeps tokens bears a fall of their price, and nobody else`() throws {
    let half = "half: {target: 'price', on: 80.5, factor: 0.5}"
    let (calm, fallen) = try (run(days: 160), run(days: 160, shocks: half))
    let stock = try 10 * calm.measured("user_spend_usd") / 160
    let lost = try fallen.measured("user_spend_usd") - calm.measured("user_spend_usd")
    #expect((lost / (0.5 * stock) - 1).magnitude < 0.08)
    let (before, after) = try (
      calm.measured("provider_income_usd"), fallen.measured("provider_income_usd")
    )
    #expect((after / before - 1).magnitude < 1e-6)
  }

  @Test func `users buy what they used and a part of what is missing`() throws {
    let wallet = try read("{stockDays: 10}") { Wallet(reading: &$0) }
    #expect(wallet.purchase(used: 5, stock: 50, epochDays: 1) == 5)
    #expect(wallet.purchase(used: 5, stock: 0, epochDays: 1) == 10)
    #expect(wallet.purchase(used: 5, stock: 200, epochDays: 1) == 0)
    // An epoch longer than the stock: all that is missing at once.
    #expect(wallet.purchase(used: 40, stock: 5, epochDays: 20) == 55)
  }

  @Test(arguments: [
    (
      "provider: 1",
      "expected shares that are all paid in tokens, as users pay them, found provider 1"
    ),
    (
      "provider: 0.5, feeVault: 0.5, providerPaidIn: 'token', "
        + "demandDriven: {targetUSDPerHour: {gpu: 1}}", "found feeVault 0.5 in dollars"
    ),
    ("provider: 1, remint: {}", "expected payment at settlements, without credits, found remint"),
    ("provider: 0, burn: 1, burnAt: 'completion'", "found burnAt: \"completion\""),
  ]) func `what is not paid in tokens is refused beside a wallet`(payment: String, words: String) {
    #expect {
      try run(days: 1, payment: payment + ", wallet: {}")
    } throws: {
      "\($0)".contains(words)
    }
  }
}

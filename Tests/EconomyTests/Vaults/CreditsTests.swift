import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Jobs that are paid with credits, in a network where everything happens.
struct CreditsTests {
  private static let purchase = ["payment.burnAt='purchase'"]
  private static let remint = [
    "payment={provider: 0.9, protocol: 0.1, remint: {seedTokens: 2000}, credits: {lotUSD: 50}}"
  ]
  private static let fixedPrice = "market={rule: 'exogenous', openingPriceUSD: 2}"

  @Test func `what is burned at purchase is what purchases say`() throws {
    let run = try SmallNetwork.scenario(Self.purchase + [Self.fixedPrice]).finished()
    let state = run.state
    let asset = try #require(state.creditsAsset)
    // Three tenths of every dollar of credits buy tokens at 2 USD; each purchase rounds down.
    let due = 0.3 * Double(state.vaults.creditsMade) / 2
    #expect(abs(Double(state.ledger.burned[1]) - due) < 1000)
    #expect(state.vaults.creditsMade > state.vaults.creditsUsed)
    let out = state.ledger.minted[asset.column] - state.ledger.burned[asset.column]
    let (users, escrow) = (
      state.ledger.balance(asset, of: .users), state.ledger.balance(asset, of: .escrow)
    )
    #expect(users + escrow == out)
    #expect(users > 0)
    // Dollars that operators get for these credits wait in escrow: six tenths of each.
    #expect(abs(Double(state.vaults.providerDollars) - 0.6 * Double(out)) < 1000)
    #expect(try run.measured("credit_paid_share") == 1)
  }

  @Test func `an attempt that is lost gives credits back, and no dollars`() throws {
    var run = try SmallNetwork.scenario(Self.purchase).finished()
    #expect(try run.measured("restarts") > 0)
    let refunds = run.takeFlows().filter { $0.reason == "refund" }
    #expect(Set(refunds.map(\.asset)) == ["credits"])
  }

  @Test func `broken promises are paid in credits, and what the treasury pays in dollars`() throws {
    func assets(_ payer: String) throws -> Set<String> {
      var run = try SmallNetwork.scenario(
        Self.purchase + [
          "demand.classes.render.sla={waitingHours: 0.01, creditShare: 0.5, paidBy: '\(payer)'}"
        ]
      ).finished()
      return Set(run.takeFlows().filter { $0.reason == "SLA credit" }.map(\.asset))
    }
    #expect(try assets("escrow") == ["credits"])
    #expect(try assets("treasury") == ["USD"])
  }

  @Test func `jobs that run at day 0 have their credits`() throws {
    let scenario = try SmallNetwork.scenario(Self.purchase)
    let run = try scenario.finished(burnIn: .days(3))
    #expect(run.state.settlements == 40)
    let vault = try SmallNetwork.scenario(Self.remint).finished(burnIn: .days(3))
    #expect(vault.state.settlements == 40)
  }

  @Test(arguments: ["settlement", "completion"])
  func `burning at completion burns the same share, earlier`(burnAt: String) throws {
    var run = try SmallNetwork.scenario([
      "payment.burnAt='\(burnAt)'", Self.fixedPrice, "epochHours=240", "flowsEveryDays=1",
    ]).finished()
    let rows = try run.takeSeries().column("burned_tokens").dropFirst()
    let dollars = try run.measured("burned_usd")
    // On day 40 all is settled: three tenths of what users spent, a micro-dollar a settlement.
    #expect(abs(dollars - 0.3 * (try run.measured("user_spend_usd"))) < 1e-5)
    let days = rows.count { $0 > 0 }
    #expect(burnAt == "completion" ? days > 20 : days == 4)
  }

  @Test func `a constant price issues nothing again and leaves the spread in the vault`() throws {
    let run = try SmallNetwork.scenario(
      Self.remint + [Self.fixedPrice, "payment.remint.seedTokens=0"]
    ).finished()
    let state = run.state
    #expect(state.vaults.book.reminted == 0)
    #expect(try run.measured("credit_paid_share") == 1)
    // Tokens stay worth the credits there are, those of the spread among them, but for rounding.
    let worth = Double(state.vaults.book.tokens) * 2
    #expect(abs(worth - Double(state.vaults.book.supply)) < 1000)
    #expect(state.vaults.book.kept > 0)
    let made = Double(state.vaults.creditsMade)
    #expect(abs(Double(state.vaults.book.kept) - 0.0025 * made) < 200)
  }

  @Test func `a price that halves issues what is not locked, and halts new credits`() throws {
    let run = try SmallNetwork.scenario(
      Self.remint + [
        "market={rule: 'exogenous', openingPriceUSD: 2}", "payment.remint.seedTokens=0",
        "shocks={fall: {target: 'price', on: 20, factor: 0.5}}",
      ]
    ).finished()
    #expect(run.state.vaults.book.reminted > 0)
    #expect(try run.measured("minting_halted_share") > 0.4)
    // From the halt on, jobs are paid in dollars and settled in tokens.
    let share = try run.measured("credit_paid_share")
    #expect(share > 0.3 && share < 0.8)
    let minted = run.state.ledger.minted[1]
    #expect(minted == run.state.token.issued + run.state.vaults.book.reminted)
  }

  @Test func `without a price nothing is redeemed and nothing is lost`() throws {
    var run = try SmallNetwork.scenario(
      Self.remint + [
        Self.fixedPrice,
        "shocks={gone: {target: 'price', on: 20, factor: 0, lastingDays: 5}}",
      ]
    ).run()
    try run.run(until: .days(24))
    let waiting = run.state.vaults.claimed
    #expect(waiting > 0)
    try run.run(until: .days(40))
    #expect(run.state.vaults.claimed == 0)
    #expect(run.state.settlements == 40)
  }

  @Test func `credits can come with a vote, and go with another`() throws {
    let run = try SmallNetwork.scenario([
      "payment={provider: 0.9, protocol: 0.1}",
      "amendments={come: {on: 10, set: {'payment.remint': {seedTokens: 1000}}}, "
        + "go: {on: 30, set: {'payment.remint': 'none'}}}",
    ]).finished()
    let state = run.state
    #expect(state.vaults.creditsMade > 0)
    #expect(state.vaults.claimed == 0)
    let share = try run.measured("credit_paid_share")
    #expect(share > 0.2 && share < 0.9)
  }

  @Test func `issuing above the cap is a warning`() throws {
    let run = try SmallNetwork.scenario(
      Self.remint + [
        Self.fixedPrice, "token.cap=106100", "token.emission='none'",
        "shocks={fall: {target: 'price', on: 20, factor: 0.01}}",
      ]
    ).finished()
    #expect(run.state.vaults.overIssued > 0)
    #expect(run.warnings.contains { $0.hasSuffix("tokens above the cap") })
  }
}

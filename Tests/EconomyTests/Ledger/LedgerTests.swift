import Testing

@testable import Economy

/// Dollars and a token of three decimals among two operators and one vesting class.
private func ledger(tamper: Tamper? = nil, genesis: Int64 = 0) -> Ledger {
  let plan = AccountPlan(unvestedClasses: ["team"], operators: 2)
  let token = AssetTerms(name: "TOK", decimals: 3, genesis: genesis)
  var ledger = Ledger(plan: plan, assets: [.dollars, token])
  ledger.tamper = tamper
  return ledger
}

struct LedgerTests {
  @Test func `a posting takes from one side what it gives to the other`() {
    var ledger = ledger()
    ledger.settle(.dollars, 5_000_000, from: .world, to: .users, .userIncome)
    ledger.settle(.dollars, 1_250_000, from: .users, to: .escrow, .escrowDeposit)
    #expect(ledger.balance(.dollars, of: .world) == -5_000_000)
    #expect(ledger.balance(.dollars, of: .users) == 3_750_000)
    #expect(ledger.balance(.dollars, of: .escrow) == 1_250_000)
    #expect(ledger.balances.reduce(0, +) == 0)
    #expect(ledger.postings == 2)
    #expect(ledger.discrepancy() == nil)
  }

  @Test func `a posting of nothing is none`() {
    var ledger = ledger()
    ledger.settle(.dollars, 0, from: .users, to: .escrow, .escrowDeposit)
    #expect(ledger.postings == 0)
    #expect(ledger.takeFlows().isEmpty)
    #expect(ledger.discrepancy() == nil)
  }

  @Test func `a negative posting is our mistake`() async {
    await #expect(processExitsWith: .failure) {
      var ledger = Ledger(plan: AccountPlan(unvestedClasses: [], operators: 0), assets: [.dollars])
      ledger.post(.dollars, -1, from: .world, to: .users, .userIncome)
    }
  }

  @Test func `genesis plus minted less burned is what accounts hold`() {
    var ledger = ledger(genesis: 10_000)
    let plan = ledger.plan
    ledger.settle(.token, 7_000, from: .world, to: .holders, .openingBalance)
    ledger.settle(.token, 3_000, from: .world, to: plan.unvested(0), .openingBalance)
    ledger.mint(.token, 500, to: plan.operator(1), .emission)
    ledger.burn(.token, 200, from: plan.operator(1))
    #expect(ledger.minted == [0, 500])
    #expect(ledger.burned == [0, 200])
    #expect(ledger.balance(.token, of: .burned) == 200)
    #expect(ledger.balance(.token, of: plan.operator(1)) == 300)
    #expect(ledger.discrepancy() == nil)
  }

  @Test(arguments: [
    (0, 3, "0.000"), (1_250_000, 6, "1.250000"), (-1_250_000, 6, "-1.250000"), (-1, 6, "-0.000001"),
    (42, 0, "42"), (Int64.max, 9, "9223372036.854775807"), (Int64.min, 0, "-9223372036854775808"),
  ]) func `amounts are written exactly`(amount: Int64, decimals: Int, text: String) {
    let plan = AccountPlan(unvestedClasses: [], operators: 0)
    let terms = AssetTerms(name: "TOK", decimals: decimals, genesis: 0)
    let ledger = Ledger(plan: plan, assets: [terms])
    #expect(ledger.text(amount, .dollars) == text)
  }

  @Test func `flows are added up by reason and by groups of accounts, and taken once`() {
    var ledger = ledger()
    let plan = ledger.plan
    ledger.settle(.dollars, 10, from: .world, to: plan.operator(0), .capital)
    ledger.settle(.dollars, 5, from: .world, to: plan.operator(1), .capital)
    ledger.settle(.dollars, 2, from: plan.operator(1), to: .world, .electricity)
    ledger.mint(.token, 7, to: plan.unvested(0), .emission)
    let flows = ledger.takeFlows().map {
      "\($0.asset.column) \($0.reason.name) \($0.from) \($0.to) \($0.amount)"
    }
    #expect(
      flows == [
        "0 capital world operators 15", "0 electricity operators world 2",
        "1 emission world unvested 7",
      ])
    #expect(ledger.takeFlows().isEmpty)
  }

  @Test func `accounts are named as people would name them`() {
    let plan = AccountPlan(unvestedClasses: ["team", "seed"], operators: 3)
    #expect(plan.count == Account.partyNames.count + 5)
    #expect(plan.name(of: .world) == "world")
    #expect(plan.name(of: .dust) == "dust")
    #expect(plan.name(of: plan.unvested(1)) == "unvested seed")
    #expect(plan.name(of: plan.operator(2)) == "operator 2")
    #expect(plan.groups[plan.group(of: plan.unvested(1))] == "unvested")
    #expect(plan.groups[plan.group(of: plan.operator(2))] == "operators")
    #expect(plan.groups[plan.group(of: .traders)] == "traders")
  }

  @Test func `dollars are rounded once to the nearest micro-dollar`() {
    #expect(microdollars(1.2345674) == 1_234_567)
    #expect(microdollars(1.2345676) == 1_234_568)
    #expect(AssetTerms(name: "TOK", decimals: 9, genesis: 0).scale == 1_000_000_000)
  }
}

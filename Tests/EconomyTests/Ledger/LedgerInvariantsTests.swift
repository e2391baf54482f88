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

struct LedgerInvariantsTests {
  @Test func `a posting that no rule asked for is found`() {
    var ledger = ledger()
    ledger.post(.dollars, 1_500_000, from: .world, to: .users, .refund)
    #expect(
      ledger.discrepancy() == """
        refund: the rules expected 0.000000 USD since the last settlement, the postings moved \
        1.500000
        """)
  }

  @Test func `a posting to the wrong account is found though its amount is right`() {
    var ledger = ledger()
    ledger.expect(.dollars, 4, from: .world, to: ledger.plan.operator(0), .capital)
    ledger.post(.dollars, 4, from: .world, to: ledger.plan.operator(1), .capital)
    #expect(
      ledger.discrepancy() == """
        capital: the rules expected 0.000004 USD since the last settlement, the postings moved \
        0.000004
        """)
  }

  @Test func `nobody but the world may owe`() {
    var ledger = ledger()
    ledger.settle(.dollars, 4, from: ledger.plan.operator(1), to: .world, .electricity)
    #expect(
      ledger.discrepancy()
        == "operator 1 owes 0.000004 USD: only the outside world may be below zero")
  }

  @Test func `tokens from nowhere are found`() {
    var ledger = ledger(genesis: 10)
    ledger.settle(.token, 9, from: .world, to: .holders, .openingBalance)
    #expect(
      ledger.discrepancy()
        == "accounts hold 0.009 TOK, genesis + minted - burned is 0.010")
  }

  @Test func `tokens that reached the fire by another way are found`() {
    var ledger = ledger(genesis: 10)
    ledger.settle(.token, 10, from: .world, to: .holders, .openingBalance)
    ledger.settle(.token, 3, from: .holders, to: .burned, .tokenSale)
    #expect(ledger.discrepancy() == "burned holds 0.003 TOK, the rules burned 0.000")
  }

  @Test(arguments: Tamper.Fault.allCases)
  func `every kind of planted fault shows in the control totals`(fault: Tamper.Fault) {
    var ledger = ledger(tamper: Tamper(posting: 2, fault: fault))
    for operatorSlot in 0..<2 {
      let account = ledger.plan.operator(operatorSlot)
      ledger.settle(.dollars, 100, from: .world, to: account, .capital)
    }
    let moved = [.dropped: "0.000100", .doubled: "0.000300", .misrounded: "0.000201"][fault]
    #expect(
      ledger.discrepancy() == """
        capital: the rules expected 0.000200 USD since the last settlement, the postings moved \
        \(moved ?? "")
        """)
  }

  @Test func `control totals begin anew after a settlement`() {
    var ledger = ledger()
    ledger.expect(.dollars, 4, from: .world, to: .users, .userIncome)
    #expect(ledger.discrepancy() != nil)
    ledger.startControlInterval()
    #expect(ledger.discrepancy() == nil)
  }

  @Test func `control totals tell apart who paid whom`() {
    var one = ControlTotals(assets: 1)
    var other = one
    one.add(.dollars, 5, .users, .escrow, .refund)
    other.add(.dollars, 5, .escrow, .users, .refund)
    let difference = one.firstDifference(from: other)
    #expect(difference?.asset == .dollars)
    #expect(difference?.reason == .refund)
    #expect(one.amount(.dollars, .refund) == other.amount(.dollars, .refund))
    one.clear()
    other.clear()
    #expect(one == other)
  }
}

struct JournalTests {
  @Test func `the first fault is told with event, accounts and amounts`() {
    var ledger = ledger(tamper: Tamper(posting: 3, fault: .doubled))
    ledger.journal = Journal()
    ledger.settle(.dollars, 9_000_000, from: .world, to: .users, .openingBalance)
    ledger.journal?.begin(Journal.Moment(ordinal: 41, kind: "jobArrived 0", days: 2.5))
    ledger.settle(.dollars, 1, from: .users, to: .escrow, .escrowDeposit)
    ledger.journal?.begin(Journal.Moment(ordinal: 42, kind: "jobFinished 3", days: 2.75))
    ledger.settle(.dollars, 1_250_000, from: .escrow, to: ledger.plan.operator(1), .jobPayment)
    #expect(
      ledger.journal?.firstFault(in: ledger) == """
        event 42 (jobFinished 3, day 2.75): job payment from escrow to operator 1: the rule \
        expected 1.250000 USD, the posting moved 1.250000 USD and 1.250000 USD
        """)
  }

  @Test func `a journal without a fault says nothing, and forgets on request`() {
    var ledger = ledger()
    ledger.journal = Journal()
    ledger.settle(.dollars, 9, from: .world, to: .users, .openingBalance)
    #expect(ledger.journal?.firstFault(in: ledger) == nil)
    #expect(ledger.journal?.entries.count == 2)
    ledger.journal?.clear()
    #expect(ledger.journal?.entries.isEmpty == true)
  }
}

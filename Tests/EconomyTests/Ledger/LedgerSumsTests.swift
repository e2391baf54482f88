import Kernel
import Testing

@testable import Economy

private func ledger(journal: Bool) -> Ledger {
  let plan = AccountPlan(unvestedClasses: [], operators: 2)
  var ledger = Ledger(plan: plan, assets: [.dollars])
  ledger.journal = journal ? Journal() : nil
  return ledger
}

struct LedgerSumsTests {
  @Test(arguments: 0..<20)
  func `summed postings give the same books as postings one by one`(seed: Int) {
    var stream = testStream(seed)
    var summed = ledger(journal: false)
    var single = ledger(journal: true)
    for step in 0..<200 {
      // Users spend what came back before they earn more.
      let dollars = Int64(stream.below(1_000_000))
      let refund = min(Int64(stream.below(500_000)), summed.balance(.dollars, of: .escrow))
      summed.depositInEscrow(dollars, expected: dollars)
      summed.refundFromEscrow(refund)
      single.depositInEscrow(dollars, expected: dollars)
      single.refundFromEscrow(refund)
      for account in [Account.world, .users, .escrow] {
        #expect(summed.balance(.dollars, of: account) == single.balance(.dollars, of: account))
      }
      if step % 50 == 49 {
        #expect(summed.discrepancy() == nil && single.discrepancy() == nil)
        #expect(summed.posted == single.posted && summed.expected == single.expected)
        #expect(summed.balances == single.balances)
        summed.startControlInterval()
        single.startControlInterval()
      }
    }
    #expect(summed.postings == single.postings)
    let flows = [summed.takeFlows(), single.takeFlows()].map { flows in
      flows.map { "\($0.reason.name) \($0.from) \($0.to) \($0.amount)" }
    }
    #expect(flows[0] == flows[1] && flows[0].count == 3)
  }

  @Test func `a deposit that its rule did not ask for is found among the sums`() {
    var ledger = ledger(journal: false)
    ledger.depositInEscrow(2_000_000, expected: 2_000_000)
    ledger.depositInEscrow(1_000_000, expected: 1_000_001)
    #expect(
      ledger.discrepancy() == """
        escrow deposit: the rules expected 3.000001 USD since the last settlement, the postings \
        moved 3.000000
        """)
  }

  @Test func `more than was deposited cannot come back`() {
    var ledger = ledger(journal: false)
    ledger.depositInEscrow(5, expected: 5)
    ledger.refundFromEscrow(6)
    #expect(
      ledger.discrepancy() == "escrow owes 0.000001 USD: only the outside world may be below zero")
  }

  @Test func `shares of all operators give the same books as postings one by one`() {
    var together = ledger(journal: false)
    var single = ledger(journal: true)
    for shares: [Int64] in [[7, 0], [1, 2], [0, 0], [0, 9]] {
      together.mint(.dollars, shares, toOperators: .emission)
      single.mint(.dollars, shares, toOperators: .emission)
      together.settle(.dollars, shares, from: .world, toOperators: .jobPayment)
      for slot in shares.indices {
        let operatorAccount = single.plan.operator(slot)
        single.settle(.dollars, shares[slot], from: .world, to: operatorAccount, .jobPayment)
      }
    }
    #expect(together.balances == single.balances && together.minted == single.minted)
    #expect(together.posted == single.posted && together.expected == single.expected)
    #expect(together.postings == single.postings && together.postings == 8)
    #expect(together.takeFlows().map(\.amount) == single.takeFlows().map(\.amount))
  }
}

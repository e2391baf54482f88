import Kernel
import Testing

@testable import Economy

/// The small network, left alone until its third settlement.
private func untouched() throws -> NetworkRun {
  var run = try SmallNetwork.scenario().run()
  try run.run(until: .days(3))
  return run
}

/// What a run that a fault was planted in says, or nil where nothing was noticed by day 5.
private func failure(of tamper: Tamper) throws -> InvariantFailure? {
  var run = try SmallNetwork.scenario().run(tamper: tamper)
  do {
    try run.run(until: .days(5))
    return nil
  } catch {
    return error
  }
}

/// Numbers of the first postings after day 3, by the reason that a report of their loss names.
private func postings(for reasons: [Reason]) throws -> [Reason: Int] {
  var found: [Reason: Int] = [:]
  var number = try untouched().state.ledger.postings
  while found.count < reasons.count {
    number += 1
    let report = try failure(of: Tamper(posting: number, fault: .dropped))?.report ?? ""
    let reason = reasons.first { report.contains(": \($0.name) from ") }
    if let reason, found[reason] == nil { found[reason] = number }
    try #require(number < 2_000, "no posting for each of \(reasons)")
  }
  return found
}

struct PlantedFaultTests {
  /// A job's deposit, what becomes of it, an emission and a sale, with the accounts they name.
  private let parties: [Reason: String] = [
    .escrowDeposit: "escrow deposit from users to escrow",
    .jobPayment: "job payment from escrow to ",
    .emission: "emission from world to operator ",
    .tokenSale: "token sale from operator ",
  ]

  @Test func `a fault in any posting ends the run, and the report names the posting`() throws {
    let reasons: [Reason] = [.escrowDeposit, .jobPayment, .emission, .tokenSale]
    let postings = try postings(for: reasons)
    for reason in reasons {
      for fault in Tamper.Fault.allCases {
        let number = try #require(postings[reason])
        let report = try #require(try failure(of: Tamper(posting: number, fault: fault))).report
        #expect(report.hasPrefix("event "))
        #expect(report.contains(parties[reason] ?? "?"))
        let sentence = report.split(separator: "the rule expected ")[1]
        let sides = sentence.split(separator: ", the posting moved ").map { side in
          side == "nothing" ? [] : side.split(separator: " and ")
        }
        // One event may pay one account more than once for a reason.
        let counts = (expected: sides[0].count, moved: sides[1].count)
        switch fault {
        case .dropped: #expect(counts.moved == counts.expected - 1)
        case .doubled: #expect(counts.moved == counts.expected + 1)
        case .misrounded: #expect(counts.moved == counts.expected && sides[0] != sides[1])
        }
      }
    }
  }

  @Test func `the whole report of a lost deposit`() throws {
    let number = try #require(try postings(for: [.escrowDeposit])[.escrowDeposit])
    // The journal of a run without the fault knows what should have been posted.
    var run = try SmallNetwork.scenario().run(journalAfter: 3)
    try run.run(until: .days(3))
    var ledger = run.state.ledger
    let journaled = try #require(ledger.journal).entries.count { $0.side == .posted }
    let before = ledger.postings - journaled
    try run.run(until: SimTime(microseconds: SimTime.days(4).microseconds - 1))
    ledger = run.state.ledger
    let journal = try #require(ledger.journal)
    let entry = journal.entries.filter { $0.side == .posted }[number - before - 1]
    let moment = journal.moments[entry.event]
    let failure = try #require(try failure(of: Tamper(posting: number, fault: .dropped)))
    #expect(
      failure.report == """
        event \(moment.ordinal) (\(moment.kind), day \(moment.days)): escrow deposit from users to \
        escrow: the rule expected \(ledger.text(entry.amount, .dollars)) USD, the posting moved \
        nothing
        """)
    #expect(failure.message.hasPrefix("escrow deposit: the rules expected "))
  }

  @Test func `a fault in what everybody starts with is found before anything happens`() throws {
    // Dollars of the pool, which no sum over accounts would miss.
    let run = try SmallNetwork.scenario().run()
    let number = 4
    #expect(run.state.ledger.postings > number)
    for fault in Tamper.Fault.allCases {
      let failure = try #require(try failure(of: Tamper(posting: number, fault: fault)))
      #expect(
        failure.report.hasPrefix(
          "event 0 (opening, day 0.0): opening balance from world to pool: the rule expected "
            + "1000.000000 USD, the posting moved "))
      #expect(failure.message.hasPrefix("opening balance: the rules expected "))
    }
  }

  @Test func `a run without a fault keeps its books to the end`() throws {
    let run = try SmallNetwork.scenario().finished()
    #expect(run.state.settlements == 40)
    var ledger = run.state.ledger
    #expect(ledger.discrepancy() == nil)
  }
}

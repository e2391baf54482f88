import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// Three stretches, of which the second has no spending; jobs of about 7 USD.
private let table =
  "from,to,usd\n2025-01-01,2025-01-03,100.01\n2025-01-03,2025-01-04,0\n"
  + "2025-01-04,2025-01-09,33.333333\n"

private func scenario(price: Double = 0.5) throws -> Scenario {
  try Scenario(
    text: """
      {start: "2025-01-01", horizonDays: 12,
       hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
         priceUSDPerGPUHour: \(price)}}},
       operators: {types: {a: {hardware: "gpu", candidates: 9, activeAtStart: 9, churn: {
         failure: {perYear: 100, repairHours: {rule: "fixed", value: 1}}}}}},
       demand: {classes: {past: {hardware: ["gpu"], trace: {
         table: {csv: "spend.csv"}, from: "from", to: "to", spendUSD: {column: "usd"},
         usdPerJob: 7}}}}}
      """, tables: ["spend.csv": table])
}

struct DemandTraceTests {
  private func trace() throws -> DemandTrace {
    try #require(try scenario().variants[0].stages[0].settings.demand.classes[0].trace)
  }

  @Test func `a stretch is cut into equal jobs that arrive evenly inside it`() throws {
    let trace = try trace()
    #expect(trace.rows.indices.map(trace.jobs) == [14, 0, 5])
    // 90 % of five days in five parts; a job comes in the middle of its part.
    let times = (0..<5).map { trace.arrival(row: 2, number: $0).inDays }
    for (time, expected) in zip(times, [3.45, 4.35, 5.25, 6.15, 7.05]) {
      #expect(abs(time - expected) < 1e-9)
    }
  }

  @Test func `all dollars of the table are spent, to the micro-dollar`() throws {
    let run = try scenario().finished()
    #expect(try run.measured("jobs_arrived") == 19)
    #expect(try run.measured("jobs_completed") == 19)
    #expect(microdollars(try run.measured("user_spend_usd")) == 133_343_333)
    let earned = (0..<9).reduce(into: Int64(0)) { sum, slot in
      sum += run.state.ledger.balance(.dollars, of: run.state.accounts.operator(slot))
    }
    #expect(earned == 133_343_333)
  }

  @Test func `a job lost on the way is paid once, when it is done`() throws {
    let run = try scenario(price: 0.05).finished()
    #expect(try run.measured("restarts") > 0)
    #expect(microdollars(try run.measured("user_spend_usd")) <= 133_343_333)
    var ledger = run.state.ledger
    #expect(ledger.discrepancy() == nil)
  }

  @Test func `stretches that overlap are refused`() throws {
    let text = """
      {start: "2025-01-01", horizonDays: 12, hardware: {classes: {gpu: {priceUSD: 1,
         busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 1}}},
       operators: {types: {a: {hardware: "gpu", candidates: 1, activeAtStart: 1}}},
       demand: {classes: {past: {hardware: ["gpu"], trace: {
         table: {csv: "spend.csv"}, from: "from", to: "to", spendUSD: {column: "usd"},
         usdPerJob: 7}}}}}
      """
    let wrong = "from,to,usd\n2025-01-01,2025-01-03,1\n2025-01-02,2025-01-04,1\n"
    let error = #expect(throws: ScenarioError.self) {
      _ = try Scenario(text: text, tables: ["spend.csv": wrong])
    }
    #expect(
      error?.description.contains(
        "expected stretches in order that do not overlap, with dollars of at least 0, "
          + "found row 2: from day 1 to 3, 1 USD") == true)
  }
}

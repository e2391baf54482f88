import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private let classes = """
  seen: {arrivalTrace: {table: {csv: "seen.csv"}, time: "second", timeUnit: "seconds",
    gpuHours: "work", repeatDays: 1}, hardware: ["gpu"]}
  """

struct ArrivalTraceTests {
  @Test func `rows come at their times with their work, day after day`() throws {
    let scenario = try PlainNetwork.scenario(
      days: 3, classes: classes, tables: ["seen.csv": "second,work\n0,1\n3600,2\n3600,0.5\n"])
    var run = scenario.run()
    var work: [Double] = []
    for hour in [0.5, 1.5, 24.5, 25.5, 72] {
      try run.run(until: .zero + .hours(hour))
      work.append(run.state.whole.demandHours + run.state.interval.demandHours)
    }
    // The last is day 3, on which the first row comes again.
    #expect(work == [1, 3.5, 4.5, 7, 11.5])
    let ceiling = try #require(scenario.variants[0].stages[0].settings.demand.classes[0].ceiling)
    #expect(ceiling.base(nodes: 9) == 3.0 / 24 && ceiling.headroom == 1)
  }

  @Test func `a table that does not repeat ends`() throws {
    let run = try PlainNetwork.scenario(
      days: 3,
      classes: """
        seen: {arrivalTrace: {table: {csv: "seen.csv"}, time: "h"}, hardware: ["gpu"],
          sizeHours: {rule: "fixed", value: 2}}
        """, tables: ["seen.csv": "h\n1\n2\n30\n"]
    ).finished()
    #expect(try run.measured("jobs_arrived") == 3)
    #expect(try run.measured("demand_gpu_hours") == 6)
  }

  @Test func `less demand leaves rows out, more is clipped`() throws {
    func run(_ factor: Double) throws -> NetworkRun {
      let rows = (0..<400).map { "\(Double($0) * 0.01),1\n" }.joined()
      return try PlainNetwork.scenario(
        days: 1,
        classes: "seen: {arrivalTrace: {table: {csv: 'seen.csv'}, time: 'h'}, hardware: ['gpu']}",
        others: "shocks: {all: {target: 'demand', on: 0, factor: \(factor)}}",
        tables: ["seen.csv": "h,work\n" + rows]
      ).finished()
    }
    // Binomial: 4 standard deviations of √(400/4). The first row comes before the shock of its
    // instant is over, as part of the demand.
    #expect(abs(try run(0.5).measured("jobs_arrived") - 200) < 40)
    #expect(try run(2).measured("jobs_arrived") == 400)
    #expect(abs(try run(2).measured("demand_clipped_share") - 0.5) < 1e-12)
  }

  @Test(arguments: [
    (
      "second,work\n0,1\n7,1\n5,1\n",
      "test.json5:5:75: error: demand.classes.seen.arrivalTrace.time: "
        + "expected times in order, found row 3: 5 after 7\n"
    ),
    (
      "second,work\n0,1\nnan,1\n5,1\n",
      "seen.csv:3:1: error: demand.classes.seen.arrivalTrace: "
        + "expected a number from 0 to 1000000000000 in column \"second\", found \"nan\"\n"
    ),
    (
      "second,work\n0,1\n7,\n",
      "seen.csv:3:1: error: demand.classes.seen.arrivalTrace: "
        + "expected a number from 0 to 100000 in column \"work\", found an empty cell\n"
    ),
    (
      "second,work\n0,1\n90000,1\n",
      "expected a time after the last row (1.0416666666666667 days), found 1\n"
    ),
    ("second,work\n", "expected a row at least, found none\n"),
  ]) func `a table that cannot be replayed is refused, and the row named`(
    table: String, message: String
  ) {
    let said = PlainNetwork.refusal(classes: classes, tables: ["seen.csv": table])
    #expect(said.contains(message), "\(said)")
  }

  @Test func `observed arrivals and replayed spending exclude each other`() {
    let said = PlainNetwork.refusal(
      classes: """
        past: {hardware: ["gpu"], arrivalTrace: {table: {csv: "seen.csv"}, time: "t"},
          trace: {table: {csv: "seen.csv"}, from: "from", to: "to", spendUSD: {column: "usd"},
          usdPerJob: 7}}
        """, tables: ["seen.csv": "from,to,usd,t\n2025-01-01,2025-01-03,1,5\n"])
    #expect(said.contains("arrivalTrace: expected either trace or arrivalTrace, found both"))
  }
}

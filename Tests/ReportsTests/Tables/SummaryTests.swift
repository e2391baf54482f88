import Testing

@testable import Experiments
@testable import Reports
@testable import Scenarios

struct SummaryTests {
  private let plan = Fixture.plan()

  @Test func `summary rows have the columns of the contract`() {
    #expect(
      ResultTable.summary.header
        == "scenario,variant,metric,unit,mean,sd,ci_low,ci_high,n,median,q05,q95,method\n")
    let rows = Fixture.result(plan).summaryRows()
    let circulating = rows[1]
    #expect(
      ResultTable.line(circulating, scenario: "toy")
        == "toy,plain,circulating_tokens,tokens,1e+21,0,1e+21,1e+21,2,1e+21,1e+21,1e+21,student\n")
    #expect(
      ResultTable.line(rows[2], scenario: "toy")
        == "toy,plain,minted_tokens,tokens,,,,,0,,,,student\n")
  }

  /// Twice what was observed, in both replicates of the second variant: ln 2.
  @Test func `errors of histories stand below the measures`() {
    var plan = Fixture.plan(variants: ["a", "b"])
    plan.histories = [
      History(
        name: "nodes", measure: "active_nodes", variant: "b",
        points: [History.Point(day: 1, value: 2)], fittedUntilDay: nil)
    ]
    let outcomes = plan.units.map { unit in
      let outcome = Fixture.outcome(unit)
      return ReplicateOutcome(
        summary: outcome.summary, events: outcome.events, warnings: [], observations: [[4]])
    }
    let lines = ResultTable.errorLines(of: ExperimentResult(plan: plan, outcomes: outcomes))
    #expect(lines.count == 5)
    #expect(
      lines.first
        == "toy,b,history_nodes_rmse_of_logs_held_out,1,0.6931471805599453,,,,2,,,,history\n")
    #expect(lines[3] == "toy,b,history_nodes_coverage_held_out,1,0,,,,2,,,,history\n")
    #expect(lines[4] == "toy,b,history_nodes_band_ratio_held_out,1,1,,,,2,,,,history\n")
  }

  @Test func `one replicate leaves the interval cells empty`() {
    let rows = Fixture.result(Fixture.plan(replicates: 1)).summaryRows()
    #expect(
      ResultTable.line(rows[1], scenario: "toy")
        == "toy,plain,circulating_tokens,tokens,1e+21,,,,1,1e+21,1e+21,1e+21,student\n")
  }

  @Test func `comparison rows have the columns of the contract`() throws {
    #expect(
      ResultTable.comparison.header
        == "metric,unit,baseline,variant,baseline_mean,variant_mean,difference,ci_low,ci_high,"
        + "correlation,variance_reduction,n,method\n")
    let rows = Fixture.result(plan).comparisonRows()
    // Prices are 1.125, 1.25 and 2.125, 2.25: every pair differs by exactly 1.
    #expect(
      ResultTable.line(try #require(rows.first))
        == "token_price_usd,USD/token,plain,\"with, comma\",1.1875,2.1875,1,1,1,1,1,2,"
        + "paired student\n")
    #expect(rows.map(\.metric.name) == ["token_price_usd", "circulating_tokens"])
  }

  @Test func `the other tables have the columns of the contract`() {
    #expect(
      ResultTable.streamed.map(\.header).dropFirst() == [
        "scenario,variant,replicate,time_days,asset,reason,from,to,amount\n",
        "scenario,variant,replicate,measure,dimension,key,value\n",
        "scenario,variant,replicate,cohort,time_days,at_risk,survivors,share\n",
      ])
    #expect(ResultTable.history.header == "series,date,observed,simulated,low,high,split\n")
  }
}

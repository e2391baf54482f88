import Testing

@testable import Experiments
@testable import Reports
@testable import Scenarios

struct ResultTextTests {
  private let result = Fixture.result(Fixture.plan(variants: ["thin", "deep"]))

  @Test func `run shows each variant's key measures and its events`() {
    // Student's t(0.975, 1) = 12.706 makes the intervals of two replicates as wide as they are:
    // ln 1.125 and ln 1.25 lie 0.1054 apart, exp(12.706 × 0.0527) = 1.953.
    #expect(
      RunText.text(result, summary: result.summaryRows()) == """
        toy: 2 days from 2024-02-28, 2 replicates, seed 1

        thin
        measure           mean    95 % interval  unit       n
        token_price_usd  1.186  [0.6072, 2.316]  USD/token  2
        events per replicate: mean 30, most 30

        deep
        measure           mean   95 % interval  unit       n
        token_price_usd  2.187  [1.521, 3.144]  USD/token  2
        events per replicate: mean 30, most 30

        """)
  }

  @Test func `run says what was fitted to what`() {
    let key = Fit.Key(path: "token.emissionScale", lowest: 0.1, highest: 10)
    let fit = FitResult(
      variant: "thin", histories: ["nodes", "price"], dates: 24, distance: .crps,
      numbers: [FitResult.Number(key: key, initial: 1, value: 2.5)], initialLoss: 0.25,
      loss: 0.125, trials: 40)
    let plan = Fixture.plan(variants: ["thin"])
    let result = ExperimentResult(plan: plan, outcomes: Fixture.result(plan).outcomes, fits: [fit])
    #expect(
      RunText.fits(result) == """
        thin: fitted to 24 dates of nodes, price, crps 0.2500 before and 0.1250 after 40 trials
          token.emissionScale = 2.500 (1 in the file, sought from 0.1000 to 10)

        """)
    let record = RunRecord.json(result, command: "run", warnings: [], files: []).text
    #expect(record.contains(#""key": "token.emissionScale""#))
    #expect(record.contains(#""trials": 40"#))
  }

  @Test func `compare shows differences and says what may be said`() {
    #expect(
      CompareText.text(result, comparison: result.comparisonRows()) == """
        toy: 2 days from 2024-02-28, 2 replicates, seed 1

        deep − thin, by replicate
        measure          baseline  variant  difference  95 % interval  correlation  variance cut  n  \
        verdict
        token_price_usd     1.188    2.188           1         [1, 1]            1             1  2  \
        higher
        verdict: deep is higher than thin in 1 and lower in 0 of 2 measures (Holm, 5 % over all rows)

        events per replicate
          thin: mean 30, most 30
          deep: mean 30, most 30

        """)
  }

  @Test func `a text table aligns its columns and ends no line in blanks`() {
    var table = TextTable([("name", .left), ("n", .right), ("note", .left)])
    table.add(["a", "10", ""])
    table.add(["longer", "7", "é"])
    #expect(
      table.text == """
        name     n  note
        a       10
        longer   7  é

        """)
  }
}

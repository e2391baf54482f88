import Testing

@testable import Experiments
@testable import Reports

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

import Testing

@testable import Scenarios

struct FitTests {
  private static let data = ["s/nodes.csv": "date,value\n5,10\n6,11\n7,12\n"]

  private func text(_ fit: String, factor: Double = 2) -> String {
    """
    {horizonDays: 9,
     history: {
       nodes: {measure: "active_nodes", data: {csv: "nodes.csv"}, from: 6, fittedUntil: 7},
       price: {measure: "token_price_usd", data: {csv: "nodes.csv"}},
     },
     epochHours: \(factor),
     fit: \(fit)}
    """
  }

  @Test func `a fit reads keys, and takes the histories that have fitted dates`() throws {
    let scenario = try scenario(
      text(#"{keys: [{key: "epochHours", from: 1, to: 48}], distance: "crps"}"#), with: Self.data)
    #expect(
      scenario.variants[0].fit
        == Fit(
          keys: [Fit.Key(path: "epochHours", lowest: 1, highest: 48)], histories: ["nodes"],
          distance: .crps, replicates: 8, trials: 80))
    #expect(scenario.histories[0].points.map(\.day) == [6, 7])
    #expect(scenario.histories[0].fittedPoints == [0])
    let changed = scenario.overriding(variant: "base", [("epochHours", 3), ("horizonDays", 8)])
    #expect(changed.name == "base" && changed.fit == scenario.variants[0].fit)
  }

  @Test(arguments: [
    (
      #"{keys: [{key: "epochHour", from: 1, to: 48}]}"#,
      """
      s/main.json5:7:21: error: variants.base.fit.keys[0].key: expected the key path of a number, \
      found "epochHour"
      """
    ),
    (
      #"{keys: [{key: "epochHours", from: 3, to: 48}]}"#,
      """
      s/main.json5:7:21: error: variants.base.fit.keys[0]: expected epochHours between 3 and 48, \
      found 2
      """
    ),
    (
      #"{keys: [{key: "epochHours", from: 3, to: 3}]}"#,
      "error: fit.keys[0].to: expected more than from (3), found 3"
    ),
    (
      #"{keys: [{key: "epochHours", from: 1, to: 3}], histories: ["price"]}"#,
      """
      error: fit.histories: expected histories with fitted dates, found "price", which has none
      """
    ),
    (
      #"{keys: [{key: "epochHours", from: 1, to: 3}], histories: ["prices"]}"#,
      "error: fit.histories: expected histories with fitted dates, found \"prices\""
    ),
    ("{}", "error: fit.keys: expected one key at least, found none"),
  ])
  func `a fit that cannot be made is refused`(fit: String, message: String) {
    let told = messages(text(fit), with: Self.data)
    #expect(told.contains(message), "\(told)")
  }

  @Test func `a variant is fitted or matched, not both`() {
    let told = messages(
      """
      {horizonDays: 9, history: {nodes: {measure: "active_nodes", data: {csv: "nodes.csv"}, \
      fittedUntil: 7}},
       variants: {a: {}, b: {
         calibrate: {key: "epochHours", measure: "minted_tokens", equals: "a"},
         fit: {keys: [{key: "epochHours", from: 1, to: 48}]},
       }}}
      """, with: Self.data)
    #expect(told.contains("expected either calibrate or fit in a variant, found both"), "\(told)")
  }
}

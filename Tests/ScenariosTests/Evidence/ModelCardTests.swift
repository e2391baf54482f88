import Configuration
import Foundation
import TestSupport
import Testing

@testable import Scenarios

/// What comments say of where values come from.
struct ModelCardTests {
  private func card(_ text: String) throws -> ModelCard {
    try ModelCard(
      ScenarioSource(path: "s/net.json5", access: .memory(["s/net.json5": text])))
  }

  private func issues(_ text: String) throws -> [String] {
    try card(text).issues.map { "\($0.location.line):\($0.location.column) \($0.message)" }
  }

  @Test func `marks stand behind, above and around values`() throws {
    let card = try card(
      """
      {
        about: "One network.", horizonDays: 9,
        sources: { paper: "A paper", press: "A newspaper" },
        backtests: ["../History/render-2024-2025.json5"],
        // An ordinary comment.
        token: {  // S 2025-02 [press]: all that has no mark of its own
          circulating: 1000,
          // P 2024-06-03 [paper, press]: of two lines,
          // and the second of them
          emission: { rule: "fixed", tokensPerEpoch: 7 },
          rewards: { work: 1 },
        },
        market: { rule: "exogenous", openingPriceUSD: 1 },  // A: unknown
        // I [paper]: concluded
        epochHours: 24,
      }
      """)
    #expect(card.issues.isEmpty, "\(card.issues)")
    #expect(card.counts == [.secondary: 2, .primary: 2, .assumed: 2, .inferred: 1])
    #expect(card.factDays == [19877, 19877, 20120, 20120])
    #expect(card.backtests == ["render-2024-2025"])
    #expect(card.about == "One network.")
  }

  @Test func `a mark that cannot be read says what it lacks`() throws {
    let found = try issues(
      """
      {
        horizonDays: 9, sources: { paper: "A paper" },
        epochHours: 24,  // P [paper]: x
        // S 2024-06: x
        flowsEveryDays: 30,
        token: { circulating: 5 },  // P 2024-13 [paper]: x
        market: { rule: "exogenous",
          openingPriceUSD: 1 },  // P 2024 [paper] x
        operators: { frozenDays: 7 },  // P 2024 [papr]: x
      }
      """)
    #expect(
      found == [
        "2:30 expected a value that cites \"paper\", found none",
        "3:15 expected a mark of where 24 comes from, found none",
        "3:23 expected a date, found \"P [paper]: x\"",
        "4:6 expected a source in brackets, found \"S 2024-06: x\"",
        "6:25 expected a mark of where 5 comes from, found none",
        "6:34 expected a date of the calendar, found \"P 2024-13 [paper]: x\"",
        "7:19 expected a mark of where \"exogenous\" comes from, found none",
        "8:22 expected a mark of where 1 comes from, found none",
        "8:31 expected a mark such as // P 2024-06 [SOURCE]: words, found \"P 2024 [paper] x\"",
        "9:37 expected a key of sources, found \"papr\"",
      ])
  }
}

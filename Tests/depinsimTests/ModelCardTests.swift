import Foundation
import Kernel
import Scenarios
import TestSupport
import Testing

@testable import depinsim

/// What `list presets` says of a preset.
struct ModelCardsTests {
  @Test func `a card shows evidence, age and back-tests`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json5")
    defer { try? FileManager.default.removeItem(at: file) }
    try """
    {
      about: "One network. It has more to say.", horizonDays: 9,
      sources: { paper: "A paper" },
      backtests: ["../History/fall.json5", "../History/rise.json5"],
      epochHours: 24,  // P 2025-01-01 [paper]: a day
      market: { rule: "exogenous", openingPriceUSD: 1 },  // A: unknown
    }
    """.write(to: file, atomically: true, encoding: .utf8)
    let today = try #require(CalendarDate(parsing: "2026-01-01"))
    let cards = ModelCards(
      today: today,
      scores: """
        history,series,split,dates,rmse_of_logs,coverage,band_ratio
        fall,nodes,held_out,8,0.25,0.875,2
        """)
    let text = cards.text(of: try ModelCard(path: file.path)).split(separator: "\n").dropFirst()
    #expect(
      Array(text) == [
        "  values     1 primary, 0 secondary, 0 inferred, 2 assumed",
        "  facts      2025-01 to 2025-01, the median of 2025-01, 12 months old",
        "  back-test  fall, nodes, held out: error of logs 0.2500, 87.50 % of 8 dates in a band "
          + "2-fold wide",
        "  back-test  rise: not scored",
      ])
  }
}

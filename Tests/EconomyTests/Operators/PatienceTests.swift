import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// How long operators wait before they leave, and before they come back.
struct PatienceTests {
  /// The price is a hundredth from day 30 to day 70; looks are every ten days, those of operators
  /// that are there on days spread over the first ten.
  private func rows(_ settings: [String]) throws -> [SeriesRow] {
    try QuietNetwork.scenario(
      [
        QuietNetwork.decisions, "horizonDays=200", "operators.types.host.candidates=50",
        "shocks={fall: {target: 'price', on: 30, lastingDays: 40, factor: 0.01}}",
      ] + settings,
      // Some who stay, so that there is pay to see when all others have gone.
      types: "stays: {hardware: 'gpu', candidates: 5, activeAtStart: 5},"
    ).rows()
  }

  private func first(_ measure: String, _ rows: [SeriesRow]) throws -> Double? {
    zip(rows, try rows.column(measure)).first { $0.1 > 0 }.map { $0.0.time.inDays }
  }

  @Test func `an operator leaves when every look of so many days has said so`() throws {
    // The fall is paid from day 32 on: the market step of day 30 quotes it, day 31 pays by it.
    #expect(try #require(try first("exits", try rows([]))) <= 42)
    let patient = try rows(["operators.types.host.decisions.patienceDays=25"])
    // Looks with the loss at t, t + 10, t + 20, t + 30: the fourth is the first 25 days late.
    let day = try #require(try first("exits", patient))
    #expect(day >= 61 && day <= 72)
    #expect(try patient.column("exits").dropFirst().reduce(0, +) > 0)
    // 40 days of loss do not last 50.
    let stoic = try rows(["operators.types.host.decisions.patienceDays=50"])
    #expect(try first("exits", stoic) == nil)
  }

  @Test func `those who left come back only after a while`() throws {
    let reentry = "operators.types.host.decisions.reentry=true"
    let quick = try rows([reentry])
    let slow = try rows([reentry, "operators.types.host.decisions.reentryAfterDays=90"])
    let left = try #require(try first("exits", quick))
    #expect(try first("exits", slow) == left)
    #expect(try #require(try first("entries", quick)) < 85)
    #expect(try #require(try first("entries", slow)) >= left + 90)
    #expect(try first("entries", try rows([])) == nil)
  }
}

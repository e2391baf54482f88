import Economy
import Kernel
import Scenarios
import TestSupport
import Testing

@testable import Experiments

/// What the claims and the README's table of them quote.
@Suite(.tags(.slow), .enabled(if: Slow.isOn))
struct ClaimTests {
  /// A figure of the table: mean of a measure over replicates, and what it may differ by in another
  /// number of replicates; four standard errors of the difference where it is chance, and half of
  /// the last digit else.
  struct Quote: Sendable, CustomTestStringConvertible {
    let file: String
    let measure: String
    let variant: String
    let value: Double
    let margin: Double
    /// As the table has it.
    let text: String
    var testDescription: String { "\(file): \(measure) of \(variant) is \(text)" }

    init(
      _ file: String, _ measure: String, _ variant: String, _ value: Double, _ margin: Double,
      _ text: String
    ) {
      (self.file, self.measure, self.variant) = (file, measure, variant)
      (self.value, self.margin, self.text) = (value, margin, text)
    }
  }

  private static let quotes = [
    Quote("cheaper-than-a-hyperscaler", "cloud_discount", "hyperscaler", 0.598, 0.0005, "59.8 %"),
    Quote("cheaper-than-a-hyperscaler", "cloud_discount", "aws", 0.296, 0.0005, "29.6 %"),
    Quote("cheaper-than-a-hyperscaler", "cloud_discount", "specialist", 0.159, 0.0005, "15.9 %"),
    Quote("reliability-eats-the-discount", "cloud_discount", "strangers", 0.529, 0.003, "52.9 %"),
    Quote("reliability-eats-the-discount", "cloud_discount", "copies", 0.2, 0.0005, "20 %"),
    Quote("reliability-eats-the-discount", "cloud_discount", "copies45", -0.1, 0.0005, "−10 %"),
    Quote("sub-second-latency", "latency_p50_ms", "neither", 11_300, 300, "11 s"),
    Quote("sub-second-latency", "latency_p50_ms", "cached", 234, 5, "234 ms"),
    Quote("sub-second-latency", "latency_p50_ms", "both", 93, 2, "93 ms"),
    Quote("sub-second-latency", "latency_p50_ms", "bothWhole", 3310, 100, "3.3 s"),
    Quote("hybrid-saves-42", "users_bill_usd_per_gpu_hour", "claim", 0.581, 0.01, "41.9 %"),
    Quote("hybrid-saves-42", "users_bill_usd_per_gpu_hour", "sixty", 0.641, 0.01, "35.9 %"),
    Quote("hybrid-saves-42", "users_bill_usd_per_gpu_hour", "specialist", 0.79, 0.01, "21.0 %"),
    Quote("cloud-shortage", "entries", "none", 11.2, 3, "11.2"),
    Quote("cloud-shortage", "entries", "shortage", 36.3, 8, "36.3 (32.5–40.0)"),
    Quote("uptime-for-an-enterprise", "adoption_share", "fourNines", 0.005, 0.01, "0.5 % (0–1.0)"),
    Quote("uptime-for-an-enterprise", "adoption_share", "twoNines", 0.9, 0.25, "90 %"),
  ]

  private static func means(_ file: String, replicates: Int) async throws -> (
    scenario: Scenario, run: Replicated
  ) {
    let scenario = try shippedScenario("Claims/\(file)", setting: ["replicates=\(replicates)"])
    return (scenario, try await Replicated(scenario))
  }

  @Test(arguments: [
    "cheaper-than-a-hyperscaler", "reliability-eats-the-discount", "sub-second-latency",
    "hybrid-saves-42", "cloud-shortage", "uptime-for-an-enterprise",
  ])
  func `the figures of the table come out`(file: String) async throws {
    let (scenario, run) = try await Self.means(file, replicates: 3)
    let row = try #require(
      try ReadmeTable.text("claims").split(separator: "\n").first { $0.contains("`\(file)`") })
    for quote in Self.quotes where quote.file == file {
      let index = try #require(scenario.variants.firstIndex { $0.name == quote.variant })
      let found = run.mean(quote.measure, in: index).value
      #expect(abs(found - quote.value) <= quote.margin, "\(quote): \(found)")
      #expect(row.contains(quote.text), "\(quote)")
    }
  }

  /// Demand that meets the shortage: a third of the year with 70 % of what the cloud had.
  @Test func `a shortage brings a fifth more demand`() async throws {
    let (_, run) = try await Self.means("cloud-shortage", replicates: 3)
    let ratio = run.mean("demand_gpu_hours", in: 1).value / run.mean("demand_gpu_hours").value
    #expect(abs(ratio - 1.21) < 0.03)
  }

  /// The pool of 3 % by hand: 40,000 sold into 24,000 leaves (24 ÷ 64)², 14 %, less what the market
  /// does by itself. Traders make 2.0 % of it (paired, standard error 0.6).
  @Test func `an unlock is felt as far as nobody buys`() async throws {
    let (scenario, run) = try await Self.means("unlock-and-price", replicates: 12)
    func ratio(_ sold: String, _ kept: String) throws -> Double {
      let names = scenario.variants.map(\.name)
      let (with, without) = (
        run.values("token_price_usd", in: try #require(names.firstIndex(of: sold))),
        run.values("token_price_usd", in: try #require(names.firstIndex(of: kept)))
      )
      let logs = zip(with, without).map { Elementary.log($0 / $1) }
      return Elementary.exp(logs.reduce(0, +) / Double(logs.count))
    }
    #expect(abs(try ratio("deep", "deepKept") - 0.18) < 0.04)
    #expect(try ratio("thin", "thinKept") < 0.05)
    #expect(abs(try ratio("anchored", "anchoredKept") - 0.98) < 0.025)
    #expect(try ReadmeTable.text("claims").contains("by 82 % on a pool of 3 %, by 2.0 % (0.9–3.2)"))
  }

  /// Capacity falls by 9.7 points more under burn-and-mint, standard error 2.4 in 48 replicates.
  @Test func `burn and mint does not keep capacity up where traders know a value`() async throws {
    let (_, run) = try await Self.means("burn-and-mint-and-the-spiral", replicates: 16)
    let (fixed, burn) = (
      run.values("capacity_drawdown", in: 0), run.values("capacity_drawdown", in: 1)
    )
    let more = zip(burn, fixed).map { $0 - $1 }.reduce(0, +) / 16
    #expect(abs(more - 0.097) < 4 * 0.024 * 2)
    #expect(try ReadmeTable.text("claims").contains("9.7 points (5.1–14.6) more"))
  }
}

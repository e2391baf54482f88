import Economy
import Experiments
import Kernel
import Scenarios
import TestSupport
import Testing

/// The small economy that engines are compared on: what every right implementation gives.
///
/// A job that runs loses its node after Exp(20 h) and would finish after Exp(2 h), so an attempt
/// lasts 20/11 h on average whichever comes first and is lost with probability 1/11. There are
/// 0.1 restarts for each finished job, and the sum over its starts of the time since it came is
/// E[G(G + 1)] ÷ 2 × 20/11 h = 0.2 h for a geometric number G of lost attempts. Nodes are plenty,
/// so that nobody waits for one.
struct ChurnQueueTests {
  /// 18,000 jobs of 100 nodes. The restarts are near Poisson: 1,800 ± 42, a deviation of 0.0024 of
  /// the ratio. The sum of a job's delays has a mean square of 1.04 h², hence a deviation of
  /// 0.0075 h of the mean. A day's burn of 600 jobs varies by 6 %, which moves the price by
  /// 0.05 × 6 % ÷ 2; thirty of them with some pull back leave a deviation of 0.0075. Four deviations
  /// each.
  @Test func `a hundred nodes wait, restart and price as they must`() async throws {
    try await compare(nodes: 100, wait: 0.03, restarts: 0.0096, price: 0.03)
  }

  /// A tenth of these deviations, and 0.001 for what the start takes off and the last digit of the
  /// price.
  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `ten thousand nodes wait, restart and price as they must`() async throws {
    try await compare(nodes: 10_000, wait: 0.004, restarts: 0.002, price: 0.004)
  }

  private func compare(nodes: Int, wait: Double, restarts: Double, price: Double) async throws {
    let scenario = try shippedScenario(
      "Checks/churn-queue",
      setting: [
        "operators.types.host.candidates=\(nodes)", "operators.types.host.activeAtStart=\(nodes)",
      ])
    let run = try await Replicated(scenario, RunOptions(onlyReplicate: 1))
    func total(_ name: String) throws -> Double { try #require(run.values(name).first) }
    let finished = try total("jobs_completed")
    #expect(abs(try total("start_delay_total_s") / 3600 / finished - 0.2) < wait)
    #expect(abs(try total("restarts") / finished - 0.1) < restarts)
    #expect(abs(try total("token_price_usd") - 0.910) < price)
    // To the smallest unit of the token.
    #expect(abs(try total("minted_tokens") - Double(nodes) * 6.48 * 30) < 1e-6)
  }
}

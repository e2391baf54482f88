import Experiments
import Foundation
import Scenarios
import TestSupport
import Testing

@testable import Benchmarks

struct EconomyBenchmarkTests {
  private func project() throws -> ProjectFolder {
    try ProjectFolder.find(above: [#filePath])
  }

  private func number(_ name: String, of reading: Reading) throws -> Double {
    let figure = try #require(reading.figures.first { $0.name == name })
    switch figure.value {
    case .count(let count): return Double(count)
    case .number(let number): return number
    }
  }

  /// 18,000 jobs of 100 nodes; tolerances as in `ChurnQueueTests`, four deviations each.
  @Test func `a hundred nodes do what every engine does`() throws {
    try compare(nodes: 100, wait: 0.03, restarts: 0.0096, price: 0.03)
  }

  /// Ten times the jobs: the deviations ÷ √10, and 0.001 for the start and the last digit.
  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `a thousand nodes do what every engine does`() throws {
    try compare(nodes: 1000, wait: 0.0105, restarts: 0.004, price: 0.0105)
  }

  private func compare(nodes: Int, wait: Double, restarts: Double, price: Double) throws {
    let benchmark = ChurnQueueBenchmark(nodes: nodes, days: 30, project: try project())
    let reading = try benchmark.run(Interrupt())
    let finished = try number("jobs_finished", of: reading)
    #expect(abs(try number("mean_wait_h", of: reading) - 0.199) < wait)
    #expect(abs(try number("restarts", of: reading) / finished - 0.1) < restarts)
    #expect(abs(try number("price", of: reading) - 0.910) < price)
    // A node goes on and off 720 ÷ 24 times each, 180 jobs come and finish for each; 30 epochs.
    // Its sessions alone make 60 ± 7, its jobs 360 ± 19 events.
    let events = Double(nodes) * (2 * 30 + 2 * 180) + 30
    #expect(abs(Double(reading.events) - events) < 4 * 21 * Double(nodes).squareRoot() + 10)
    #expect(try number("events_all", of: reading) > Double(reading.events))
  }

  @Test func `the queue's wait lies near Erlang's`() throws {
    let reading = try QueueBenchmark(days: 50, replicates: 4, project: try project())
      .run(Interrupt())
    let theory = try number("erlang_c_wait_h", of: reading)
    // By hand: B = 0.2061, C = 0.5094.
    #expect(abs(theory - 0.5094) < 0.0001)
    // The half-width of the 99.9 % interval of 25 days and 20 replicates is under 27 %
    // (`Textbook`); here 200 days instead of 500.
    #expect(abs(try number("mean_wait_h", of: reading) - theory) < 0.43 * theory)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `the main comparison runs every replicate of every variant`() async throws {
    let reading = try await ComparisonBenchmark(
      days: 2, replicates: 1, threads: 2, project: try project()
    ).run(Interrupt())
    #expect(try number("runs", of: reading) == 4)
    #expect(reading.events > 0)
  }

  @Test func `fewer than a million nodes keep the shares of their operators`() throws {
    let reading = try MillionNodesBenchmark(nodes: 2000, days: 1, project: try project())
      .run(Interrupt())
    #expect(try number("nodes", of: reading) == 2000)
    #expect(try number("operators", of: reading) == 400 + 120 + 10)
    #expect((800...1600).contains(try number("jobs_in_service_max", of: reading)))
    #expect(try number("postings", of: reading) > 10_000)
    #expect(try number("peak_bytes", of: reading) > 1e6)
  }

  @Test func `the operators of the scenario are a million nodes`() throws {
    let text = try String(
      contentsOfFile: project().path + "/Scenarios/Benchmarks/million-nodes.json5",
      encoding: .utf8)
    for (_, count) in MillionNodesBenchmark.operators {
      #expect(text.contains("candidates: \(count + count / 20), activeAtStart: \(count),"))
    }
  }

  @Test func `a folder without the project's scenarios is no project`() {
    #expect(throws: BenchmarkError.self) { try ProjectFolder.find(above: ["/"]) }
  }
}

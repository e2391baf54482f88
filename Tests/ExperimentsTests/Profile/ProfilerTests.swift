import Synchronization
import Testing

@testable import Experiments
@testable import Scenarios

struct ProfilerTests {
  /// A profiler whose clock goes on by 1 ms with each reading.
  private func profiler() -> Profiler {
    final class Ticks: Sendable {
      let count = Atomic<UInt64>(0)
    }
    let ticks = Ticks()
    return Profiler { ticks.count.wrappingAdd(1, ordering: .relaxed).newValue * 1_000_000 }
  }

  @Test func `work around the runs is timed, the longest first`() {
    let profiler: Profiler? = profiler()
    let read = profiler.time(.reading) { "text" }
    for _ in 1...3 { profiler.time(.writing) {} }
    #expect(read == "text")
    #expect(profiler?.profile.rows.map(\.name) == ["writing", "reading"])
    #expect(profiler?.profile.rows.map(\.milliseconds) == [3, 1])
    #expect(profiler?.profile.total.milliseconds == 4)
  }

  @Test func `work that fails is timed as well`() throws {
    let profiler = profiler()
    #expect(throws: SinkError("full")) {
      try Optional(profiler).time(.writing) { () throws(SinkError) in throw SinkError("full") }
    }
    #expect(profiler.profile.total.milliseconds == 1)
  }

  @Test func `without a profiler the work is done and that is all`() {
    #expect(Profiler?.none.time(.opening) { 7 } == 7)
  }

  @Test func `an experiment adds up its replicates, pilots apart`() async throws {
    let profiler = profiler()
    let variant = Variant.toy(
      2,
      Calibration(
        key: "level", measure: "token_price_usd", fromDay: 0, toDay: 2, equals: "1.0",
        tolerance: 0.01))
    let plan = Plan.toy([.toy(1), variant], replicates: 3)
    let plain = try await Experiment.toy(plan).run(into: MemorySink(), watch: Watch())
    let result = try await Experiment.toy(plan, threads: 1, profiler: profiler)
      .run(into: MemorySink(), watch: Watch())
    #expect(result.outcomes.map(\.events) == plain.outcomes.map(\.events))
    let profile = profiler.profile
    #expect(profile.replicates == 6)
    let times = Dictionary(
      uniqueKeysWithValues: profile.rows.map { ($0.name, $0.milliseconds) })
    // Each of six replicates is opened once and writes four slices and its end; the target and
    // the first two values are tried on three pilots each.
    #expect(times["opening"] == 6)
    #expect(times["writing"] == 30)
    #expect(times["calibration"] == 9)
    #expect(times["queue"] == 0)
  }

  @Test func `the real clock never goes back`() {
    let times = (1...1_000).map { _ in Profiler.monotonicNanoseconds() }
    #expect(times == times.sorted())
  }
}

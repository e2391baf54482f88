import Experiments
import Kernel
import Testing

@testable import Benchmarks

struct HoldModelTests {
  @Test func `events leave in order of time and as many stay`() {
    var model = HoldModel(pending: 100)
    var last = SimTime.zero
    for _ in 0..<1000 {
      model.hold(1)
      #expect(model.queue.now >= last)
      #expect(model.queue.count == 100)
      last = model.queue.now
    }
    #expect(model.queue.scheduled == 1100)
  }

  /// A hundred events that come back after 1 h on average are a Poisson process of 100 an hour, so
  /// 100,000 holds take 1000 ± 3.2 h; four deviations. More than one stream of luck is needed.
  @Test func `the clock moves as fast as the delays say`() {
    var model = HoldModel(pending: 100)
    model.hold(100_000)
    #expect(abs(model.queue.now.inHours - 1000) < 13)
  }

  @Test func `a benchmark stops before it starts when it is interrupted`() {
    let interrupt = Interrupt()
    interrupt.raise()
    #expect(throws: BenchmarkError.self) { try HoldBenchmark(pending: 10).run(interrupt) }
  }
}

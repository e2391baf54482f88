import Testing

@testable import Benchmarks

struct SpreadTests {
  @Test func `the middle and the quartiles of five readings are readings`() {
    let spread = Spread([5, 1, 4, 2, 3])
    #expect(spread.smallest == 1)
    #expect(spread.lowerQuartile == 2)
    #expect(spread.median == 3)
    #expect(spread.upperQuartile == 4)
    #expect(spread.largest == 5)
  }

  @Test func `between two readings quantiles are interpolated`() {
    let spread = Spread([3, 1])
    #expect(spread.lowerQuartile == 1.5)
    #expect(spread.median == 2)
    #expect(spread.upperQuartile == 2.5)
  }

  @Test func `one reading is its own middle and range`() {
    let spread = Spread([7])
    #expect(spread.smallest == 7 && spread.median == 7 && spread.largest == 7)
  }

  @Test func `a result is the median time of the same events`() {
    let result = BenchmarkResult(
      name: .hold, sizes: [],
      readings: [4.0, 1, 2].map { Reading(events: 6_000_000, seconds: $0) })
    #expect(result.seconds.median == 2)
    #expect(result.millionEventsPerSecond == 3)
  }
}

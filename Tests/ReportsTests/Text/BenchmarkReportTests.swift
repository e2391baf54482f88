import Benchmarks
import Foundation
import Testing

@testable import Reports

struct BenchmarkReportTests {
  private let result = BenchmarkResult(
    name: .churnQueue, sizes: [Figure("nodes", 1000), Figure("days", 30.0)],
    readings: [0.2, 0.1, 0.4].map {
      Reading(
        events: 400_000, seconds: $0,
        figures: [Figure("events_all", 410_000), Figure("price", 0.91)])
    })

  @Test func `the table has the middle and how far the repeats lie apart`() {
    #expect(
      BenchmarkText.text([result]) == """
        benchmark                           events  seconds         quartiles             range  n\
          10⁶ events/s
        churn-queue, nodes 1,000, days 30  400,000   0.2000  [0.1500, 0.3000]  [0.1000, 0.4000]  3\
                     2
        events_all 410,000, price 0.9100

        """)
  }

  @Test func `the object has sizes, figures and speed side by side`() throws {
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(BenchmarkJSON.text([result]).utf8))
        as? [String: Any])
    #expect(
      Set(object.keys) == [
        "benchmark", "nodes", "days", "events_all", "price", "events", "seconds",
        "million_events_per_second", "repeats", "seconds_min", "seconds_lower_quartile",
        "seconds_upper_quartile", "seconds_max", "machine",
      ])
    #expect(object["seconds"] as? Double == 0.2)
    #expect(object["million_events_per_second"] as? Double == 2)
    #expect(object["nodes"] as? Int == 1000)
  }

  @Test func `several sizes are one object`() throws {
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(BenchmarkJSON.text([result, result]).utf8))
        as? [String: Any])
    #expect((object["results"] as? [Any])?.count == 2)
  }
}

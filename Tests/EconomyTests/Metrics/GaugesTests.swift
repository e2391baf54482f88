import Kernel
import Testing

@testable import Economy

struct GaugesTests {
  @Test func `a gauge integrates its level exactly`() {
    var gauge = Gauge()
    func at(_ microseconds: Int64) -> SimTime { SimTime(microseconds: microseconds) }
    gauge.change(by: 3, at: at(10))
    gauge.change(by: -1, at: at(25))
    #expect(gauge.level == 2)
    #expect(gauge.integral(until: at(30)) == 55)
    #expect(gauge.take(until: at(30)) == 55)
    #expect(gauge.integral(until: at(30)) == 0)
    #expect(gauge.take(until: at(31)) == 2)
  }

  @Test func `Little's law holds exactly on a path of three jobs`() {
    var gauges = Gauges()
    var left: Int128 = 0
    func step(_ difference: Int, arrival: Int64, at now: Int64) {
      gauges.jobsInSystem.change(by: difference, at: SimTime(microseconds: now))
      gauges.arrivalsPresent += Int128(difference) * Int128(arrival)
      if difference < 0 { left += Int128(now - arrival) }
    }
    step(1, arrival: 5, at: 5)
    step(1, arrival: 8, at: 8)
    step(-1, arrival: 5, at: 20)
    step(1, arrival: 33, at: 33)
    let now = SimTime(microseconds: 50)
    // 15 of the job that left, 42 and 17 of those that are there.
    #expect(gauges.timeInSystem(left: left, at: now) == 74)
    #expect(gauges.jobsInSystem.integral(until: now) == 74)
  }
}

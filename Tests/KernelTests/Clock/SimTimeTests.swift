import Kernel
import Testing

struct SimTimeTests {
  /// 2⁻⁷ s is 7812.5 µs exactly.
  @Test(arguments: [
    (0x1p-7, 7812), (0x3p-7, 23_438), (0.0000012, 1), (0.0000018, 2), (1.5, 1_500_000),
    (0x1p33 + 0x1p-6, 8_589_934_592_015_625), (-3, 0), (1e30, 1 << 60),
  ])
  func `delays are rounded to the nearest microsecond and clamped`(
    seconds: Double, microseconds: Int64
  ) {
    #expect(SimDuration.seconds(seconds).microseconds == microseconds)
  }

  @Test func `infinity becomes the longest delay`() {
    #expect(SimDuration.days(.infinity) == .forever)
    #expect(SimTime.days(.infinity) == .farFuture)
  }

  @Test func `a delay past the far future ends there`() {
    #expect(SimTime.days(3) + .forever == .farFuture)
    #expect(SimTime.farFuture + .forever == .farFuture)
  }

  @Test func `units agree with each other`() {
    #expect(SimDuration.days(1) == .hours(24))
    #expect(SimDuration.hours(1) == .seconds(3600))
    #expect(SimDuration.seconds(90).inHours == 0.025)
    #expect(SimTime.days(2.5).inDays == 2.5)
    #expect(SimTime.days(2) - SimTime.days(0.5) == .hours(36))
    #expect(SimDuration.hours(1) * 36 == .days(1.5))
  }

  @Test func `midnight belongs to the new day`() {
    #expect(SimTime.days(3).day == 3)
    #expect(SimTime(microseconds: SimTime.days(3).microseconds - 1).day == 2)
    #expect(SimTime(microseconds: -1).day == -1)
  }
}

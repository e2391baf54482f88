import Kernel
import Testing

struct LevelTests {
  private func at(_ microseconds: Int64) -> SimTime { SimTime(microseconds: microseconds) }

  @Test func `the area is value times duration`() {
    var level = Level(at: at(10), value: 2)
    level.set(5, at: at(13))
    level.change(by: -4, at: at(20))
    level.change(by: -3, at: at(20))
    #expect(level.value == -2)
    #expect(level.maximum == 5)
    #expect(level.area(until: at(24)) == 2 * 3 + 5 * 7 - 2 * 4)
    #expect(level.mean(until: at(24)) == 33.0 / 14)
  }

  @Test func `no duration means the present value`() {
    #expect(Level(at: at(7), value: 3).mean(until: at(7)) == 3)
  }

  @Test func `the largest levels and longest times do not overflow`() {
    var level = Level(at: .zero, value: .max)
    level.set(.min, at: .farFuture)
    #expect(level.area(until: .farFuture) == Int128(Int64.max) << 60)
    #expect(Level(at: .zero, value: .min).area(until: .farFuture) == Int128(Int64.min) << 60)
  }

  @Test func `a restart keeps the value and forgets the past`() {
    var level = Level(at: .zero, value: 9)
    level.set(4, at: at(5))
    level.restart(at: at(6))
    #expect(level.maximum == 4)
    #expect(level.area(until: at(8)) == 8)
  }
}

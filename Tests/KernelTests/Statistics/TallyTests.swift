import Kernel
import Testing

struct TallyTests {
  @Test func `a tally of few numbers is exact`() {
    var tally = Tally()
    for value in [2.0, 4, 4, 4, 5, 5, 7, 9] { tally.add(value) }
    #expect(tally.count == 8)
    #expect(tally.mean == 5)
    #expect(abs(tally.variance - 32.0 / 7) < 1e-15)
    #expect(tally.minimum == 2 && tally.maximum == 9)
  }

  @Test func `an empty tally knows nothing`() {
    var tally = Tally()
    #expect(tally.mean.isNaN && tally.minimum.isNaN && tally.maximum.isNaN)
    tally.add(3)
    #expect(tally.mean == 3 && tally.variance.isNaN)
  }

  @Test func `a large offset does not spoil the variance`() {
    var tally = Tally()
    for step in 0..<1000 { tally.add(1e9 + Double(step % 2)) }
    #expect(abs(tally.variance - 250.0 / 999) < 1e-9)
  }

  @Test(arguments: [0, 1, 13, 200]) func `merging is adding`(cut: Int) {
    let values = (0..<200).map { Elementary.sin(Double($0)) }
    var whole = Tally()
    var first = Tally()
    var second = Tally()
    for (index, value) in values.enumerated() {
      whole.add(value)
      if index < cut { first.add(value) } else { second.add(value) }
    }
    first.merge(second)
    #expect(first.count == whole.count)
    #expect(abs(first.mean - whole.mean) < 1e-15)
    #expect(abs(first.variance - whole.variance) < 1e-14)
    #expect(first.minimum == whole.minimum && first.maximum == whole.maximum)
  }

  @Test func `a compensated sum keeps what plain sums lose`() {
    var sum = CompensatedSum()
    for term in [1, 1e100, 1, -1e100] { sum.add(term) }
    #expect(sum.value == 2)
    var tenths = CompensatedSum()
    for _ in 0..<10_000 { tenths.add(0.1) }
    #expect(tenths.value == 1000)
    var both = tenths
    both.merge(tenths)
    #expect(both.value == 2000)
  }
}

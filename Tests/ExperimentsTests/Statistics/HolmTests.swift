import Testing

@testable import Experiments

struct HolmTests {
  @Test func `each step has its own bar and the first miss ends it`() {
    // Bars 0.0125, 0.0167, 0.025, 0.05: the third smallest, 0.03, misses.
    #expect(Holm.rejected([0.01, 0.04, 0.03, 0.005]) == [true, false, false, true])
  }

  @Test func `rows without evidence do not enlarge the family`() {
    #expect(Holm.rejected([0.04, .nan, .nan]) == [true, false, false])
  }
}

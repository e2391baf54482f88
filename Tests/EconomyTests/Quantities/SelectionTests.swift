import Kernel
import Testing

@testable import Economy

struct SelectionTests {
  @Test(arguments: 0..<60) func `it is what sorting would find`(seed: Int) {
    var stream = testStream(seed)
    let count = 1 + Int(stream.below(80))
    // Few different values in half of the cases, so that many are equal.
    let kinds: UInt32 = seed % 2 == 0 ? 4 : 1_000_000
    var values = (0..<count).map { _ in Double(stream.below(kinds)) - 2 }
    let expected = values.sorted()[(count - 1) / 2]
    #expect(Selection.median(of: &values) == expected, "seed \(seed)")
  }

  @Test func `of none there is none`() {
    var values: [Double] = []
    #expect(Selection.median(of: &values).isNaN)
  }
}

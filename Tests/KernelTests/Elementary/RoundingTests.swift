import Kernel
import Testing

struct RoundingTests {
  @Test(arguments: [0.0, 0.25, 1, 2, 3, 1e3, 1e9, 0x1p51, 0x1p52, 0x1p53, 1e300, .infinity])
  func `rounding agrees with the standard library near ties`(whole: Double) {
    for offset in [0, 0.5, 1, 1.5, 2.5] {
      let x = whole + offset
      for near in [x, x.nextUp, x.nextDown, -x, -x.nextUp, -x.nextDown] {
        #expect(Elementary.rounded(near).bitPattern == near.rounded().bitPattern, "\(near)")
      }
    }
  }

  @Test func `rounding agrees with the standard library everywhere`() {
    var luck = Luck(seed: 3, replicate: 0).stream(Purpose(rawValue: 0), entity: 0)
    for _ in 0..<20_000 {
      let bits = luck.nextWord64()
      // Any number, then one of a size where rounding matters.
      for x in [
        Double(bitPattern: bits), Double(Int64(bitPattern: bits) >> 8) / 1024,
        Double(Int64(bitPattern: bits) >> 44) / 2,
      ] where !x.isNaN {
        #expect(Elementary.rounded(x).bitPattern == x.rounded().bitPattern, "\(x)")
      }
    }
    #expect(Elementary.rounded(.nan).isNaN)
  }
}

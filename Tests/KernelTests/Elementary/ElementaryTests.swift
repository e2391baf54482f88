import Foundation
import Kernel
import TestSupport
import Testing

struct ElementaryTests {
  #if arch(x86_64)
    @Test(arguments: Comparison.all)
    func `functions stay within their error`(comparison: Comparison) {
      let worst = comparison.worst(of: 4000)
      #expect(worst.ulps < comparison.limit, "at \(worst.argument)")
    }

    @Test(.tags(.slow), .enabled(if: Slow.isOn), arguments: Comparison.all)
    func `functions stay within their error at half a million points`(comparison: Comparison) {
      let worst = comparison.worst(of: 500_000)
      #expect(worst.ulps < comparison.limit, "at \(worst.argument)")
    }

    @Test func `powers stay within 1 ulp where the logarithm is stretched`() {
      let luck = Luck(seed: 6, replicate: 0)
      for entity in 0..<4000 as Range<UInt64> {
        var stream = luck.stream(Purpose(rawValue: 0), entity: entity)
        let x = exp(40 * stream.uniform() - 20)
        let y = (1400 * stream.uniform() - 700) / log(x)
        let error = ulps(Elementary.pow(x, y), pow(Float80(x), Float80(y)))
        #expect(error < 1, "\(x) to the \(y)")
      }
    }

    @Test(arguments: [1.0, 2, 7, 355, 6_381_956_970_095_103])
    func `angles next to multiples of π keep their small sines`(multiple: Double) {
      let x = multiple * .pi
      #expect(ulps(Elementary.sin(x), sin(Float80(x))) < 1)
      let y = (multiple + 0.5) * .pi
      #expect(ulps(Elementary.cos(y), cos(Float80(y))) < 1)
    }

    @Test func `the double nearest of all to a multiple of π keeps its sine`() {
      // Muller et al., "Handbook of Floating-Point Arithmetic", §11.2.2: 6381956970095103 × 2⁷⁹⁷ is
      // nearer to a multiple of π/2 than any other double; its cosine is 4.68716592425462761112e-19.
      let x = 6_381_956_970_095_103.0 * 0x1p797
      #expect(abs(Elementary.cos(x)) == 4.68716592425462761112e-19)
      #expect(abs(Elementary.sin(x)) == 1)
    }
  #endif

  @Test func `exp has the right edges`() {
    #expect(Elementary.exp(0) == 1)
    #expect(Elementary.exp(.infinity) == .infinity)
    #expect(Elementary.exp(-.infinity) == 0)
    #expect(Elementary.exp(709.782712893384) == 1.7976931348622732e308)
    #expect(Elementary.exp(709.79) == .infinity)
    #expect(Elementary.exp(-745.13) == .leastNonzeroMagnitude)
    #expect(Elementary.exp(-745.14) == 0)
    #expect(Elementary.exp(.nan).isNaN)
    #expect(Elementary.expm1(-.infinity) == -1)
    #expect(Elementary.expm1(.infinity) == .infinity)
    #expect(Elementary.expm1(1e-300) == 1e-300)
    #expect(Elementary.expm1(.nan).isNaN)
    #expect(Elementary.tanh(-.infinity) == -1)
    #expect(Elementary.tanh(.nan).isNaN)
  }

  @Test func `log has the right edges`() {
    #expect(Elementary.log(1) == 0)
    #expect(Elementary.log(0) == -.infinity)
    #expect(Elementary.log(-0.0) == -.infinity)
    #expect(Elementary.log(.infinity) == .infinity)
    #expect(Elementary.log(-1).isNaN)
    #expect(Elementary.log(.nan).isNaN)
    #expect(Elementary.log(.leastNonzeroMagnitude) == -744.4400719213812)
    #expect(Elementary.log1p(-1) == -.infinity)
    #expect(Elementary.log1p(-1.5).isNaN)
    #expect(Elementary.log1p(1e-300) == 1e-300)
    #expect(Elementary.log1p(.infinity) == .infinity)
    #expect(Elementary.log1p(.nan).isNaN)
  }

  @Test func `sin and cos have the right edges`() {
    #expect(Elementary.sin(0) == 0)
    #expect(Elementary.sin(-0.0).sign == .minus)
    #expect(Elementary.cos(0) == 1)
    #expect(Elementary.sin(1e-300) == 1e-300)
    #expect(Elementary.sin(.infinity).isNaN)
    #expect(Elementary.cos(-.infinity).isNaN)
    #expect(Elementary.cos(.nan).isNaN)
  }

  /// The platform's own special values are those of IEEE 754.
  @Test func `pow has the platform's special values`() {
    let values = [
      0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2.5, 1e300, -1e300, 0x1p-1030, -0x1p-1030,
      0x1p52 + 1,
      -0x1p53, .infinity, -.infinity, .nan,
    ]
    for x in values {
      for y in values {
        let (ours, platform) = (Elementary.pow(x, y), pow(x, y))
        let agree =
          ours == platform || (ours.isNaN && platform.isNaN)
          || abs(ours - platform) <= platform.ulp
        #expect(agree && (ours.isNaN || ours.sign == platform.sign), "\(x) to the \(y)")
      }
    }
  }

  @Test func `the numerics word is the same in every build`() {
    // Changes only when a function of the kernel changes; results then change with it.
    #expect(Numerics.word == "9b4982a45f0b2cc6")
  }
}

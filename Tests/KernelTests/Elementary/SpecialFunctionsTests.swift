import Kernel
import Testing

/// Reference values computed with 30 digits.
struct SpecialFunctionsTests {
  private func agree(_ value: Double, _ exact: Double, _ relative: Double) -> Bool {
    abs(value - exact) <= relative * abs(exact)
  }

  @Test(arguments: [
    (0.5, 0.479500122186953462), (1, 0.157299207050285131), (2, 0.00467773498104726584),
    (5, 1.53745979442803485e-12), (10, 2.08848758376254476e-45), (-2, 1.99532226501895273),
  ])
  func `erfc agrees with published values`(x: Double, exact: Double) {
    #expect(agree(Elementary.erfc(x), exact, 1e-14))
  }

  @Test(arguments: [
    (-8, 6.22096057427178412e-16), (-3, 0.00134989803163009453), (-1.96, 0.0249978951482204362),
    (0, 0.5), (0.5, 0.691462461274013104), (3, 0.998650101968369905),
  ])
  func `the normal distribution agrees with published values`(z: Double, exact: Double) {
    #expect(agree(Elementary.normalCDF(z), exact, 1e-14))
  }

  @Test(arguments: [
    (1e-300, -37.0470962993611992), (1e-10, -6.3613409024040562), (0.025, -1.95996398454005421),
    (0.1, -1.28155156554460044), (0.5, 0), (0.975, 1.95996398454005386),
  ])
  func `the normal quantile agrees with published values`(p: Double, exact: Double) {
    #expect(agree(NormalLaw.quantile(p), exact, 1e-15))
  }

  @Test func `the normal quantile inverts the distribution and rises`() {
    var previous = -Double.infinity
    for step in 1..<2000 {
      let p = Double(step) / 2000
      let z = Elementary.normalQuantile(p)
      #expect(agree(Elementary.normalCDF(z), p, 1e-14))
      #expect(z > previous)
      previous = z
    }
  }

  @Test func `normal functions have the right edges`() {
    #expect(Elementary.normalQuantile(0) == -.infinity)
    #expect(Elementary.normalQuantile(1) == .infinity)
    #expect(Elementary.normalQuantile(-0.1).isNaN)
    #expect(Elementary.normalQuantile(.nan).isNaN)
    #expect(Elementary.normalCDF(-.infinity) == 0)
    #expect(Elementary.normalCDF(.infinity) == 1)
    #expect(Elementary.erfc(-40) == 2)
    #expect(Elementary.erfc(40) == 0)
    #expect(Elementary.erfc(.nan).isNaN)
  }

  @Test(arguments: [
    (0.1, 2.2527126517342059), (0.5, 0.572364942924700087), (1, 0), (2, 0),
    (1.5, -0.120782237635245222), (3.7, 1.42807232666538813), (50, 144.565743946344886),
    (1000.5, 5908.67417584867749),
  ])
  func `the logarithm of Γ agrees with published values`(x: Double, exact: Double) {
    #expect(abs(Elementary.logGamma(x) - exact) <= 1e-14 * max(1, abs(exact)))
  }

  @Test func `Γ of a whole number is a factorial`() {
    var factorial = 1.0
    for n in 1...170 {
      #expect(agree(Elementary.gamma(Double(n)), factorial, 1e-12))
      factorial *= Double(n)
    }
    #expect(Elementary.logGamma(0) == .infinity)
    #expect(Elementary.logGamma(-0.5).isNaN)
  }
}

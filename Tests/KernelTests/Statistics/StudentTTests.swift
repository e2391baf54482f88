import Kernel
import Testing

struct StudentTTests {
  /// Table values (Abramowitz and Stegun 1964, table 26.10), with 15 digits.
  @Test(arguments: [
    (0.975, 1, 12.7062047361747), (0.975, 2, 4.30265272974946), (0.975, 5, 2.57058183563632),
    (0.975, 10, 2.22813885198627), (0.975, 30, 2.04227245630124), (0.975, 100, 1.98397151852355),
    (0.995, 4, 4.60409487134999), (0.9995, 9, 4.78091258593114), (0.95, 3, 2.35336343480182),
  ])
  func `quantiles agree with published tables`(p: Double, degrees: Double, exact: Double) {
    #expect(abs(StudentT.quantile(p, degrees: degrees) / exact - 1) < 1e-11)
    #expect(abs(StudentT.quantile(1 - p, degrees: degrees) / exact + 1) < 1e-11)
    #expect(abs(StudentT.cdf(exact, degrees: degrees) - p) < 1e-12)
    #expect(abs(StudentT.cdf(-exact, degrees: degrees) - (1 - p)) < 1e-12)
  }

  @Test(arguments: [0.3, 1, 4.5, 60, 5000, 20_000])
  func `the distribution undoes the quantile`(degrees: Double) {
    for p in [1e-9, 0.001, 0.2, 0.5, 0.7, 0.9999] {
      let t = StudentT.quantile(p, degrees: degrees)
      #expect(abs(StudentT.cdf(t, degrees: degrees) / p - 1) < 1e-7 * max(1e-3, 1e-9 / p))
    }
  }

  @Test func `many degrees of freedom are normal`() {
    #expect(abs(StudentT.quantile(0.975, degrees: 1e12) - NormalLaw.quantile(0.975)) < 1e-11)
    #expect(StudentT.quantile(0.975, degrees: .infinity) == NormalLaw.quantile(0.975))
    #expect(StudentT.quantile(1, degrees: 4) == .infinity)
    #expect(StudentT.quantile(0, degrees: 4) == -.infinity)
    #expect(StudentT.cdf(-.infinity, degrees: 4) == 0)
  }

  @Test(arguments: [
    (0.3, 2, 5, 0.579825), (0.5, 0.5, 0.5, 0.5), (0.9, 40, 3, 0.1951076548269367),
    (0.01, 0.1, 50, 0.9411645901311703), (0, 3, 2, 0), (1, 3, 2, 1),
  ])
  func `the incomplete beta function agrees with exact values`(
    x: Double, a: Double, b: Double, exact: Double
  ) {
    #expect(abs(IncompleteBeta.regularized(x, a, b) - exact) < 1e-13)
  }
}

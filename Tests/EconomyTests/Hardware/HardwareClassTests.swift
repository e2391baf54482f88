import Configuration
import Testing

@testable import Economy

struct HardwareClassTests {
  private func value(_ years: Double, residuals: String) throws -> Double {
    let hardware = try read(
      """
      {priceUSD: 1000, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 1,
       residualByYear: \(residuals)}
      """
    ) { HardwareClass(name: "gpu", reading: &$0) }
    return hardware.resaleValue(years: years)
  }

  @Test func `the resale value is a straight line between the years`() throws {
    let curve = "[0.6, 0.5, 0.2]"
    for (years, expected) in [
      (-1, 1000), (0, 1000), (0.5, 800), (1, 600), (1.25, 575), (2, 500), (2.5, 350), (3, 200),
      (40, 200.0),
    ] {
      #expect(abs(try value(years, residuals: curve) - expected) < 1e-9)
    }
  }

  @Test func `one year is curve enough`() throws {
    #expect(try value(0.5, residuals: "[0.5]") == 750)
    #expect(try value(9, residuals: "[0.5]") == 500)
  }
}

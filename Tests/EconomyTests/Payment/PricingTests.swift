import Testing

@testable import Economy

struct PricingTests {
  @Test func `posted prices stay`() throws {
    let pricing = try rule("{rule: 'posted'}", from: Pricing.choices)
    #expect(pricing.multiplier(after: 1.3, utilisation: 1) == 1.3)
  }

  @Test func `congestion raises the price above its target and lowers it below`() throws {
    let pricing = try rule(
      "{rule: 'congestion', targetUtilisation: 0.5, speedPerEpoch: 0.2, lowest: 0.9, highest: 1.5}",
      from: Pricing.choices)
    #expect(abs(pricing.multiplier(after: 1, utilisation: 0.75) - 1.05) < 1e-15)
    #expect(abs(pricing.multiplier(after: 1, utilisation: 0.25) - 0.95) < 1e-15)
    #expect(pricing.multiplier(after: 1.2, utilisation: 0.5) == 1.2)
    #expect(pricing.multiplier(after: 1.49, utilisation: 1) == 1.5)
    #expect(pricing.multiplier(after: 0.91, utilisation: 0) == 0.9)
  }
}

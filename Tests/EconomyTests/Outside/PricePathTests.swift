import Testing

@testable import Economy

struct PricePathTests {
  private func path(_ between: String) throws -> PricePath {
    try read(
      """
      {priceUSDPerGPUHour: 8, between: "\(between)", changes: [
        {from: 10, priceUSDPerGPUHour: 4}, {from: 20, priceUSDPerGPUHour: 2}]}
      """
    ) { PricePath(reading: &$0) }
  }

  @Test func `a price holds until the next date, or runs straight to it`() throws {
    let days = [0, 9.99, 10, 15, 20, 900]
    #expect(try days.map(path("step").price) == [8, 8, 4, 4, 2, 2])
    #expect(try days.map(path("linear").price) == [8, 8, 4, 3, 2, 2])
    #expect(PricePath(constant: 3).price(on: 7) == 3)
  }

  @Test func `changes out of order are refused`() throws {
    let said = try complaints(
      about: """
        {priceUSDPerGPUHour: 8, changes: [
          {from: 10, priceUSDPerGPUHour: 4}, {from: 10, priceUSDPerGPUHour: 2}]}
        """
    ) { PricePath(reading: &$0) }
    #expect(said == ["expected days in order, each once, found change 2 on day 10 after day 10"])
  }
}

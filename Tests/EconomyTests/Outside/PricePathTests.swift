import Testing

@testable import Economy
@testable import Scenarios

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

  private static let rents = "day,usd\n0,8\n10,4\n20,2\n"

  private func cloud(_ table: String, _ more: String = "") throws -> PricePath {
    let offer =
      "priceUSDPerGPUHour: 9, between: 'linear'\(more), pricesFrom: {table: {csv: 'r.csv'}, "
      + "date: 'day', priceUSDPerGPUHour: {column: 'usd', factor: 0.5}}"
    let scenario = try PlainNetwork.scenario(
      classes: "jobs: {arrivalsPerHour: 1, hardware: ['gpu'], clouds: ['c']}",
      others: "clouds: {c: {offers: {any: {\(offer)}}}}", tables: ["r.csv": table])
    let outside = scenario.variants[0].stages[0].settings.demand.classes[0].outside
    return try #require(outside?.options.first?.offers.first).path
  }

  @Test func `prices of a table are read like changes`() throws {
    let path = try cloud(Self.rents)
    #expect([0, 5, 10, 900].map(path.price) == [4, 3, 2, 1])
  }

  @Test(arguments: [
    ("day,usd\n10,8\n10,4\n", "", "days in order, each once, found row 2 on day 10 after day 10"),
    ("day,usd\n0,-8\n", "", "prices from 0.0001 to 100000 [USD/GPU-h], found row 1: -4"),
    (
      rents, ", changes: [{from: 3, priceUSDPerGPUHour: 1}]",
      "either changes or pricesFrom, found both"
    ),
    ("day,usd\n0,nan\n", "", "in column \"usd\", found \"nan\""),
  ]) func `a table that is wrong is refused`(table: String, more: String, said: String) {
    #expect {
      try cloud(table, more)
    } throws: { error in
      let isSaid = "\(error)".contains("expected") && "\(error)".contains(said)
      if !isSaid { print(error) }
      return isSaid
    }
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

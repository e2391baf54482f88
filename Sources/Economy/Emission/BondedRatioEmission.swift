import Configuration

/// E = i · S · epoch / year, with the yearly rate i moved by (1 - bonded / target) · change a year and
/// kept between two bounds.
///
/// Memory: `level` is the rate [1/year].
struct BondedRatioEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "bondedRatio", summary: "Inflation that rises while less than a target share is staked.",
    source: "Cosmos SDK, module mint; Akash"
  ) { fields in BondedRatioEmission(reading: &fields) }

  let initial: Double
  let lowest: Double
  let highest: Double
  let target: Double
  let change: Double

  init(reading fields: inout FieldReader) {
    lowest = fields.number(
      "minimumPerYear", "lowest inflation", unit: "1/year", in: 0...100, default: 0.07,
      source: "Cosmos SDK, module mint")
    highest = fields.number(
      "maximumPerYear", "highest inflation", unit: "1/year", in: 0...100, default: 0.2,
      source: "Cosmos SDK, module mint")
    initial = fields.number(
      "initialPerYear", "inflation at day 0", unit: "1/year", in: 0...100, default: 0.13,
      source: "Cosmos SDK, module mint")
    target = fields.number(
      "targetBondedShare", "staked share of the supply at which inflation stays", in: 0.01...1,
      default: 0.67, source: "Cosmos SDK, module mint; Akash")
    change = fields.number(
      "changePerYear", "how fast inflation moves when nothing is staked", unit: "1/year²",
      in: 0...100, default: 0.13, source: "Cosmos SDK, module mint")
    if lowest > highest {
      fields.refuse(
        "minimumPerYear", expected: "at most maximumPerYear (\(numberText(highest)))",
        help: "swap the two")
    }
  }

  var need: EmissionNeed? { .stake }
  var openingKey: String? { "initialPerYear" }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    let years = network.epochDays / Span.daysPerYear
    let moved = (memory.level ?? initial) + (1 - network.bondedShare / target) * change * years
    let inflation = max(lowest, min(highest, moved))
    memory.level = inflation
    return inflation * network.supply * years
  }
}

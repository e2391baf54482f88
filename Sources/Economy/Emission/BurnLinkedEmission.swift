import Configuration

/// E = burned · (1 + g) · (node target ÷ nodes) - m · spent ÷ P, between multiples of what was burned,
/// and within a step of the last epoch's.
///
/// The step is the last word: what is issued follows a burn that leaps, or stops, by and by.
/// Memory: `level` is the emission of the last epoch [tokens].
struct BurnLinkedEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "burnLinked", summary: "Follows what was burned, by a factor that the nodes move.",
    source: "Render RNP-020: burn x (1 + g) x node factor, 1 to 3 times the burn, ±10 %"
  ) { fields in BurnLinkedEmission(reading: &fields) }

  let growth: Double
  let nodeTarget: Double?
  let margin: Double
  let least: Double
  let most: Double
  let step: Double
  let initial: Double?
  let ceiling: Double?

  init(reading fields: inout FieldReader) {
    growth = fields.number(
      "growth", "issued beyond what was burned, as a share of it", in: -1...100, default: 0,
      source: "assumption: RNP-020 leaves it open")
    nodeTarget = fields.optionalNumber(
      "targetNodes", "nodes at which the factor of nodes is 1; none: it always is", unit: "nodes",
      in: 1...1e9, example: 100)
    margin = fields.share(
      "marginOfSpend", "share of the dollars spent by which issuance stays below the burn",
      default: 0, source: "Render RNP-023: 4 % of revenue, for Salad")
    least = fields.number(
      "leastOfBurn", "least emission ÷ what was burned", in: 0...1000, default: 1,
      source: "Render RNP-020")
    most = fields.number(
      "mostOfBurn", "largest emission ÷ what was burned", in: 0...1000, default: 3,
      source: "Render RNP-020")
    step = fields.number(
      "stepShare", "largest change from one epoch to the next", in: 0...1e6, default: 0.1,
      source: "Render RNP-020")
    initial = fields.optionalNumber(
      "initialTokens", "emission of the epoch before the first; none: the first may be any",
      unit: "tokens/epoch", in: 0...1e12, example: 100)
    ceiling = fields.optionalNumber(
      "ceilingTokens", "most that the market can take in an epoch; none: no limit",
      unit: "tokens/epoch", in: 0...1e12, example: 10_000)
    if least > most {
      fields.refuse(
        "leastOfBurn", expected: "at most mostOfBurn (\(numberText(most)))", help: "swap the two")
    }
  }

  var need: EmissionNeed? { .burns }
  var openingKey: String? { "initialTokens" }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    let nodes = Double(network.activeNodes)
    let nodeFactor = nodeTarget.map { $0 / max(nodes, 1) } ?? 1
    let held = network.price > 0 ? margin * network.spentUSD / network.price : 0
    var tokens = network.burned * (1 + growth) * nodeFactor - held
    tokens = min(max(tokens, least * network.burned), most * network.burned)
    if let last = memory.level ?? initial, last > 0 {
      tokens = min(max(tokens, last * (1 - step)), last * (1 + step))
    }
    tokens = min(max(tokens, 0), ceiling ?? .infinity)
    memory.level = tokens
    return tokens
  }
}

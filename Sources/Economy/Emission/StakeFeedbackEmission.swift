import Configuration

/// E = ⌊S · i⌋ in 10⁻⁸ of a token, with the rate i of an epoch, which rises by a step while too little
/// is staked and falls by the same while too much is.
///
/// Nothing holds the rate back while the target is out of reach: it rises for as long as that lasts.
/// Memory: `units` is the rate in 10⁻⁹.
struct StakeFeedbackEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "stakeFeedback",
    summary: "Inflation that steps up or down by whether enough is staked.",
    source: "Livepeer, contract Minter"
  ) { fields in StakeFeedbackEmission(reading: &fields) }

  /// One, in the units of the contract.
  static let one: Int64 = 1_000_000_000
  /// Units of a token in which the rule counts.
  static let unit = 1e8

  let initial: Int64
  let step: Int64
  let target: Int64

  init(reading fields: inout FieldReader) {
    initial = Self.units(
      fields.number(
        "initialPerEpoch", "tokens issued in the first epoch ÷ supply", unit: "1/epoch",
        in: 0...0.1, default: 0.000_22, source: "Livepeer: about 0.02 % a day in January 2023"))
    step = Self.units(
      fields.number(
        "stepPerEpoch", "by how much that changes from one epoch to the next", unit: "1/epoch²",
        in: 0...0.01, default: 500e-9, source: "Livepeer: 500 of 10⁹"))
    target = Self.units(
      fields.share(
        "targetBondedShare", "staked share of the supply at which it stays", default: 0.5,
        source: "Livepeer"))
  }

  private static func units(_ share: Double) -> Int64 { Int64((share * Double(one)).rounded()) }

  var need: EmissionNeed? { .stake }
  var openingKey: String? { "initialPerEpoch" }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    let rate = Self.rate(
      after: memory.units ?? initial, step: step, bonded: Self.units(network.bondedShare),
      target: target)
    memory.units = rate
    let supply = Int128((network.supply * Self.unit).rounded())
    return Double(Self.mintable(supply: supply, rate: rate)) / Self.unit
  }

  /// What a rate in 10⁻⁹ brings, rounded down; any unit of tokens.
  static func mintable(supply: Int128, rate: Int64) -> Int128 {
    supply * Int128(rate) / Int128(one)
  }

  /// The rate of the next epoch, all in 10⁻⁹.
  static func rate(after rate: Int64, step: Int64, bonded: Int64, target: Int64) -> Int64 {
    if bonded < target { return min(rate + step, one) }
    return bonded > target ? max(0, rate - step) : rate
  }
}

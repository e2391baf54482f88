import Configuration

/// E(n) = E₀, or E₀ for each active node [tokens/epoch].
struct FixedEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "fixed", summary: "The same amount every epoch, in all or for each active node.",
    source: "Render RNP-001, RNP-013: fixed pools per epoch"
  ) { fields in FixedEmission(reading: &fields) }

  let perEpoch: Double
  let perNode: Double

  init(reading fields: inout FieldReader) {
    perEpoch = fields.number(
      "tokensPerEpoch", "emission of an epoch", unit: "tokens/epoch", in: 0...1e12, default: 0)
    perNode = fields.number(
      "tokensPerEpochPerNode", "the same for each active node", unit: "tokens/epoch/node",
      in: 0...1e9, default: 0)
  }

  var isSchedule: Bool { perNode == 0 }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    perEpoch + perNode * Double(network.activeNodes)
  }
}

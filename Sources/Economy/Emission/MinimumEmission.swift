import Configuration

/// E = min(schedule, rate · nodes) [tokens/epoch].
struct MinimumEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "minimum", summary: "A schedule, but never more than a rate for each active node.",
    source: "Aethir Edge: at most the pool's schedule, 21 to 100 ATH a device and day"
  ) { fields in MinimumEmission(reading: &fields) }

  let schedule: (any EmissionPolicy)?
  let perNode: Double

  init(reading fields: inout FieldReader) {
    schedule = fields.rule(
      "schedule", "what is issued at most; none: only the rate counts", from: EmissionPolicies.all)
    perNode = fields.number(
      "tokensPerEpochPerNode", "the rate", unit: "tokens/epoch/node", in: 0...1e9, example: 21)
  }

  var kinds: [ObjectIdentifier] { [ObjectIdentifier(Self.self)] + (schedule?.kinds ?? []) }
  var need: EmissionNeed? { schedule?.need }
  var openingKey: String? { schedule?.openingKey.map { "schedule.\($0)" } }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    let rate = perNode * Double(network.activeNodes)
    return min(schedule?.emission(network, &memory) ?? .infinity, rate)
  }
}

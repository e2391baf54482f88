import Configuration

/// E = T · (part of the days of the release that lies in the epoch) [tokens/epoch].
struct LinearEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "linear", summary: "A total, released evenly between two days.",
    source: "Aethir checker guide: 6.3e9 ATH over 1,460 days; Nosana: 20e6 NOS over 24 months"
  ) { fields in LinearEmission(reading: &fields) }

  let total: Double
  let start: Double
  let days: Double

  init(reading fields: inout FieldReader) {
    total = fields.number(
      "tokens", "what is released in all", unit: "tokens", in: 0...1e13, example: 63_000_000)
    days = fields.number(
      "days", "days over which it is released", unit: "days", in: 0.01...100_000, example: 1460)
    start = fields.moment("from", "day on which the release begins", default: 0)
  }

  var isSchedule: Bool { true }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    let from = max(network.day - network.epochDays, start)
    let to = min(network.day, start + days)
    return total / days * max(0, to - from)
  }
}

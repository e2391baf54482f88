import Configuration

/// E(n) = the amount of the last row whose day comes before the epoch's end [tokens/epoch].
struct TableEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "table", summary: "An amount per epoch that changes on given days.",
    source: "io.net's published monthly table has this form"
  ) { fields in TableEmission(reading: &fields) }

  private struct Row: Sendable {
    let day: Double
    let tokens: Double
  }

  private let rows: [Row]

  init(reading fields: inout FieldReader) {
    rows = fields.list("rows", "days and amounts, in order") { row in
      Row(
        day: row.moment("from", "first day of the amount"),
        tokens: row.number(
          "tokensPerEpoch", "emission of an epoch", unit: "tokens/epoch", in: 0...1e12))
    }
    if zip(rows, rows.dropFirst()).contains(where: { $0.day >= $1.day }) {
      fields.refuse(
        "rows", expected: "rows in order of their day", found: "a row that is not after the last",
        help: "sort the rows")
    }
  }

  var isSchedule: Bool { true }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    rows.last { $0.day < network.day }?.tokens ?? 0
  }
}

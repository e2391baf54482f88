import Configuration

/// E for a while, then E · (1 - t / T), then nothing [tokens/epoch], with t the time since the fall
/// began, at the epoch's end, in whole 10⁻⁸ of a token.
struct TaperEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "taper", summary: "The same amount for a while, then falling evenly to nothing.",
    source: "Helium HIP-149, supplement: flat for 360 days, falling for 720"
  ) { fields in TaperEmission(reading: &fields) }

  let perEpoch: Double
  let start: Double
  let flat: Double
  let fall: Double

  init(reading fields: inout FieldReader) {
    perEpoch = fields.number(
      "tokensPerEpoch", "emission of an epoch before it falls", unit: "tokens/epoch", in: 0...1e10,
      example: 196_000)
    start = fields.moment("from", "day on which it begins", default: 0)
    flat = fields.number(
      "flatDays", "days before it falls", unit: "days", in: 0...100_000, default: 360,
      source: "Helium HIP-149")
    fall = fields.number(
      "taperDays", "days in which it falls to nothing", unit: "days", in: 0...100_000, default: 720,
      source: "Helium HIP-149")
  }

  var isSchedule: Bool { true }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    func seconds(_ days: Double) -> Int64 { Int64((days * 86_400).rounded()) }
    let units = Self.units(
      Int64((perEpoch * Self.unit).rounded()), elapsed: seconds(network.day - start),
      flat: seconds(flat), fall: seconds(fall))
    return Double(units) / Self.unit
  }

  /// Units of a token in which the rule counts.
  static let unit = 1e8

  /// What is left of a full amount so long after the begin, rounded down; times in one unit.
  static func units(_ full: Int64, elapsed: Int64, flat: Int64, fall: Int64) -> Int64 {
    if elapsed <= 0 || elapsed >= flat + fall { return 0 }
    if elapsed <= flat { return full }
    return Int64(Int128(full) * Int128(flat + fall - elapsed) / Int128(fall))
  }
}

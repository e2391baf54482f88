import Configuration

/// Tokens that exist and become free later: a cliff, then equal monthly parts.
struct VestingClass: Sendable, Equatable {
  let name: String
  /// Tokens that are locked at day 0 [tokens].
  let tokens: Double
  /// Day on which the cliff's share becomes free [days].
  let cliff: Double
  /// Share of the tokens that the cliff frees [1].
  let cliffShare: Double
  /// Equal parts after the cliff, one every `everyDays`.
  let parts: Int
  let everyDays: Double
  /// Share of what becomes free that its holders sell [1].
  let saleShare: Double
  /// Days over which it is sold, in equal parts.
  let sellOver: Double

  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    tokens = fields.number("tokens", "tokens locked at day 0", unit: "tokens", in: 0...1e12)
    cliff = fields.moment("cliff", "day on which the first part becomes free")
    cliffShare = fields.share("cliffShare", "share that the cliff frees", default: 1)
    parts = fields.count("parts", "equal parts after the cliff", in: 0...100_000, default: 0)
    everyDays = fields.number(
      "everyDays", "days between two parts", unit: "days", in: 0.01...3650, default: 30)
    saleShare = fields.share(
      "saleShare", "share of what becomes free that is sold", default: 0.5,
      source: "assumption")
    sellOver = fields.number(
      "sellOverDays", "days over which it is sold, in equal parts", unit: "days", in: 0...3650,
      default: 30, source: "model-facts §5.4: effects are seen over weeks; assumption")
    if cliff < 0 {
      fields.refuse(
        "cliff", expected: "a day on or after day 0", found: "day \(cliff)",
        help: "count what was free before as circulating, and put the cliff on the next part")
    }
    if parts == 0, cliffShare < 1 {
      fields.refuse(
        "parts", expected: "at least one part for the \(1 - cliffShare) that the cliff leaves",
        found: "0", help: "add parts, or set cliffShare to 1")
    }
  }

  /// Days on which something becomes free, the cliff first.
  var unlockDays: [Double] {
    (0...parts).map { cliff + Double($0) * everyDays }
  }
}

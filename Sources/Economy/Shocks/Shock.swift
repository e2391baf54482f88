import Configuration

/// Something that happens to the network from outside, on a date or on a condition.
struct Shock: Sendable, Equatable {
  /// What it acts on.
  enum Target: String, CaseIterable, Sendable {
    /// Arrivals of jobs are multiplied.
    case demand
    /// Tariffs of all operators are multiplied.
    case electricity
    /// Prices of the clouds are multiplied.
    case cloudPrice
    /// Shares of requests that clouds serve are multiplied, and stay below 1.
    case cloudShortage
    /// The value that fundamental traders see, or an exogenous price, is multiplied.
    case price
    /// A share of the circulating tokens is sold by holders at the next market step.
    case sale
    /// The pool is multiplied: liquidity leaves or comes.
    case liquidity
    /// A share of the nodes, of one region or of all, is out of reach.
    case outage
    /// The share of operators that cheat is multiplied, where their type has some that do.
    case fraud
  }

  let name: String
  let target: Target
  /// The day on which it begins; nil where a condition decides.
  let day: Double?
  let condition: ShockCondition?
  /// Days until it is over; nil: it stays.
  let lasting: Double?
  /// Column of the region that an outage is in; nil: everywhere.
  let region: Int?
  /// Size at intensity 1: a factor, or for a sale and an outage the share.
  private let size: Double
  /// Scales the size: 0 none, 1 as written.
  private let intensity: Double

  /// - Parameter scale: the intensity of all shocks of the scenario; its own is multiplied by it.
  init(
    name: String, scale: Double = 1, regions: [Region] = [], reading fields: inout FieldReader
  ) {
    self.name = name
    target = fields.choice("target", "what it acts on")
    let day = fields.optionalMoment(
      "on", "day on which it begins, unless a condition decides",
      example: "2026-03-01")
    let condition = fields.object("when", "condition on which it begins, in place of a day") {
      ShockCondition(reading: &$0)
    }
    (self.day, self.condition) = (day, condition)
    lasting = fields.optionalNumber(
      "lastingDays", "days until it is over", unit: "days", in: 0.01...1e5)
    switch target {
    case .sale: size = fields.share("share", "share of circulating tokens")
    case .outage: size = fields.share("share", "share of the nodes that are out of reach")
    case .demand, .electricity, .cloudPrice, .cloudShortage, .price, .liquidity, .fraud:
      size = fields.number("factor", "multiplier", in: 0...1000)
    }
    if fields.isRecording {
      _ = fields.optionalShare(
        "share",
        "of a sale the share of circulating tokens, of an outage that of the nodes; instead "
          + "of factor")
    }
    region = Self.region(of: target, among: regions, reading: &fields)
    let own = fields.number(
      "intensity",
      "0 is no shock, 1 the shock as written: a factor f becomes 1 + (f - 1) × intensity, a share "
        + "is multiplied", in: 0...100, default: 1)
    intensity = own * scale
    check(&fields)
  }

  /// Whether nothing of it stays: a sale, or liquidity that leaves for good.
  var isOverAtOnce: Bool {
    switch target {
    case .sale, .liquidity: lasting == nil && condition?.until == nil
    case .demand, .electricity, .cloudPrice, .cloudShortage, .price, .outage, .fraud: false
    }
  }

  /// The multiplier: exactly 1 at intensity 0, exactly the size at intensity 1.
  var factor: Double { max(0, size * intensity + (1 - intensity)) }

  /// The share of a sale or an outage, 0 at intensity 0.
  var share: Double { min(1, size * intensity) }
}

extension Shock {
  /// The region that an outage is in; other targets have none.
  private static func region(
    of target: Target, among regions: [Region], reading fields: inout FieldReader
  ) -> Int? {
    guard target == .outage || fields.isRecording else { return nil }
    let name = fields.optionalText(
      "region", "region that an outage is in; everywhere by default", example: "us",
      isAlternative: true)
    guard let name else { return nil }
    let column = regions.firstIndex { $0.name == name }
    if column == nil {
      fields.refuse(
        "region", expected: "the name of a region", found: "\"\(name)\"",
        help: regions.isEmpty
          ? "add \"regions\" to the scenario"
          : "one of " + regions.map(\.name).joined(separator: ", "))
    }
    return column
  }

  private func check(_ fields: inout FieldReader) {
    guard !fields.isRecording else { return }
    if fields.hasSome("on") == fields.hasSome("when") {
      fields.refuse(
        fields.hasSome("on") ? "when" : nil, expected: "either on or when",
        found: fields.hasSome("on") ? "both" : "neither",
        help: "write on: \"2026-03-01\", or when: {measure: \"token_price_usd\", below: 0.5}")
    }
    if target == .outage, lasting == nil, condition?.until == nil {
      fields.warn(
        "target", expected: "lastingDays of an outage", found: "none",
        help: "the nodes never come back; add lastingDays, or until to the condition")
    }
    if let condition, condition.times > 1, !isOverAtOnce, lasting == nil, condition.until == nil {
      fields.refuse(
        "when", expected: "an end, since it begins up to \(condition.times) times",
        found: "a shock that stays",
        help: "add lastingDays, or until to the condition, or leave times out")
    }
  }
}

import Configuration

/// Something that happens to the network from outside, on a date or on a condition.
struct Shock: Sendable, Equatable {
  /// What it acts on; the rule of each says what it does.
  enum Target: String, CaseIterable, Sendable {
    case demand, electricity, cloudPrice, cloudShortage, price, sale, liquidity, outage, fraud
    case unlock, insiderExit, closedToProviders, closedToUsers, oracleOutage, rivalPay
    case hardwareGeneration
  }

  let name: String
  let target: Target
  /// The day on which it begins; nil where a condition decides.
  let day: Double?
  let condition: ShockCondition?
  /// Days until it is over; nil: it stays.
  let lasting: Double?
  /// Column of the region, of the class of unvested tokens or of hardware that it strikes; nil: all of
  /// them.
  let place: Int?
  /// Size at intensity 1: a factor or a share.
  private let size: Double
  /// Scales the size: 0 none, 1 as written.
  private let intensity: Double

  /// - Parameter scale: the intensity of all shocks of the scenario; its own is multiplied by it.
  init(
    name: String, scale: Double = 1, regions: [String] = [], vesting: [String] = [],
    hardware: [String] = [],
    reading fields: inout FieldReader
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
    let lasting = fields.optionalNumber(
      "lastingDays", "days until it is over", unit: "days", in: 0.01...1e5)
    switch target.rule.size {
    case .factor: size = fields.number("factor", "multiplier", in: 0...1000)
    case .share(let whole): size = fields.share("share", "share of \(whole)")
    case .duration: size = 1
    }
    if fields.isRecording {
      _ = fields.optionalShare(
        "share",
        "instead of factor: of a sale the share of circulating tokens, of an outage that of the "
          + "nodes, of an unlock or insiderExit that of the class, of a closed region that of those in it"
      )
    }
    place = Self.place(
      of: target, regions: regions, vesting: vesting, hardware: hardware, reading: &fields)
    let own = fields.number(
      "intensity",
      "0 is no shock, 1 the shock as written: a factor f becomes 1 + (f - 1) × intensity, a share "
        + "is multiplied, and of an oracleOutage lastingDays", in: 0...100, default: 1)
    intensity = own * scale
    if case .duration = target.rule.size {
      self.lasting = lasting.map { $0 * own * scale }
    } else {
      self.lasting = lasting
    }
    check(&fields)
  }

  /// Whether nothing of it stays: a sale, or liquidity that leaves for good.
  var isOverAtOnce: Bool {
    target.rule.isOverAtOnce && lasting == nil && condition?.until == nil
  }

  /// The multiplier: exactly 1 at intensity 0, exactly the size at intensity 1.
  var factor: Double { max(0, size * intensity + (1 - intensity)) }

  /// How the factor comes about, in a message.
  var factorText: String {
    let (size, intensity) = (numberText(size), numberText(intensity))
    return "1 + (\(size) - 1) × \(intensity), cut at 0"
  }

  /// The share of what it strikes, 0 at intensity 0.
  var share: Double { min(1, size * intensity) }
}

extension Shock {
  /// The region or the class of tokens or of hardware that it strikes.
  private static func place(
    of target: Target, regions: [String], vesting: [String], hardware: [String],
    reading fields: inout FieldReader
  ) -> Int? {
    var place: Int?
    let kind = target.rule.place
    if kind == .region || kind == .oneRegion || fields.isRecording {
      let name = fields.optionalText(
        "region", "region that it strikes; of an outage everywhere by default", example: "us",
        isAlternative: true)
      place = column(of: name, in: regions, "region", "regions", &fields)
      if kind == .oneRegion, name == nil, !fields.isRecording {
        fields.refuse(
          nil, expected: "a region that is closed", found: "none",
          help: regions.isEmpty
            ? "add \"regions\" to the scenario, and name one of them"
            : "write region: one of " + regions.joined(separator: ", "))
      }
    }
    if kind == .vestingClass || fields.isRecording {
      let name = fields.optionalText(
        "vestingClass", "class of token.vesting that it strikes; every class by default",
        example: "team", isAlternative: true)
      place = column(of: name, in: vesting, "vestingClass", "token.vesting", &fields)
    }
    if kind == .hardwareClass || fields.isRecording {
      let name = fields.optionalText(
        "hardwareClass", "class of hardware.classes that it strikes; every class by default",
        example: "rtx4090", isAlternative: true)
      place = column(of: name, in: hardware, "hardwareClass", "hardware.classes", &fields)
    }
    return place
  }

  private static let words = [
    "region": "a region", "vestingClass": "a vesting class", "hardwareClass": "a hardware class",
  ]

  private static func column(
    of name: String?, in names: [String], _ key: String, _ where: String,
    _ fields: inout FieldReader
  ) -> Int? {
    guard let name else { return nil }
    let column = names.firstIndex(of: name)
    if column == nil {
      fields.refuse(
        name: name, key, expected: "the name of \(words[key] ?? key)", among: names,
        ifNone: "add \"\(`where`)\" to the scenario")
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
    if let day, day < 0 {
      fields.warn(
        "on", expected: "a day from the start on", found: "day \(numberText(day))",
        help: "the shock never happens: move it, or the start")
    }
    if target == .oracleOutage, lasting == nil, condition?.until == nil {
      fields.warn(
        "target", expected: "lastingDays of an outage", found: "none",
        help: "the oracle is never read again; add lastingDays, or until to the condition")
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

import Configuration

/// How the asked price of a GPU-hour moves: a multiplier on the prices of the hardware classes.
enum Pricing: Sendable {
  /// It stays.
  case posted
  /// At each settlement, multiplier ×= 1 + speed (utilisation - target), within bounds.
  case congestion(target: Double, speed: Double, lowest: Double, highest: Double)

  static let choices: [Choice<Pricing>] = [
    Choice(name: "posted", summary: "The price list stays.", source: "Render: fixed credits") { _ in
      .posted
    },
    Choice(
      name: "congestion", summary: "Rises with utilisation above a target, falls below it.",
      source: "io.net: platform price by supply and demand; the law is an assumption"
    ) { fields in
      .congestion(
        target: fields.share("targetUtilisation", "utilisation that leaves it", default: 0.6),
        speed: fields.number(
          "speedPerEpoch", "relative change for a gap of 1", in: 0...10, default: 0.05),
        lowest: fields.number("lowest", "floor of the multiplier", in: 0.01...1, default: 0.5),
        highest: fields.number("highest", "cap of the multiplier", in: 1...100, default: 2))
    },
  ]

  /// The largest multiplier.
  var highest: Double {
    switch self {
    case .posted: 1
    case .congestion(_, _, _, let highest): highest
    }
  }

  func multiplier(after current: Double, utilisation: Double) -> Double {
    switch self {
    case .posted: current
    case .congestion(let target, let speed, let lowest, let highest):
      min(max(current * (1 + speed * (utilisation - target)), lowest), highest)
    }
  }
}

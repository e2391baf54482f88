import Configuration

/// What the machines of an operator could do outside the network.
///
/// A machine that is there already is worth to the network's operators what it earns less what it
/// would leave elsewhere: the second counts in entry and exit as a cost. Who would have to buy the
/// machine first counts only what the other use leaves above the cost of the capital.
enum Alternative: Sendable, Equatable {
  /// Proof-of-work or another use around the clock that pays by the day and draws full power.
  case mining(gross: Double, whileIdle: Bool)
  /// Another network that leaves so much after its costs.
  case network(net: Double)
  /// A sale: return on the money, and the loss of value that the owner is spared [1/year].
  case sale(rate: Double)

  static let choices: [Choice<Alternative>] = [
    Choice(
      name: "mining", summary: "A use around the clock that draws full power.",
      source: "model-facts §2.4: RTX 4090, 0.82 to 1.05 USD a day before power"
    ) { fields in
      .mining(
        gross: fields.number(
          "grossUSDPerNodeDay", "what it pays before power and site", unit: "USD/node-day",
          in: 0...1e5, default: 0.935, source: "model-facts §2.4, RTX 4090, middle of the range"),
        whileIdle: fields.flag(
          "whileIdle",
          "nodes that are online without a job do it too, where it pays for the power; dollars "
            + "come from the world at settlement", default: false))
    },
    Choice(
      name: "network", summary: "Another network that takes the same machines.",
      source: "assumption"
    ) { fields in
      .network(
        net: fields.number(
          "netUSDPerNodeDay", "what it leaves after its costs", unit: "USD/node-day", in: 0...1e5,
          example: 1))
    },
    Choice(
      name: "sale", summary: "Selling the machine counts with all that holding it costs.",
      source: "model-facts §2.2 and §2.5"
    ) { fields in
      .sale(
        rate: fields.number(
          "returnPerYear", "return on the money elsewhere", unit: "1/year", in: 0...10,
          default: 0.15, source: "model-facts §2.5, median of surveyed hurdle rates")
          + fields.number(
            "depreciationPerYear", "loss of value of the machine that a sale avoids",
            unit: "1/year", in: 0...10, default: 0.12,
            source: "model-facts §2.2, consumer GPU, after the first year"))
    },
  ]

  /// What it leaves after power and site, never less than nothing: a machine may stand still
  /// [USD/node-day].
  ///
  /// - Parameters:
  ///   - power: a day of full power [USD/node-day].
  ///   - site: what the site costs in any use [USD/node-day].
  ///   - resale: what the machine would fetch [USD].
  ///   - factor: multiplier on what another use pays.
  func net(power: Double, site: Double, resale: Double, factor: Double = 1) -> Double {
    switch self {
    case .mining(let gross, _): max(0, gross * factor - power - site)
    case .network(let net): net * factor
    case .sale(let rate): resale * rate / Span.daysPerYear
    }
  }

  /// Whether who chooses it keeps the machines.
  var keepsMachines: Bool {
    switch self {
    case .mining, .network: true
    case .sale: false
    }
  }

  /// What an idle hour brings, where it is used so [USD/h].
  var idlePay: Double? {
    switch self {
    case .mining(let gross, true): gross / Span.hoursPerDay
    case .mining(_, false), .network, .sale: nil
    }
  }
}

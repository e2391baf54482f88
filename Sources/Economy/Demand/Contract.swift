import Configuration

/// How the users of a class pay, and what they have a right to.
enum Contract: Sendable {
  case onDemand
  case spot(SpotContract)
  case reserved(ReservedContract)
  case prepaid(PrepaidContract)

  static let choices = [
    onDemandChoice, SpotContract.choice, ReservedContract.choice, PrepaidContract.choice,
  ]

  /// Price of an hour against the price list [1].
  var priceFactor: Double {
    switch self {
    case .onDemand, .reserved: 1
    case .spot(let terms): 1 - terms.discount
    case .prepaid(let terms): 1 - terms.discount
    }
  }

  /// Whether jobs under way would stay under the same rule.
  func isSameKind(as other: Contract) -> Bool {
    switch (self, other) {
    case (.onDemand, .onDemand), (.spot, .spot), (.reserved, .reserved), (.prepaid, .prepaid): true
    case (.onDemand, _), (.spot, _), (.reserved, _), (.prepaid, _): false
    }
  }

  /// Whether it decides which node is free for whom.
  var takesNodes: Bool {
    switch self {
    case .spot, .reserved: true
    case .onDemand, .prepaid: false
    }
  }

  var isSpot: Bool {
    if case .spot = self { true } else { false }
  }

  var reserved: ReservedContract? {
    if case .reserved(let terms) = self { terms } else { nil }
  }

  var prepaid: PrepaidContract? {
    if case .prepaid(let terms) = self { terms } else { nil }
  }
}

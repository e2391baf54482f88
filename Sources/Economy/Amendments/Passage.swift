public import Configuration

/// How settings came into force in the middle of a run: when that was said, and what moved with it.
public struct Passage: Sendable {
  /// Time for which it was known before it took effect [days].
  public private(set) var announcedDays: Double
  private(set) var moves: [Move]

  /// Balances that move when it takes effect.
  struct Move: Sendable, Equatable {
    /// Who can give or take; unvested is one class of `token.vesting`, or all of them.
    enum Party: String, CaseIterable, Sendable {
      case treasury, holders, liquidity, unvested, burned, rewardVault, feeVault
    }
    enum Kind: String, CaseIterable, Sendable { case token, dollars }

    let asset: Kind
    let from: Party
    let to: Party
    let vestingClass: String?
    let share: Double
  }

  /// - Parameter announced: what holds where nothing is said [days].
  public init(announced: Double, reading fields: inout FieldReader) {
    announcedDays =
      fields.optionalNumber(
        "announcedDays",
        "days for which it is known before it takes effect; with voteDays since the decision, else 0",
        unit: "days", in: 0...36_525) ?? announced
    moves = fields.list("moves", "balances that move when it takes effect") { Move(reading: &$0) }
  }

  /// Whether nothing moves with it.
  public var isStill: Bool { moves.isEmpty }

  /// One passage of two that take effect on the same day.
  public mutating func join(_ other: Passage) {
    announcedDays = max(announcedDays, other.announcedDays)
    moves += other.moves
  }

  /// What of it makes no sense in a network, in words: what was expected and found.
  public func fault(in settings: EconomySettings) -> (expected: String, found: String)? {
    for move in moves {
      if move.asset == .token, settings.token == nil {
        return ("dollars to move, since there is no token", "token")
      }
      let classes = settings.token?.vesting.map(\.name) ?? []
      if move.from == .unvested, classes.isEmpty {
        return ("token.vesting, whose tokens move", "none")
      }
      if let name = move.vestingClass, !classes.contains(name) {
        return ("the name of a vesting class", "\"\(name)\"")
      }
    }
    return nil
  }
}

extension Passage.Move {
  init(reading fields: inout FieldReader) {
    asset = fields.choice("asset", "what moves", default: Kind.token)
    from = fields.choice("from", "who gives", default: Party.treasury)
    to = fields.choice("to", "who takes; burned destroys tokens", default: Party.holders)
    share = fields.share("share", "share of the balance that moves", default: 1)
    vestingClass = fields.optionalText(
      "vestingClass", "class of unvested tokens that gives; all of them by default",
      example: "team", isAlternative: true)
    guard !fields.isRecording else { return }
    if from == .burned || to == .unvested || from == to {
      fields.refuse(
        from == .burned ? "from" : "to",
        expected: "two parties, and tokens that are burned as the last",
        found: "from \(from.rawValue) to \(to.rawValue)",
        help: "write {from: \"treasury\", to: \"burned\"}, or another pair")
    } else if (from == .rewardVault || to == .rewardVault) && asset == .dollars
      || (from == .feeVault || to == .feeVault) && asset == .token
    {
      fields.refuse(
        "asset", expected: "tokens in the reward vault, dollars in the fee vault",
        found: "\"\(asset.rawValue)\"", help: "name the asset that the vault holds")
    } else if asset == .dollars, to == .burned || from == .unvested {
      fields.refuse(
        "asset", expected: "token, since dollars are neither burned nor unvested",
        found: "\"dollars\"",
        help: "leave asset out, or name other parties")
    }
  }
}

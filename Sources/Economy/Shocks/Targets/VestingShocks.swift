extension ShockRule {
  /// A share of what a vesting class, or every class, still has locked becomes free at once; it is
  /// sold as the class sells what becomes free.
  static let unlock = ShockRule(
    size: .share(of: "locked tokens"), place: .vestingClass, isOverAtOnce: true
  ) { state, turn, _ in
    if turn.begins { state.unlock(turn.shock.share, of: turn.shock.place, turn.now) }
  }

  /// A vesting class, or every class, sells a share of the free tokens it has kept or is selling, at
  /// the next market step.
  static let insiderExit = ShockRule(
    size: .share(of: "free tokens of the class"), place: .vestingClass, isOverAtOnce: true
  ) { state, turn, _ in
    if turn.begins { state.sellOut(turn.shock.share, of: turn.shock.place) }
  }
}

internal import Configuration
internal import Economy

extension CrossReferences {
  /// Warns of what is unbonded and never comes back before the end.
  mutating func doubtUnbonding(of variant: ReadVariant) {
    guard !variant.reading.hasErrors else { return }
    let horizon = variant.reading.header.horizonDays
    for time in variant.reading.settings.unbondingTimes where time.days > horizon {
      let node =
        variant.tree.value(at: time.steps) ?? variant.tree.value(at: Array(time.steps.dropLast()))
        ?? variant.tree
      issues.append(
        Issue(
          .warning, at: node.location, path: FieldPath(time.steps).description,
          message:
            "expected unbonding within the horizon of \(numberText(horizon)) days, found "
            + "\(numberText(time.days)) days",
          help: "what is unbonded never comes back in this run: lengthen horizonDays, or shorten "
            + "unbondingDays"))
    }
  }
}

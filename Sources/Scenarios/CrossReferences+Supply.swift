internal import Configuration
internal import Economy

extension CrossReferences {
  /// Refuses streams whose schedules bring more than the cap by the horizon, with the sum.
  mutating func checkSupply(of variant: ReadVariant) {
    let stages = variant.stages.list.map { ($0.day, $0.settings) }
    guard !variant.reading.hasErrors, variant.stages.issues.isEmpty,
      let supply = EconomySettings.scheduledSupply(
        of: stages, horizonDays: variant.reading.header.horizonDays),
      supply.total > supply.cap * (1 + 1e-12)
    else { return }
    let node = variant.tree["token"]?["streams"] ?? variant.tree
    // Schedules are sums of many epochs: what rounding left behind a thousandth is not theirs.
    func brief(_ tokens: Double) -> String { numberText((tokens * 1000).rounded() / 1000) }
    let terms = supply.streams.map { "\($0.name) \(brief($0.tokens))" }
    let sum = (["day 0 \(brief(supply.genesis))"] + terms).joined(separator: " + ")
    issues.append(
      Issue(
        .error, at: node.location, path: "token.streams",
        message: "expected streams within the cap of \(numberText(supply.cap)) tokens, found "
          + "\(sum) = \(brief(supply.total)) by the horizon",
        help: "raise token.cap by \(brief(supply.total - supply.cap)), or give a stream a cap "
          + "or a smaller scale"))
  }
}

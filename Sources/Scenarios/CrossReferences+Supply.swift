internal import Configuration
internal import Economy

extension CrossReferences {
  /// Refuses streams whose schedules bring more than the cap or the ledger holds by the horizon, with
  /// the sum; of one stream alone, which the cap ends, it only warns.
  mutating func checkSupply(of variant: ReadVariant) {
    let stages = variant.stages.list.map { ($0.day, $0.settings) }
    guard !variant.reading.hasErrors,
      !variant.stages.issues.contains(where: { $0.severity == .error }),
      let supply = EconomySettings.scheduledSupply(
        of: stages, horizonDays: variant.reading.header.horizonDays)
    else { return }
    let isOne = supply.isOfOneStream
    let token = variant.tree["token"]
    let node = (isOne ? token?["emission"] : nil) ?? token?["streams"] ?? token ?? variant.tree
    let path = isOne ? "token.emission" : "token.streams"
    // Schedules are sums of many epochs: what rounding left behind a thousandth is not theirs.
    func brief(_ tokens: Double) -> String { numberText((tokens * 1000).rounded() / 1000) }
    let terms = supply.streams.map { "\($0.name) \(brief($0.tokens))" }
    let sum = (["day 0 \(brief(supply.genesis))"] + terms).joined(separator: " + ")
    if let cap = supply.cap, supply.total > cap * (1 + 1e-12) {
      issues.append(
        Issue(
          isOne ? .warning : .error, at: node.location, path: path,
          message: "expected streams within the cap of \(numberText(cap)) tokens, found "
            + "\(sum) = \(brief(supply.total)) by the horizon",
          help: "raise token.cap by \(brief(supply.total - cap)), or give a stream a cap "
            + "or a smaller scale" + (isOne ? "; the cap ends it before" : "")))
    } else if supply.cap == nil, supply.total > supply.most {
      issues.append(
        Issue(
          .error, at: node.location, path: path,
          message: "expected a supply x 10^decimals below 2^62, about 4.6e18, found (\(sum)) x "
            + "10^\(supply.decimals) by the horizon",
          help: "use fewer token.decimals, or write token.cap"))
    }
  }
}

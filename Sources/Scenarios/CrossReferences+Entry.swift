internal import Configuration
internal import Economy

extension CrossReferences {
  /// Warns of operators whose payback cannot come, with the arithmetic.
  mutating func doubtEntries(of variant: ReadVariant) {
    guard !variant.reading.hasErrors else { return }
    for doubt in variant.reading.settings.entryDoubts {
      let path = FieldPath([
        .key("operators"), .key("types"), .key(doubt.type), .key("decisions"),
      ])
      let node = variant.tree.value(at: path.steps) ?? variant.tree
      issues.append(
        Issue(
          .warning, at: node.location, path: path.description,
          message:
            "expected pay that can bring an entry, found at most \(pay(doubt)) USD/node-day, "
            + "where entry asks \(price(doubt)) USD/node-day",
          help: "the payback cannot come: raise priceUSDPerGPUHour or the emission, or lower "
            + "priceUSD, the running cost or entryMultiple"))
    }
  }

  private func pay(_ doubt: EntryDoubt) -> String {
    let work = "24 h × \(brief(doubt.price)) USD × \(brief(doubt.share))"
    let emission =
      doubt.emission > 0 ? " + \(brief(doubt.emission)) of emission at the opening price" : ""
    let promised = doubt.promised > 0 ? " + \(brief(doubt.promised)) promised" : ""
    return "\(work)\(emission)\(promised) = \(brief(doubt.paid))"
  }

  private func price(_ doubt: EntryDoubt) -> String {
    "\(brief(doubt.multiple)) × (\(brief(doubt.running)) running + \(brief(doubt.capital)) capital)"
      + " = \(brief(doubt.asked))"
  }

  /// The number to four digits.
  private func brief(_ value: Double) -> String {
    var scale = 1.0
    while value != 0, value.magnitude * scale < 1000, scale < 1e12 { scale *= 10 }
    return numberText((value * scale).rounded() / scale)
  }
}

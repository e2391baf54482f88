import Configuration

extension EconomySettings {
  /// Refuses what no rule can do.
  func checkMatching(_ fields: inout FieldReader) {
    checkPlainMatching(&fields)
    if matching.hasNodeQueues, let gang = demand.classes.first(where: { $0.needs.gpus > 1 }) {
      fields.refuse(
        "matching",
        expected: "a rule with one queue, since jobs of \"\(gang.name)\" need \(gang.needs.gpus) "
          + "GPUs at once",
        found: "\"leastLoaded\"",
        help: "nodes with lines of their own cannot begin together; choose another rule")
    }
    let asksForDistance =
      if case .nearest = matching { true } else { demand.classes.contains { $0.latency != nil } }
    if asksForDistance, let gap = roundTrips.gap {
      fields.refuse(
        "regions",
        expected: "a round trip between \"\(regions[gap.0].name)\" and \"\(regions[gap.1].name)\"",
        found: "none",
        help: "add roundTripMs to one of the two, or include Scenarios/Regions/azure.json5")
    }
  }
}

extension EconomySettings {
  /// Refuses what is known of random idle nodes for jobs of one GPU alone, beside more than that.
  private func checkPlainMatching(_ fields: inout FieldReader) {
    let special = demand.classes.first { !$0.needs.isPlain }
    let isRandom = if case .randomIdle = matching { true } else { false }
    guard !isRandom || special != nil else { return }
    let found =
      special.map { "needs of class \"\($0.name)\"" } ?? "another rule of matching"
    for jobs in demand.classes where jobs.contract.takesNodes {
      fields.refuse(
        "demand",
        expected: "spot and reserved contracts beside random nodes for jobs of single GPUs alone",
        found: "that of class \"\(jobs.name)\", and \(found)", help: "leave out one of the two")
    }
    if trust.redundancy != nil {
      fields.refuse(
        "trust", expected: "redundancy beside random nodes for jobs of single GPUs alone",
        found: "it, and \(found)", help: "leave out one of the two")
    }
  }
}

extension MatchingRule {
  /// The key of something that no amendment may change and that differs, or nil.
  func structuralDifference(from other: MatchingRule) -> String? {
    if hasNodeQueues != other.hasNodeQueues { return "rule" }
    if case .cheapestBid(let mine) = self, case .cheapestBid(let theirs) = other,
      mine.noise != theirs.noise
    {
      return "noise"
    }
    return nil
  }
}

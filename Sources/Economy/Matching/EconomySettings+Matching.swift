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
  /// Refuses what lines at nodes cannot keep, and copies that one node does not hold.
  private func checkPlainMatching(_ fields: inout FieldReader) {
    if matching.hasNodeQueues {
      let taker = demand.classes.first { $0.contract.takesNodes }
      let found =
        taker.map { "the contract of class \"\($0.name)\"" }
        ?? (trust.redundancy.map { $0.copies > 1 } == true ? "copies of jobs" : nil)
      if let found {
        fields.refuse(
          taker == nil ? "trust" : "demand",
          expected:
            "a rule with one queue beside contracts that set nodes aside or take them back, "
            + "and beside copies of jobs",
          found: "\"leastLoaded\" and \(found)",
          help: "a job that waits at a node can neither be overtaken nor go to another operator; "
            + "choose another rule")
      }
    }
    guard let copies = trust.redundancy else { return }
    for (kind, demand) in demand.classes.enumerated()
    where demand.needs.gpus > 1 && copies.applies(to: kind) {
      fields.refuse(
        "trust",
        expected:
          "copies of jobs of one GPU, since a copy is known by the one operator that has it",
        found: "copies of \"\(demand.name)\", which needs \(demand.needs.gpus) GPUs at once",
        help: "list the other classes under trust.redundancy.classes")
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

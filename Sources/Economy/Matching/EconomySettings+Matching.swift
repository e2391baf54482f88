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
  /// Refuses rules for which node a job gets that know nothing of each other.
  private func checkPlainMatching(_ fields: inout FieldReader) {
    let takers = demand.classes.filter(\.contract.takesNodes)
    let special = demand.classes.first { !$0.needs.isPlain }
    var others: [String] = []
    if case .randomIdle = matching {} else { others.append("another rule of matching") }
    if let special { others.append("the needs of class \"\(special.name)\"") }
    if let taker = takers.first { others.append("the contract of class \"\(taker.name)\"") }
    if trust.redundancy != nil { others.append("copies of jobs") }
    let known = takers.isEmpty && trust.redundancy == nil ? others.count : 1
    guard others.count > known else { return }
    fields.refuse(
      takers.isEmpty ? "trust" : "demand",
      expected:
        "one of gangs, regions or a rule of matching, contracts that set nodes aside or take "
        + "them back, and copies of jobs",
      found: others.joined(separator: " and "), help: "leave out one of them")
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

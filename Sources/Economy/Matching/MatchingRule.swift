import Configuration

/// Which of the nodes that can serve a job gets it.
///
/// All but ``leastLoaded`` have one queue: a job that finds no node that is idle waits in the line
/// of its class, and a node that becomes idle takes the job that came first. Rules then say which of
/// several idle nodes a job gets; where two are equally good, preferred hardware and then luck
/// decides.
enum MatchingRule: Sendable {
  case randomIdle
  case postedPrice
  case cheapestBid(CheapestBid)
  case nearest(Nearest)
  case leastLoaded(LeastLoaded)
  case weighted(Weighted)
  case leastWorked(LeastWorked)

  static let choices: [Choice<MatchingRule>] = [
    RandomIdle.choice, PostedPrice.choice, CheapestBid.choice, Nearest.choice, LeastLoaded.choice,
    Weighted.choice, LeastWorked.choice,
  ]

  /// Whether jobs wait at nodes rather than in one line of their class.
  var hasNodeQueues: Bool {
    if case .leastLoaded = self { true } else { false }
  }

  /// Idle nodes, drawn at random, among which a job chooses; nil: all.
  var among: Int? {
    switch self {
    case .randomIdle, .postedPrice, .leastLoaded: nil
    case .cheapestBid(let rule): rule.bidders
    case .nearest(let rule): rule.among
    case .weighted(let rule): rule.among
    case .leastWorked(let rule): rule.among
    }
  }
}

extension FieldReader {
  /// How many of the idle nodes a rule looks at.
  mutating func nodesLookedAt(_ key: String = "among") -> Int? {
    optionalCount(
      key, "idle nodes, drawn at random, among which a job chooses; none: all", in: 1...64)
  }
}

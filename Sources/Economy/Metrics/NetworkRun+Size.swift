/// How large a run is, for those who measure what it costs.
public struct RunSize: Sendable {
  /// Nodes and operators in the network, online or not.
  public let nodes: Int
  public let operators: Int
  /// Nodes that serve a job.
  public let jobsInService: Int
  /// Postings of the ledger since the start.
  public let postings: Int
}

extension NetworkRun {
  /// The network as it is now.
  public var size: RunSize {
    RunSize(
      nodes: state.gauges.activeNodes.level,
      operators: state.operators.state.count { $0 == .active },
      jobsInService: state.gauges.busyNodes.level, postings: state.ledger.postings)
  }
}

extension NetworkEvent.Kind {
  /// What happens at such an event.
  var words: String {
    switch self {
    case .jobArrived: "a possible job comes or stays away"
    case .jobFinished: "a job is done and paid for"
    case .jobAbandoned: "a job has waited too long and goes"
    case .lossDetected: "a job whose node was lost queues again"
    case .nodeOffline: "a node's session ends"
    case .nodeFailed: "a node breaks"
    case .nodeOnline: "a node comes back"
    case .nodeRepaired: "a node is repaired"
    case .nodesArrived: "an operator's nodes come on line"
    case .operatorDecision: "an operator looks whether to enter or leave"
    case .oracleReading: "the oracle reads the token's price"
    case .settlement: "an epoch is settled: emission, burns, pay"
    case .marketStep: "the market moves and trades"
    case .healthCheck: "signs of a spiral are looked for"
    case .measurement: "a row of the series is measured"
    case .flowReport: "flows of money are reported"
    case .unlock: "vested tokens become free"
    case .amendment: "the settings change"
    case .shockOn: "a shock begins"
    case .shockOff: "a shock ends"
    case .nodeDrains: "a node takes no more jobs"
    case .nodeRestarted: "a node is back from a repair without a crew"
    case .operatorLeaves: "an operator leaves as it had said"
    case .outageBegins: "an outage cuts nodes off"
    case .outageEnds: "an outage is over"
    case .proof: "nodes are asked to prove their hardware"
    case .newGeneration: "newer hardware takes the place of older"
    case .nodeVerified: "a node is approved"
    }
  }
}

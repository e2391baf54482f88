import Configuration

/// How many tokens an epoch brings, decided once an epoch from what the network shows.
protocol EmissionPolicy: Sendable {
  /// Tokens to issue for epoch `epoch`, counted from 0 [tokens].
  func emission(epoch: Int, _ network: NetworkSnapshot) -> Double
}

/// What policies that decide once an epoch may see.
struct NetworkSnapshot: Sendable {
  /// Day on which the epoch ends, since the start [days].
  let day: Double
  /// Nodes of operators in the network.
  let activeNodes: Int
}

enum EmissionPolicies {
  static let all: [Choice<any EmissionPolicy>] = [
    FixedEmission.choice, TableEmission.choice, ExponentialEmission.choice, HalvingEmission.choice,
  ]
}

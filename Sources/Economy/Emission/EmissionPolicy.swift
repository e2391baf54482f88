import Configuration

/// How many tokens an epoch brings, decided once an epoch from what the network shows.
protocol EmissionPolicy: Sendable {
  /// Tokens to issue for the epoch that ends [tokens].
  ///
  /// - Parameter memory: what this policy left there after the epoch before.
  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double

  /// Whether the amounts are known before the run: they depend on the epoch and its day alone.
  var isSchedule: Bool { get }
}

extension EmissionPolicy {
  var isSchedule: Bool { false }
}

enum EmissionPolicies {
  static let all: [Choice<any EmissionPolicy>] = [
    FixedEmission.choice, TableEmission.choice, ExponentialEmission.choice, HalvingEmission.choice,
    LinearEmission.choice, TaperEmission.choice, IssuanceHalvingEmission.choice,
    BondedRatioEmission.choice, StakeFeedbackEmission.choice, CapacityCappedEmission.choice,
    TargetUSDEmission.choice, BurnLinkedEmission.choice, NetEmission.choice,
    MinimumEmission.choice, TailEmission.choice,
  ]
}

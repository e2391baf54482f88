import Configuration

/// How an epoch's emission is shared out between subnets, decided once an epoch.
protocol SubnetSharing: Sendable {
  /// Weights that emission follows, not negative, `[subnets]`. Where all are 0, shares are equal.
  func weights(_ subnets: [SubnetSnapshot]) -> [Double]
}

/// What a rule that shares out emission may see of a subnet.
struct SubnetSnapshot: Sendable {
  /// Moving average of its price [tokens/alpha].
  let average: Double
  /// Moving average of tokens that came in less those that went out [tokens/day].
  let flow: Double
  let terms: Subnet
}

enum SubnetSharings {
  static let all: [Choice<any SubnetSharing>] = [
    PriceSharing.choice, FlowSharing.choice, RootSharing.choice, FixedSharing.choice,
  ]
}

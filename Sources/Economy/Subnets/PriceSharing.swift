import Configuration

/// weight = average price x (1 - share of the miners' part that is burned).
struct PriceSharing: SubnetSharing {
  static let choice = Choice<any SubnetSharing>(
    name: "price", summary: "By the moving average of the subnets' prices.",
    source: "protocol facts §2.2: Bittensor from Feb 2025, and again in June 2026"
  ) { _ in PriceSharing() }

  func weights(_ subnets: [SubnetSnapshot]) -> [Double] {
    subnets.map { $0.average * (1 - $0.terms.minerBurnShare) }
  }
}

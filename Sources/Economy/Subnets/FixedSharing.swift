import Configuration

/// weight = the share that is written; the shares of all subnets add to 1.
struct FixedSharing: SubnetSharing {
  static let choice = Choice<any SubnetSharing>(
    name: "fixed", summary: "By the share of each subnet.", source: "exact"
  ) { _ in FixedSharing() }

  func weights(_ subnets: [SubnetSnapshot]) -> [Double] { subnets.map(\.terms.share) }
}

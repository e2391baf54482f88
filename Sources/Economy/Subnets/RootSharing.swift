import Configuration

/// weight = what the validators of the root say of the subnet.
struct RootSharing: SubnetSharing {
  static let choice = Choice<any SubnetSharing>(
    name: "root", summary: "By weights that the root gives, as each subnet's weight says.",
    source: "protocol facts §2.2: Bittensor to Feb 2025"
  ) { _ in RootSharing() }

  func weights(_ subnets: [SubnetSnapshot]) -> [Double] { subnets.map(\.terms.weight) }
}

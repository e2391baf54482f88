import Configuration
import Kernel

/// weight = max(0, average net inflow - floor)^exponent.
struct FlowSharing: SubnetSharing {
  static let choice = Choice<any SubnetSharing>(
    name: "flow", summary: "By the moving average of the tokens that stakers bring, net.",
    source: "protocol facts §2.2: Bittensor's Taoflow, Nov 2025 to spring 2026"
  ) { fields in FlowSharing(reading: &fields) }

  let floor: Double
  let exponent: Double

  init(reading fields: inout FieldReader) {
    floor = fields.number(
      "floorTokensPerDay", "net inflow that counts as none", unit: "tokens/day", in: 0...1e9,
      default: 0)
    exponent = fields.number(
      "exponent", "power of what is above it", in: 0.01...10, default: 1,
      source: "protocol facts §2.2")
  }

  func weights(_ subnets: [SubnetSnapshot]) -> [Double] {
    subnets.map { subnet in
      let flow = subnet.flow - floor
      return flow > 0 ? Elementary.pow(flow, exponent) : 0
    }
  }
}

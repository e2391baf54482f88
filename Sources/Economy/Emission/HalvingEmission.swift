import Configuration
import Kernel

/// E(n) = E₀ / 2^⌊n / H⌋ [tokens/epoch], with E₀ ≥ 0 and H ≥ 1 [epochs].
struct HalvingEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "halving", summary: "Halves every fixed number of epochs.",
    source: "Helium HIP-20: halving every two years"
  ) { fields in HalvingEmission(reading: &fields) }

  let initial: Double
  let interval: Int

  init(reading fields: inout FieldReader) {
    initial = fields.number(
      "initialTokensPerEpoch", "emission of epoch 0", unit: "tokens/epoch", in: 0...1e12)
    interval = fields.count(
      "halvingEpochs", "epochs between halvings", unit: "epochs", in: 1...1_000_000)
  }

  var isSchedule: Bool { true }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    initial * Elementary.pow(0.5, Double(network.epoch / interval))
  }
}

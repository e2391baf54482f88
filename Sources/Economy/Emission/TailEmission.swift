import Configuration
import Kernel

/// E(n) = max(E₀ · f^⌊n / k⌋, T) [tokens/epoch]: it falls, but never below a tail.
struct TailEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "tail", summary: "Falls by a factor every so many epochs, down to a tail that stays.",
    source: "Monero: 0.6 XMR a block since June 2022; the form, not the figures"
  ) { fields in TailEmission(reading: &fields) }

  let initial: Double
  let factor: Double
  let interval: Int
  let tail: Double

  init(reading fields: inout FieldReader) {
    initial = fields.number(
      "initialTokensPerEpoch", "emission of epoch 0", unit: "tokens/epoch", in: 0...1e12)
    factor = fields.number("factor", "what is left after each step", in: 0.000_001...1)
    interval = fields.count(
      "stepEpochs", "epochs of a step", unit: "epochs", in: 1...1_000_000, default: 1)
    tail = fields.number(
      "tailTokensPerEpoch", "emission that it never falls below", unit: "tokens/epoch",
      in: 0...1e12)
  }

  var isSchedule: Bool { true }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    max(tail, initial * Elementary.pow(factor, Double(network.epoch / interval)))
  }
}

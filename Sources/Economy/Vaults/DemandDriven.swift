import Configuration

/// Pay promised in dollars an hour, out of a vault of issued tokens first and of one of users' fees then.
///
/// In an epoch, owed = scale x Σ target x eligible hours. The reward vault gives min(owed / P, its
/// tokens); the fee vault buys tokens at market for the rest. Where both fall short, nothing is
/// issued: the pay is less, an alert is counted, and scale ×= 1 - `gain` x the part that was missing,
/// down to `floor`; otherwise scale += `recovery` x (1 - scale). Of the epoch's fees that were not
/// needed, `surplusBurn` buys tokens and burns them; what a vault holds above its cap is the
/// treasury's.
struct DemandDriven: Sendable {
  /// Hours that a node is paid for.
  enum Hours: String, CaseIterable, Sendable {
    case online
    case busy
  }

  /// Dollars an hour by column of the hardware classes [USD/GPU-h].
  let targets: [Double]
  let hours: Hours
  /// Out of the treasury, as far as it goes, when the first epoch is paid.
  let rewardVaultSeed: Double
  let feeVaultSeed: Double
  let rewardVaultCap: Double?
  let feeVaultCap: Double?
  let surplusBurn: Double
  let gain: Double
  let floor: Double
  let recovery: Double

  init(hardware: [String], reading fields: inout FieldReader) {
    let unknown = "protocols-render §2.4: unknown; assumption"
    let named = fields.namedNumbers(
      "targetUSDPerHour", "pay of an eligible hour, by hardware class", unit: "USD/GPU-h",
      in: 0...1000, source: unknown, example: "rtx4090")
    var targets = [Double](repeating: 0, count: hardware.count)
    for (name, target) in named {
      if let column = hardware.firstIndex(of: name) {
        targets[column] = target
      } else if !hardware.isEmpty {
        fields.refuse(
          "targetUSDPerHour", expected: "names of hardware classes", found: "\"\(name)\"",
          help: "one of " + hardware.joined(separator: ", "))
      }
    }
    self.targets = targets
    hours = fields.choice(
      "eligible", "hours that are paid", default: Hours.online,
      source: "protocols-render §2.2: online and proven in the hour")
    rewardVaultSeed = fields.number(
      "rewardVaultSeed", "tokens that the treasury puts in the reward vault", unit: "tokens",
      in: 0...1e12, default: 0, source: unknown)
    feeVaultSeed = fields.number(
      "feeVaultSeedUSD", "dollars that the treasury puts in the fee vault", unit: "USD",
      in: 0...1e12, default: 0, source: unknown)
    rewardVaultCap = fields.optionalNumber(
      "rewardVaultCap", "most tokens that stay in the reward vault", unit: "tokens", in: 0...1e12,
      source: unknown, example: 1_000_000)
    feeVaultCap = fields.optionalNumber(
      "feeVaultCapUSD", "most dollars that stay in the fee vault", unit: "USD", in: 0...1e12,
      source: unknown, example: 1_000_000)
    surplusBurn = fields.share(
      "surplusBurn", "part of fees that were not needed that buys tokens and burns them",
      default: 0.5, source: "protocols-render §2.4: at least 50 % of the surplus (S)")
    gain = fields.number(
      "gain", "fall of the scale for a missing part of 1; above 1 it falls by more than is missing",
      in: 0...100, default: 0.5, source: unknown)
    floor = fields.share("floor", "lowest scale", default: 0.2, source: unknown)
    recovery = fields.share(
      "recovery", "part of the way back to 1 that the scale goes in an epoch without a shortfall",
      default: 0.1, source: unknown)
    if fields.isRecording { return }
    if !hardware.isEmpty, !targets.contains(where: { $0 > 0 }) {
      fields.refuse(
        "targetUSDPerHour", expected: "a target above 0 for a hardware class", found: "none",
        help: "write targetUSDPerHour: {\(hardware[0]): 0.2}")
    }
    if gain == 0, floor < 1 {
      fields.refuse(
        "gain", expected: "a gain above 0, which is what brings the target down to floor",
        found: "0", help: "a target that nothing moves cannot be kept; or write floor: 1")
    }
    if surplusBurn < 0.5 {
      fields.warn(
        "surplusBurn", expected: "at least 0.5", found: numberText(surplusBurn),
        help: "io.net promises half of the surplus or more")
    }
  }

  /// The scale of the next epoch.
  func scale(after scale: Double, missing: Double) -> Double {
    missing > 0
      ? max(floor, scale * max(0, 1 - gain * missing)) : min(1, scale + recovery * (1 - scale))
  }
}

import Configuration

/// E = min(s, cap), with the burn smoothed as s = ⌊(w - 1) s / w⌋ + ⌊burned / w⌋, in 10⁻⁸ token.
///
/// What was burned comes back, up to a cap; it counts as minted. With a backstop more of it does,
/// while the dollars that those who carry traffic get are below a share of what was spent.
/// Memory: `units` is the smoothed burn [10⁻⁸ token].
struct NetEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "netEmission", summary: "Issues again what was burned, smoothed and up to a cap.",
    source:
      "Helium HIP-20, helium-program-library: smoothed over 7 epochs, 1,643.83561643 HNT a day"
  ) { fields in NetEmission(reading: &fields) }

  /// Units of a token in which the rule counts.
  static let unit = 1e8

  let window: Int64
  let cap: Int64
  let backstop: Backstop?

  /// What keeps the pay of those who serve from falling with the price.
  struct Backstop: Sendable {
    /// Their pay at least, in dollars ÷ dollars spent [1].
    let floor: Double
    /// Their share of what the streams issue, in parts of ``HeliumBackstop/whole``.
    let bucket: Int64
    /// What else the streams issue in an epoch [tokens].
    let schedule: Double
  }

  init(reading fields: inout FieldReader) {
    window = Int64(
      fields.count(
        "smoothingEpochs", "epochs over which the burn is smoothed", unit: "epochs", in: 1...10_000,
        default: 7, source: "Helium, daily epochs"))
    cap = Int64(
      (fields.number(
        "capTokensPerEpoch", "most that comes back in an epoch", unit: "tokens/epoch",
        in: 0...1e10, default: 1643.835_616_43, source: "Helium HIP-20: 1 % of the first years'")
        * Self.unit).rounded())
    backstop = fields.object(
      "backstop", "more of the burn comes back while pay is below a floor in dollars"
    ) { fields in
      Backstop(
        floor: fields.number(
          "floorOfSpend", "least pay ÷ dollars spent", in: 0...100, default: 0.5,
          source: "Helium HIP-149"),
        bucket: Int64(
          (fields.number(
            "bucketShare", "share of the emission that is their pay", in: 0.000_001...1,
            default: 0.7, source: "Helium HIP-149: 70 % of the Mobile network's part")
            * Double(HeliumBackstop.whole)).rounded()),
        schedule: fields.number(
          "otherTokensPerEpoch", "what other streams issue in an epoch", unit: "tokens/epoch",
          in: 0...1e10, default: 0, source: "assumption: no other stream"))
    }
  }

  var need: EmissionNeed? { .burns }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    let smoothed = Self.smoothed(
      memory.units ?? 0, burned: Self.units(network.burned), window: window)
    memory.units = smoothed
    let again = min(smoothed, cap)
    guard let backstop, network.price > 0 else { return Double(again) / Self.unit }
    let pay = Self.units(backstop.floor * network.spentUSD / network.price)
    let topUp = HeliumBackstop.topUp(
      floor: pay, bucket: backstop.bucket, rewards: Self.units(backstop.schedule) + again,
      burnLeft: smoothed - again)
    return Double(again + topUp) / Self.unit
  }

  static func units(_ tokens: Double) -> Int64 {
    Int64((min(max(tokens, 0), 1e10) * unit).rounded())
  }

  /// The smoothed burn after one more epoch.
  static func smoothed(_ smoothed: Int64, burned: Int64, window: Int64) -> Int64 {
    let kept = Int128(smoothed) * Int128(window - 1) / Int128(window)
    return Int64(kept) + burned / window
  }
}

import Configuration

/// Blocks of ⌊E₀ / 2ᵏ⌋ with k = ⌊log₂(1 / (1 - issued / maximum))⌋, in units of 10⁻⁹ token.
///
/// A halving comes with the block after which half of what was left has been issued, so that it waits
/// where tokens that came back count as not issued.
struct IssuanceHalvingEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "issuanceHalving", summary: "Halves whenever half of what was left has been issued.",
    source: "Bittensor, coinbase/block_emission.rs: 21e6 TAO, 1 TAO a block, 7,200 blocks a day"
  ) { fields in IssuanceHalvingEmission(reading: &fields) }

  /// What counts as issued.
  enum Counted: String, CaseIterable, Sendable {
    /// All that ever came into being.
    case issued
    /// Less what was burned.
    case supply
  }

  let maximum: Int64
  let perBlock: Int64
  let blocksPerDay: Double
  let counted: Counted

  init(reading fields: inout FieldReader) {
    maximum = Self.units(
      fields.number(
        "maximumTokens", "tokens that can ever be issued", unit: "tokens", in: 1...4e9,
        default: 21e6, source: "Bittensor"))
    perBlock = Self.units(
      fields.number(
        "tokensPerBlock", "emission of a block before the first halving", unit: "tokens/block",
        in: 0...1e6, default: 1, source: "Bittensor"))
    blocksPerDay = fields.number(
      "blocksPerDay", "blocks of a day", unit: "blocks/day", in: 0.001...1e6, default: 7200,
      source: "Bittensor: 12 s a block")
    counted = fields.choice(
      "counts", "what counts as issued: all that was, or less what was burned",
      default: Counted.issued, source: "Bittensor: only recycled tokens count as not issued")
  }

  private static func units(_ tokens: Double) -> Int64 { Int64((tokens * 1e9).rounded()) }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    // Whole blocks; what an epoch has more of them goes to the next.
    let due = memory.sum + blocksPerDay * network.epochDays
    memory.sum = due - due.rounded(.down)
    let tokens = counted == .issued ? network.issued : network.supply
    return Double(issue(after: Self.units(min(tokens, 9e9)), blocks: Int64(due))) / 1e9
  }

  /// What so many blocks bring, one after the other.
  func issue(after issued: Int64, blocks: Int64) -> Int64 {
    var total: Int64 = 0
    var left = blocks
    while left > 0 {
      let block = Self.block(perBlock, issued: issued + total, maximum: maximum)
      if block.emission == 0 { break }
      // Blocks up to the one with which the next halving is reached.
      let untilNext = (block.next - issued - total + block.emission - 1) / block.emission
      let count = min(left, max(1, untilNext))
      total += count * block.emission
      left -= count
    }
    return total
  }

  /// Emission of the next block, and the issuance from which the one after is less.
  static func block(
    _ initial: Int64, issued: Int64, maximum: Int64
  ) -> (emission: Int64, next: Int64) {
    if issued >= maximum { return (0, .max) }
    var halvings = 0
    var left = maximum - issued
    // 2ᵏ ≤ maximum / left
    while halvings < 62, left <= maximum - left { (halvings, left) = (halvings + 1, left * 2) }
    let threshold = maximum - (maximum >> (halvings + 1))
    return (initial >> halvings, threshold)
  }
}

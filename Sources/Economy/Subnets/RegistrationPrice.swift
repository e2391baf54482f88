import Configuration
import Kernel

/// What a place in a subnet costs: a price that every registration multiplies and every block
/// lowers, p ← clamp(⌊p 2^(-1/H)⌋) a block and p ← clamp(⌊p m⌋) a registration [base units].
///
/// Source: opentensor/subtensor @ 14bc6f9f (2026-06-30), half-life 360 blocks, m = 1.26 (2026).
struct RegistrationPrice: Sendable, Equatable {
  let multiplier: Double
  /// Blocks in which the price halves.
  let halfLife: Double
  let lowest: Int64
  let highest: Int64

  /// The price after so many blocks without a registration; each rounds down.
  func after(blocks: Int, from price: Int64) -> Int64 {
    var price = price
    let kept = Elementary.pow(0.5, 1 / halfLife)
    for _ in 0..<blocks {
      let next = clamped((Double(price) * kept).rounded(.down))
      // At a fixed point, the lower clamp most often, nothing moves any more.
      if next == price { break }
      price = next
    }
    return price
  }

  func afterRegistration(from price: Int64) -> Int64 {
    clamped((Double(price) * multiplier).rounded(.down))
  }

  /// What `count` places cost together, registered evenly over so many blocks, and the price left.
  func charge(for count: Int, over blocks: Int, from price: Int64) -> (cost: Int64, left: Int64) {
    if count == 0 { return (0, after(blocks: blocks, from: price)) }
    var price = price
    var cost: Int64 = 0
    for place in 1...count {
      cost += min(price, 4_000_000_000_000_000_000 - cost)
      let gap = blocks * place / count - blocks * (place - 1) / count
      price = after(blocks: gap, from: afterRegistration(from: price))
    }
    return (cost, price)
  }

  private func clamped(_ price: Double) -> Int64 {
    min(max(Int64(min(price, 4e18)), lowest), highest)
  }
}

extension RegistrationPrice {
  /// The terms as a scenario has them, in tokens.
  struct Terms: Sendable, Equatable {
    let opening: Double
    let lowest: Double
    let highest: Double
    let multiplier: Double
    let halfLife: Double

    init(reading fields: inout FieldReader) {
      let source = "protocol facts §2.5: subtensor 2026-06-30"
      opening = fields.number(
        "openingTokens", "price of a place at day 0", unit: "tokens", in: 1e-9...1e9,
        default: 0.1, source: source)
      lowest = fields.number(
        "lowestTokens", "lowest price", unit: "tokens", in: 0...1e9, default: 0.0005,
        source: source)
      highest = fields.number(
        "highestTokens", "highest price", unit: "tokens", in: 1e-9...1e9, default: 100,
        source: source)
      multiplier = fields.number(
        "multiplier", "factor of each registration", in: 1...10, default: 1.26, source: source)
      halfLife = fields.number(
        "halfLifeBlocks", "blocks in which the price halves", unit: "blocks", in: 0.01...1e9,
        default: 360, source: source)
      if lowest > highest {
        fields.refuse(
          "lowestTokens", expected: "at most highestTokens (\(numberText(highest)))",
          found: numberText(lowest), help: "swap the two")
      }
    }

    /// The rule in base units.
    func rule(scale: Double) -> RegistrationPrice {
      func units(_ tokens: Double) -> Int64 { Int64(min(tokens * scale, 4e18).rounded()) }
      return RegistrationPrice(
        multiplier: multiplier, halfLife: halfLife, lowest: units(lowest), highest: units(highest))
    }
  }
}

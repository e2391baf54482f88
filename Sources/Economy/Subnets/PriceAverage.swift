import Kernel

/// A moving average of a subnet's price that starts slowly: ema += a (min(p, 1) - ema) a block, with
/// a = base b / (b + half) and b the blocks since the subnet's first emission.
///
/// Source: opentensor/subtensor @ 14bc6f9f (2026-06-30): base 0.000003, half 201,600 blocks.
struct PriceAverage: Sendable, Equatable {
  let base: Double
  let half: Double

  /// Weight of a block's price [1].
  func weight(blocks: Double) -> Double {
    blocks > 0 ? base * blocks / (blocks + half) : 0
  }

  /// The average after one block.
  func after(_ average: Double, price: Double, blocks: Double) -> Double {
    average + weight(blocks: blocks) * (min(price, 1) - average)
  }

  /// The average after `count` blocks at one price, the last of them `blocks` after the first
  /// emission; the weight is that of their middle.
  func after(_ average: Double, price: Double, blocks: Double, count: Double) -> Double {
    let weight = weight(blocks: max(0, blocks - count / 2))
    let kept = weight < 1 ? Elementary.exp(count * Elementary.log1p(-weight)) : 0
    return min(price, 1) + (average - min(price, 1)) * kept
  }
}

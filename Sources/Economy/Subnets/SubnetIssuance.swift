/// What a block issues, by what has been issued: floor(rate / 2^k), k = floor(log2(1 / (1 - issued /
/// cap))), and nothing at the cap or above it. A network's token and each subnet's own follow it.
///
/// Source: opentensor/subtensor @ 14bc6f9f (2026-06-30), `coinbase/block_emission.rs`.
struct SubnetIssuance: Sendable, Equatable {
  /// Base units: the most that may be issued, and what a block issues at first.
  let cap: Int64
  let perBlock: Int64

  /// Halvings that an issuance has seen; exact, without logarithms: what is left, doubled k times,
  /// is no more than the cap.
  func halvings(issued: Int64) -> Int {
    var left = Int128(max(0, cap - issued))
    if left == 0 { return 64 }
    var count = 0
    while left * 2 <= Int128(cap), count < 64 {
      left *= 2
      count += 1
    }
    return count
  }

  /// Base units that the next block issues.
  func emission(issued: Int64) -> Int64 {
    if issued >= cap { return 0 }
    return perBlock >> Int64(min(63, halvings(issued: issued)))
  }

  /// Base units of an epoch, at the rate of its first block and never above the cap: a threshold
  /// inside an epoch counts from the next one on.
  func emission(issued: Int64, blocks: Double) -> Int64 {
    let wanted = (Double(emission(issued: issued)) * blocks).rounded()
    return min(Int64(min(wanted, 4e18)), max(0, cap - issued))
  }
}

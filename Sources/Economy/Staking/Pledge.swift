import Configuration
import Kernel

/// Collateral that follows what a node earns and how much of the token there is.
///
/// pledge of a node = days of its expected reward + θ C [γ q ÷ max(b, N, q) + (1 − γ) q ÷ max(N, q)],
/// at most `most`, with C circulating tokens, q the capacity of the node, N that of the network, b a
/// baseline [all in nodes of multiplier 1], θ the share of the supply to lock, and γ the weight of the
/// baseline, which goes from 1 to its end in a straight line.
struct Pledge: Sendable {
  static let capacityOfNode = 1e6

  let rewardDays: Double
  let supplyShare: Double
  /// Capacity b at day 0 [nodes], and its factor a year.
  let baselineNodes: Double
  let baselineGrowth: Double
  let weightAtEnd: Double
  /// Day on which γ begins to fall, and days until its end.
  let rampFrom: Double
  let rampDays: Double
  /// Most tokens for a node of multiplier 1.
  let most: Double?

  init(reading fields: inout FieldReader) {
    rewardDays = fields.number(
      "rewardDays", "expected reward that is pledged", unit: "days", in: 0...3650, default: 20,
      source: "Filecoin storage pledge, builtin-actors b0a3bdd6")
    supplyShare = fields.share(
      "supplyShare", "share of circulating tokens that the whole network pledges", default: 0.3,
      source: "Filecoin consensus pledge, builtin-actors b0a3bdd6")
    baselineNodes = fields.number(
      "baselineNodes", "capacity below which a part of that share stays unpledged, at day 0",
      unit: "nodes", in: 0...1e6, default: 0, source: "assumption: no baseline")
    baselineGrowth = fields.number(
      "baselineGrowthPerYear", "factor of that capacity in a year", unit: "1/year", in: 0.01...100,
      default: 1, source: "assumption; Filecoin 2")
    weightAtEnd = fields.share(
      "baselineWeight", "part of the share that counts the baseline, after the ramp", default: 0.7,
      source: "Filecoin FIP-0081")
    rampFrom = fields.moment(
      "rampFrom", "day from which that part falls from 1", default: 0)
    rampDays = fields.number(
      "rampDays", "days over which it falls; 0: it has fallen", unit: "days", in: 0...36_500,
      default: 0, source: "assumption; Filecoin 365")
    most = fields.optionalNumber(
      "mostTokensPerNode", "most that a node pledges", unit: "tokens/node", in: 0...1e9,
      source: "Filecoin: 1 FIL for 32 GiB", example: 1000)
  }

  /// The weight of the baseline in millionths: 1 before the ramp, the end after it, between them on a
  /// straight line rounded down in its fall.
  ///
  /// Source: FIP-0081; a ramp of length 0 is over.
  static func weight(sinceRamp elapsed: Int64, ramp: Int64, end: Int64 = 700_000) -> Int64 {
    if ramp <= 0 || elapsed >= ramp { return end }
    if elapsed <= 0 { return 1_000_000 }
    return 1_000_000 - (1_000_000 - end) * elapsed / ramp
  }

  /// The consensus part of the pledge, rounded down at each product [base units].
  ///
  /// - Parameters:
  ///   - circulating: below 2^62 [base units].
  ///   - capacity: of what pledges, `network` of all, and `baseline`: below 2^50 each, one above 0.
  ///   - share: of circulating, and `weight` of the baseline, in millionths.
  static func consensus(
    circulating: Int64, capacity: Int64, network: Int64, baseline: Int64, share: Int64,
    weight: Int64
  ) -> Int64 {
    let locked = Int128(circulating) * Int128(share) / 1_000_000
    let byBaseline = locked * Int128(weight) / 1_000_000
    let byNetwork = locked - byBaseline
    let first = byBaseline * Int128(capacity) / Int128(max(baseline, network, capacity, 1))
    let second = byNetwork * Int128(capacity) / Int128(max(network, capacity, 1))
    return Int64(first + second)
  }

  /// Pledge of a node of a multiplier [tokens].
  ///
  /// - Parameters:
  ///   - reward: expected of the node [tokens/day].
  ///   - network: capacity of all nodes that are registered [nodes of multiplier 1].
  func tokens(
    reward: Double, circulating: Double, scale: Double, multiplier: Double, network: Double,
    day: Double
  ) -> Double {
    func units(_ nodes: Double) -> Int64 { Int64(min(nodes * Self.capacityOfNode, 1e15)) }
    let baseline =
      baselineNodes * Elementary.pow(baselineGrowth, max(day, 0) / Span.daysPerYear)
    let minute = 1440.0
    let weight = Self.weight(
      sinceRamp: Int64(((day - rampFrom) * minute).rounded()),
      ramp: Int64((rampDays * minute).rounded()), end: Int64((weightAtEnd * 1e6).rounded()))
    let consensus = Self.consensus(
      circulating: Int64(min(max(circulating, 0) * scale, 4.6e18)), capacity: units(multiplier),
      network: units(network), baseline: units(baseline),
      share: Int64((supplyShare * 1e6).rounded()), weight: weight)
    let pledge = rewardDays * reward + Double(consensus) / scale
    return min(pledge, (most ?? .infinity) * multiplier)
  }
}

/// The arrows of the loop, each of which a scenario can cut: `cut: ["priceToPay"]`.
///
/// demand → jobs → nodes busy → revenue and burns → token price → pay per node → entry and exit →
/// capacity and service → what a useful GPU-hour costs → demand. Behind a cut the next quantity no
/// longer hears of the one before.
public enum Arrow: String, CaseIterable, Sendable {
  /// Jobs come at the base rate whatever demand does.
  case demandToJobs
  /// Jobs are served outside the network: no node is busy.
  case jobsToNodes
  /// Work is free: nothing is paid, bought or burned.
  case nodesToRevenue
  /// The venue quotes its opening price, moved by its own noise and shocks alone.
  case revenueToPrice
  /// Operators value tokens at the opening price when they decide.
  case priceToPay
  /// Nobody enters or leaves because of pay.
  case payToEntry
  /// Entries and exits are counted, the nodes stay as they were.
  case entryToCapacity
  /// Users do not notice waits, failures and lost jobs.
  case capacityToCost
  /// Users do not respond to cost and service.
  case costToDemand
}

/// Arrows of the loop, one bit each: asked for at every job.
struct ArrowSet: Hashable, BitwiseCopyable, Sendable {
  private let bits: UInt16

  init(_ arrows: [Arrow]) {
    bits = arrows.reduce(0) { $0 | $1.bit }
  }

  func contains(_ arrow: Arrow) -> Bool { bits & arrow.bit != 0 }
}

extension Arrow {
  fileprivate var bit: UInt16 {
    switch self {
    case .demandToJobs: 1
    case .jobsToNodes: 2
    case .nodesToRevenue: 4
    case .revenueToPrice: 8
    case .priceToPay: 16
    case .payToEntry: 32
    case .entryToCapacity: 64
    case .capacityToCost: 128
    case .costToDemand: 256
    }
  }
}

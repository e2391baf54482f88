import Kernel

/// An event of the economy in 8 bytes: what happens, to which slot, of which generation.
struct NetworkEvent: BitwiseCopyable, Sendable {
  /// What happens; the slot is of the entity named.
  enum Kind: UInt8, CaseIterable, Sendable {
    // slot: class of demand
    case jobArrived
    // slot: job
    case jobFinished, jobAbandoned, lossDetected
    // slot: node
    case nodeOffline, nodeFailed, nodeOnline, nodeRepaired
    // slot: operator
    case nodesArrived, operatorDecision
    // slot: none
    case oracleReading, settlement, marketStep, healthCheck, measurement, flowReport
    // slot: place in the scenario's list
    case unlock, amendment, shockOn, shockOff
  }

  private let bits: UInt64

  init(_ kind: Kind, slot: Int = 0, generation: UInt32 = 0) {
    bits =
      UInt64(kind.rawValue) << 56 | UInt64(generation & Self.generationMask) << 32
      | UInt64(UInt32(slot))
  }

  static let generationMask: UInt32 = 0xFF_FFFF

  var kind: Kind {
    guard let kind = Kind(rawValue: UInt8(bits >> 56)) else {
      preconditionFailure("an event of no kind is in the queue")
    }
    return kind
  }

  var slot: Int { Int(UInt32(truncatingIfNeeded: bits)) }

  /// Whether the entity has moved on since the event was scheduled.
  func isStale(_ generation: UInt32) -> Bool {
    UInt32(truncatingIfNeeded: bits >> 32) & Self.generationMask
      != generation & Self.generationMask
  }
}

/// Phases of one instant, in order (design: shocks before work, settlement before the market).
enum Phases {
  static let shocks = Phase(rawValue: 0)
  static let work = Phase(rawValue: 1)
  static let oracle = Phase(rawValue: 2)
  static let settlement = Phase(rawValue: 3)
  static let market = Phase(rawValue: 4)
  static let decisions = Phase(rawValue: 5)
  static let measurement = Phase(rawValue: 6)
}

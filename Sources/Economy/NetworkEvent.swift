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
    // slot: node
    case nodeDrains, nodeRestarted
    // slot: operator
    case operatorLeaves
    // slot: area that outages come to; outage
    case outageBegins, outageEnds
    // slot: none
    case proof
    // slot: hardware class
    case newGeneration
    case nodeVerified
  }

  private let slotNumber: UInt32
  /// The lowest 24 bits of the generation.
  private let generationLow: UInt16
  private let generationHigh: UInt8
  let kind: Kind

  init(_ kind: Kind, slot: Int = 0, generation: UInt32 = 0) {
    self.kind = kind
    slotNumber = UInt32(slot)
    generationLow = UInt16(truncatingIfNeeded: generation)
    generationHigh = UInt8(truncatingIfNeeded: generation >> 16)
  }

  var slot: Int { Int(slotNumber) }

  /// Whether the entity has moved on since the event was scheduled.
  func isStale(_ generation: UInt32) -> Bool {
    (UInt32(generationHigh) << 16 | UInt32(generationLow)) != generation & 0xFF_FFFF
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

import Kernel

/// Outages that are on, and where others come; empty where there are none.
struct OutageState: Sendable {
  /// What outages of one process hit: a region, an operator type, or all nodes.
  struct Area: Sendable {
    let scope: Outage.Scope
    /// Column of the region or type.
    let place: Int
  }

  /// An outage that is on.
  struct Running: Sendable {
    let area: Area
    let share: Double
    /// Index of the draws that say which nodes it hits.
    let number: UInt32
    /// Column of the shock that it is; nil: one of a process.
    let shock: Int?
  }

  /// State: outages that each node is in, `[nodes]`.
  private(set) var holds: [UInt32] = []
  /// Parameter: column of the process, and what it hits, `[areas]`.
  let areas: [(process: Int, area: Area)]
  /// Counter: outages that each area has had, and each shock.
  var numbers: [UInt32]
  var shockNumbers: [UInt32]
  /// State: slots are used again.
  private var running: [Running?] = []

  init() {
    areas = []
    numbers = []
    shockNumbers = []
  }

  init(_ settings: EconomySettings, nodes: Int) {
    areas = settings.operators.outages.enumerated().flatMap { process, outage in
      let places =
        switch outage.scope {
        case .region: max(1, settings.regions.count)
        case .type: settings.operators.types.count
        case .all: 1
        }
      return (0..<places).map { (process, Area(scope: outage.scope, place: $0)) }
    }
    numbers = Array(repeating: 0, count: areas.count)
    shockNumbers = Array(repeating: 0, count: settings.shocks.count)
    holds = Array(repeating: 0, count: nodes)
  }

  var areUsed: Bool { !holds.isEmpty }

  mutating func begin(_ outage: Running) -> Int {
    if let slot = running.firstIndex(where: { $0 == nil }) {
      running[slot] = outage
      return slot
    }
    running.append(outage)
    return running.count - 1
  }

  /// Ends an outage and gives back what it was.
  mutating func end(_ slot: Int) -> Running? {
    defer { running[slot] = nil }
    return running[slot]
  }

  func slot(ofShock index: Int) -> Int? { running.firstIndex { $0?.shock == index } }

  /// One more outage, or one fewer, that a node is in.
  mutating func change(_ node: Int, isIn: Bool) {
    holds[node] = isIn ? holds[node] + 1 : holds[node] - 1
  }
}

extension Outage {
  /// Processes, shocks and outages of each are numbered in one word of 32 bits.
  static let mostKinds = 64

  /// Index of the draws of an outage of a process.
  static func index(process: Int, number: UInt32) -> UInt32 {
    UInt32(process) << 24 | number & 0xFF_FFFF
  }

  /// Index of the draws of an outage that a shock makes.
  static func index(shock: Int, number: UInt32) -> UInt32 {
    1 << 31 | UInt32(truncatingIfNeeded: shock) & 0x7FF << 20 | number & 0xF_FFFF
  }
}

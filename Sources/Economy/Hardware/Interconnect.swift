/// How the GPUs of one place exchange data, the slowest first.
enum Interconnect: String, CaseIterable, Sendable, Comparable {
  /// Through the internet only, or not said.
  case none
  /// Through the bus of one machine.
  case pcie
  /// Through direct links between GPUs.
  case nvlink

  /// Order of speed.
  var rank: Int {
    switch self {
    case .none: 0
    case .pcie: 1
    case .nvlink: 2
    }
  }

  static func < (one: Interconnect, other: Interconnect) -> Bool { one.rank < other.rank }
}

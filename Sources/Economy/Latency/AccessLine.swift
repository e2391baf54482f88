import Configuration

/// The line between a place and the network around it.
enum AccessLine: String, CaseIterable, Sendable {
  case datacentre, fibre, cable, dsl

  /// Round trip over it [ms]: model-facts §4.2, scaled from old data; none in a data centre.
  var roundTrip: Double {
    switch self {
    case .datacentre: 0
    case .fibre: 12
    case .cable: 18
    case .dsl: 30
    }
  }
}

import Configuration

/// How long a packet takes from region to region and back, the same both ways [ms].
struct RoundTrips: Sendable {
  private let count: Int
  /// `[regions x regions]`; NaN where nothing is said.
  private let times: [Double]

  /// Round trip inside a region that says nothing about it [ms]: model-facts §4.1, between zones.
  static let inside = 2.0

  init(of regions: [Region], reading fields: inout FieldReader) {
    count = regions.count
    var times = [Double](repeating: .nan, count: regions.count * regions.count)
    for (from, region) in regions.enumerated() {
      for name in region.roundTrips.keys.sorted()
      where !regions.contains(where: { $0.name == name }) {
        fields.refuse(
          "regions", expected: "round trips between regions of the scenario",
          found: "one from \"\(region.name)\" to \"\(name)\"",
          help: "one of " + regions.map(\.name).joined(separator: ", "))
      }
      for (to, other) in regions.enumerated() {
        let there = region.roundTrips[other.name]
        let back = other.roundTrips[region.name]
        if let there, let back, there != back {
          fields.refuse(
            "regions", expected: "one round trip between \"\(region.name)\" and \"\(other.name)\"",
            found: "\(numberText(there)) ms and \(numberText(back)) ms",
            help: "a round trip is the same both ways; write it once")
        }
        times[from * regions.count + to] = there ?? back ?? (from == to ? Self.inside : .nan)
      }
    }
    self.times = times
  }

  /// The round trip between two regions; inside one place where there are none [ms].
  func between(_ one: Int, _ other: Int) -> Double {
    count == 0 ? Self.inside : times[one * count + other]
  }

  /// Two regions between which nothing is said, if any.
  var gap: (Int, Int)? {
    times.firstIndex(where: \.isNaN).map { ($0 / count, $0 % count) }
  }
}

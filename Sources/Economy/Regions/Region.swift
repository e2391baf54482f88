import Configuration
import Kernel

/// A part of the world: where operators and users are.
struct Region: Sendable, Equatable {
  let name: String
  /// Tariff of its operators [USD/kWh]; nil: that of their type.
  let tariff: Distribution?
  /// Round trips to regions by name [ms].
  let roundTrips: [String: Double]

  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    tariff = fields.distribution(
      "electricityUSDPerKWh", "tariff of its operators, of any type that names none [USD/kWh]")
    let trips = fields.namedNumbers(
      "roundTripMs", "round trip to other regions, and inside it under its own name", unit: "ms",
      in: 0...10_000, source: "model-facts §4.1", example: "us")
    roundTrips = Dictionary(
      trips.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Where the candidates of an operator type, or the users of a class, are: a weight for each of some
/// regions.
struct RegionShares: Sendable, Equatable {
  /// Columns of ``EconomySettings/regions``, and the sums of shares up to each, the last being 1.
  let columns: [Int]
  private let sums: [Double]

  /// - Parameter meaning: whose shares they are, for the reference.
  init(
    of regions: [Region],
    _ meaning: String = "weight of each region among the candidates; none: all in the first",
    reading fields: inout FieldReader
  ) {
    let weights = fields.namedNumbers("regions", meaning, in: 0...1e9, example: "us")
    var columns: [Int] = []
    var sums: [Double] = []
    for (name, weight) in weights {
      guard let column = regions.firstIndex(where: { $0.name == name }) else {
        fields.refuse(
          "regions", expected: "names of regions", found: "\"\(name)\"",
          help: regions.isEmpty
            ? "add \"regions\" to the scenario"
            : "one of " + regions.map(\.name).joined(separator: ", "), alone: true)
        continue
      }
      columns.append(column)
      sums.append((sums.last ?? 0) + weight)
    }
    let whole = sums.last ?? 0
    if !columns.isEmpty, whole == 0 {
      fields.refuse(
        "regions", expected: "a weight above 0", found: sumText(weights.map(\.value)),
        help: "nobody could be anywhere; raise one of them")
    }
    self.columns = whole > 0 ? columns : [0]
    self.sums = whole > 0 ? sums.map { $0 / whole } : [1]
  }

  /// Whether all candidates are in one region, so that none is drawn.
  var isOne: Bool { columns.count == 1 }

  /// The region below which a uniform draw falls.
  func column(at uniform: Double) -> Int {
    columns[sums.firstIndex { uniform < $0 } ?? columns.count - 1]
  }

  /// The mean over the candidates of something that differs between regions.
  func mean(_ value: (Int) -> Double) -> Double {
    if isOne { return value(columns[0]) }
    var before = 0.0
    var mean = 0.0
    for (column, sum) in zip(columns, sums) {
      mean += (sum - before) * value(column)
      before = sum
    }
    return mean
  }
}

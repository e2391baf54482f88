/// What one run of a benchmark gave.
public struct Reading: Sendable {
  /// Events by the benchmark's own definition.
  public let events: Int
  /// Wall time of the work itself, without reading and setting up [s].
  public let seconds: Double
  /// What else there is to know.
  public let figures: [Figure]

  public init(events: Int, seconds: Double, figures: [Figure] = []) {
    self.events = events
    self.seconds = seconds
    self.figures = figures
  }
}

/// A named number.
public struct Figure: Sendable, Equatable {
  public enum Value: Sendable, Equatable {
    case count(Int)
    case number(Double)
  }

  /// Name with its unit, as in JSON: `mean_wait_h`.
  public let name: String
  public let value: Value

  public init(_ name: String, _ count: Int) {
    self.name = name
    value = .count(count)
  }

  public init(_ name: String, _ number: Double) {
    self.name = name
    value = .number(number)
  }
}

/// The same work measured several times.
public struct BenchmarkResult: Sendable {
  public let name: BenchmarkName
  public let sizes: [Figure]
  /// At least one, in the order they were run.
  public let readings: [Reading]

  public init(name: BenchmarkName, sizes: [Figure], readings: [Reading]) {
    precondition(!readings.isEmpty, "a benchmark is run at least once")
    self.name = name
    self.sizes = sizes
    self.readings = readings
  }

  /// Events of a run: the same in all, since they do the same work.
  public var events: Int { readings[0].events }

  /// Wall time of a run [s].
  public var seconds: Spread { Spread(readings.map(\.seconds)) }

  /// Events in the median time [10⁶/s].
  public var millionEventsPerSecond: Double { Double(events) / seconds.median / 1e6 }

  /// Figures of the last run.
  public var figures: [Figure] { readings[readings.count - 1].figures }
}

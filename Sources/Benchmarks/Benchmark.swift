public import Experiments

/// A fixed piece of work whose speed is measured.
public protocol Benchmark: Sendable {
  /// What decides how much work it is.
  var sizes: [Figure] { get }

  /// Does the work once.
  func run(_ interrupt: Interrupt) async throws(BenchmarkError) -> Reading
}

/// The benchmarks by the name they are asked for.
public enum BenchmarkName: String, CaseIterable, Sendable {
  case hold
  case churnQueue = "churn-queue"
  case mmc
  case bmeVsFixed = "bme-vs-fixed"
  case millionNodes = "million-nodes"

  public var summary: String {
    switch self {
    case .hold: "the event queue alone: take the first of N pending events, put it back later"
    case .churnQueue: "a small economy that other engines run as well"
    case .mmc: "four machines before one line, beside Erlang's C"
    case .bmeVsFixed: "the main comparison: all variants and replicates, on all cores"
    case .millionNodes: "two days of a million nodes, and what memory they take"
    }
  }

  /// Runs that a figure is the median of, unless another number is asked for.
  public var repeats: Int {
    switch self {
    case .hold, .churnQueue, .mmc: 5
    case .bmeVsFixed, .millionNodes: 1
    }
  }
}

/// What may be asked of a benchmark; what is nil is the benchmark's own choice.
public struct BenchmarkOptions: Sendable, Equatable {
  public var nodes: Int?
  public var days: Double?
  public var pending: Int?
  public var replicates: Int?
  public var threads: Int

  public init(
    nodes: Int? = nil, days: Double? = nil, pending: Int? = nil, replicates: Int? = nil,
    threads: Int = 1
  ) {
    self.nodes = nodes
    self.days = days
    self.pending = pending
    self.replicates = replicates
    self.threads = threads
  }
}

extension BenchmarkName {
  /// The benchmark at the size asked for, or at all its sizes.
  public func benchmarks(_ options: BenchmarkOptions) throws(BenchmarkError) -> [any Benchmark] {
    switch self {
    case .hold:
      return (options.pending.map { [$0] } ?? HoldBenchmark.usualSizes)
        .map { HoldBenchmark(pending: $0) }
    case .churnQueue:
      return [
        ChurnQueueBenchmark(
          nodes: options.nodes ?? 1000, days: options.days ?? 30, project: try .find())
      ]
    case .mmc:
      return [
        QueueBenchmark(days: options.days, replicates: options.replicates, project: try .find())
      ]
    case .bmeVsFixed:
      return [
        ComparisonBenchmark(
          days: options.days, replicates: options.replicates, threads: options.threads,
          project: try .find())
      ]
    case .millionNodes:
      return [
        MillionNodesBenchmark(
          nodes: options.nodes ?? 1_000_000, days: options.days, project: try .find())
      ]
    }
  }
}

import Benchmarks
import Reports

/// Work that several engines do.
enum Work {
  case hold(pending: Int)
  case churnQueue(nodes: Int, days: Int)

  static let all: [Work] =
    HoldBenchmark.usualSizes.map { .hold(pending: $0) } + [
      .churnQueue(nodes: 1_000, days: 30), .churnQueue(nodes: 10_000, days: 30),
      .churnQueue(nodes: 130_000, days: 10), .churnQueue(nodes: 435_000, days: 10),
    ]

  static let quick: [Work] = [.hold(pending: 1_000), .churnQueue(nodes: 200, days: 2)]

  /// Name of the benchmark and its size.
  var name: String {
    switch self {
    case .hold(let pending): "hold \(NumberText.short(pending))"
    case .churnQueue(let nodes, let days):
      "churn-queue \(NumberText.short(nodes)) × \(NumberText.short(days)) d"
    }
  }

  /// Whether a run takes long enough that three of them are enough.
  var isLong: Bool {
    switch self {
    case .hold(let pending): pending > 1_000_000
    case .churnQueue(let nodes, _): nodes > 10_000
    }
  }
}

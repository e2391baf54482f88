import Kernel

/// Latencies of sample requests and verdicts on jobs over one stretch of time; empty where no class
/// asks for them.
struct LatencyTotals: Sendable {
  /// All of them, and by class of demand [ms].
  private var all: [QuantileSketch] = []
  private(set) var classes: [Class] = []

  struct Class: Sendable {
    /// Quantiles within 1 % of the value.
    var sketch = QuantileSketch(error: 0.01)
    /// Counter: finished jobs with a limit, and those that met it.
    var judged = 0.0
    var met = 0.0

    var metShare: Double { met / judged }
  }

  /// Totals of nothing for so many classes.
  init(classes count: Int = 0) {
    guard count > 0 else { return }
    all = [QuantileSketch(error: 0.01)]
    classes = Array(repeating: Class(), count: count)
  }

  mutating func add(_ latency: Double, class index: Int) {
    all[0].add(latency)
    classes[index].sketch.add(latency)
  }

  mutating func judge(_ isMet: Bool, class index: Int) {
    classes[index].judged += 1
    if isMet { classes[index].met += 1 }
  }

  mutating func append(_ next: LatencyTotals) {
    for index in all.indices { all[index].merge(next.all[index]) }
    for index in classes.indices {
      classes[index].sketch.merge(next.classes[index].sketch)
      classes[index].judged += next.classes[index].judged
      classes[index].met += next.classes[index].met
    }
  }

  /// The latency below which a share of the requests stays; NaN where there are none [ms].
  func quantile(_ share: Double) -> Double { all.first?.quantile(share) ?? .nan }

  /// Jobs that met their limit ÷ jobs that have one.
  var metShare: Double {
    classes.reduce(0) { $0 + $1.met } / classes.reduce(0) { $0 + $1.judged }
  }
}

import Configuration
import Kernel

/// A class of jobs: when they might come, how large they are, and what makes them stay away.
struct DemandClass: Sendable {
  let name: String
  let arrivals: Arrivals
  /// Work of a job in hours of a GPU of speed 1 [GPU-h].
  let size: Distribution
  /// Columns of the hardware classes that can serve it, the preferred one first.
  let hardware: [Int]
  /// Response of the arrival rate to the remembered cost of a useful GPU-hour [1].
  let elasticity: Double
  /// Response of the arrival rate to the remembered share of demand served [1].
  let serviceElasticity: Double
  /// Value of an hour's delay [USD/h].
  let timeValue: Double
  /// Time a job waits in the queue before it gives up [h]; nil: for ever.
  let patience: Distribution?
  /// The most a job pays [USD/GPU-h]; nil: whatever is asked.
  let budget: Distribution?
  let cloud: Cloud?

  /// Work of a job, cut at 0 and at 100,000 h [GPU-h].
  func work(using stream: inout RandomStream) -> Double {
    min(max(size.sample(using: &stream), 0), 100_000)
  }

  /// Where potential arrivals come from.
  enum Arrivals: Sendable {
    case ceiling(ArrivalCeiling)
    case trace(DemandTrace)
  }

  /// What is replayed, where the class is.
  var trace: DemandTrace? {
    switch arrivals {
    case .ceiling: nil
    case .trace(let trace): trace
    }
  }

  /// The centralised cloud that the users of this class could rent from instead.
  struct Cloud: Sendable {
    /// Its price [USD/GPU-h of speed 1].
    let price: Double
    /// Discount below which a user stays there: the median, and the deviation of the logarithm
    /// of (1 - discount) over users.
    let discountWanted: Double
    let spread: Double
    /// Its waiting time [h].
    let waiting: Double
  }

  init(name: String, hardware classes: [HardwareClass], reading fields: inout FieldReader) {
    self.name = name
    if let trace = fields.object("trace", "arrivals from a table", DemandTrace.init(reading:)) {
      arrivals = .trace(trace)
      size = .fixed(Fixed(1))
    } else {
      arrivals = .ceiling(ArrivalCeiling(reading: &fields))
      size = fields.distribution("sizeHours", "work of a job [GPU-h]") ?? .fixed(Fixed(1))
      if size.mean <= 0 {
        fields.refuse(
          "sizeHours", expected: "a law with a mean above 0 h", found: "mean \(size.mean)",
          help: "a job of no work is no job")
      }
    }
    let names = fields.texts("hardware", "classes that can serve it, preferred first")
    hardware = names.compactMap { wanted in classes.firstIndex { $0.name == wanted } }
    if hardware.count < max(names.count, 1) {
      fields.refuse(
        "hardware", expected: "names of hardware.classes",
        found: names.isEmpty ? "none" : names.map { "\"\($0)\"" }.joined(separator: ", "),
        help: "no node could ever serve this class; choose among "
          + classes.map(\.name).joined(separator: ", "))
    }
    elasticity = fields.number(
      "priceElasticity", "response of arrivals to the remembered cost of a useful GPU-hour",
      in: -10...0, default: 0, source: "model-facts §3.3: -1.1, range -0.5 to -2")
    serviceElasticity = fields.number(
      "serviceElasticity", "response of arrivals to the remembered share of demand served",
      in: 0...10, default: 0, source: "model-facts §3.3: 1 (assumption), range 0 to 3")
    timeValue = fields.number(
      "timeValueUSDPerHour", "value of an hour's delay", unit: "USD/h", in: 0...1e6, default: 0)
    patience = fields.distribution("patienceHours", "time a job waits before it gives up [h]")
    budget = fields.distribution("budgetUSDPerGPUHour", "the most a job pays [USD/GPU-h]")
    cloud = fields.object("cloud", "the cloud that users could rent from instead") { cloud in
      Cloud(
        price: cloud.number(
          "priceUSDPerGPUHour", "price there", unit: "USD/GPU-h", in: 0.0001...1e5),
        discountWanted: cloud.share(
          "discountWanted", "median discount below which a user stays there", default: 0.3,
          source: "assumption"),
        spread: cloud.number(
          "spread", "deviation of the logarithm of the price a user would switch at", in: 0...3,
          default: 0.5),
        waiting: cloud.number(
          "waitingHours", "waiting time there", unit: "h", in: 0...1e4, default: 0))
    }
  }
}

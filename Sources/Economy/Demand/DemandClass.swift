import Configuration
import Kernel

/// A class of jobs: when they might come, how large they are, and what makes them stay away.
struct DemandClass: Sendable {
  let name: String
  /// Where potential arrivals come from: a ceiling, or the rows of a table that is replayed.
  let ceiling: ArrivalCeiling?
  let trace: DemandTrace?
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

  /// Work of a job as drawn, cut at 0 and at 100,000 h [GPU-h].
  static func work(drawn: Double) -> Double {
    min(max(drawn, 0), 100_000)
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

  /// - Parameter owned: columns of the hardware that operators own; nil: whatever there is.
  init(
    name: String, hardware classes: [HardwareClass], owned: [Int]? = nil,
    reading fields: inout FieldReader
  ) {
    self.name = name
    trace = fields.object("trace", "arrivals from a table", DemandTrace.init(reading:))
    if trace != nil, !fields.isRecording {
      ceiling = nil
      size = .fixed(Fixed(1))
    } else {
      ceiling = ArrivalCeiling(reading: &fields)
      size = fields.distribution("sizeHours", "work of a job [GPU-h]", default: .fixed(1))
      if size.mean <= 0 {
        fields.refuse(
          "sizeHours", expected: "a law with a mean above 0 h", found: "mean \(size.mean)",
          help: "a job of no work is no job")
      }
    }
    let names = fields.texts(
      "hardware", "classes that can serve it, preferred first",
      example: ["rtx4090"])
    hardware = names.compactMap { wanted in classes.firstIndex { $0.name == wanted } }
    if hardware.count < max(names.count, 1) {
      fields.refuse(
        "hardware", expected: "names of hardware.classes",
        found: names.isEmpty ? "none" : names.map { "\"\($0)\"" }.joined(separator: ", "),
        help: "no node could ever serve this class; choose among "
          + classes.map(\.name).joined(separator: ", "))
    } else if let owned, !hardware.contains(where: owned.contains) {
      func list(_ columns: [Int]) -> String {
        columns.map { "\"\(classes[$0].name)\"" }.joined(separator: ", ")
      }
      fields.refuse(
        "hardware", expected: "hardware that some operator type owns: \(list(owned))",
        found: list(hardware),
        help: "no node could ever serve this class; add hardware to it, or an operator type")
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

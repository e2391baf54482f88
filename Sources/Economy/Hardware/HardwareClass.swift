import Configuration

/// A kind of GPU with the machine around it; a node has one GPU.
struct HardwareClass: Sendable, Equatable {
  let name: String
  /// What a new machine costs [USD].
  var price: Double { ownPrice * newness }
  private var ownPrice: Double
  /// State: what shocks by newer generations leave of its value [1].
  var newness = 1.0
  /// Draw at the wall [W].
  let busyWatts: Double
  let idleWatts: Double
  /// Work per hour against the reference GPU of the classes it serves [1].
  let speed: Double
  /// What it counts for where rewards go by power [1].
  let rewardMultiplier: Double
  /// Nil: the same for every workload.
  let speedByWorkload: WorkloadSpeeds?
  /// Memory of the GPU [GB]; 0 where it is not said.
  let memory: Double
  /// How it is tied to other GPUs of the same place.
  let interconnect: Interconnect
  /// How it answers requests; nil: as an RTX 4090, by its speed.
  let serving: ServingLaw?
  /// What the network asks for a GPU-hour at the start [USD/GPU-h].
  private(set) var hourlyPrice: Double
  /// Share of the price that a sale brings after 1, 2, ... years; the last holds from then on.
  let residuals: [Double]
  /// Day from which it can be bought; nil: always.
  let availableFrom: Double?
  /// The class that takes its place, and what this does to it; nil: none.
  let successor: Successor?

  /// A newer generation.
  struct Successor: Sendable, Equatable {
    let name: String
    /// Multiplies what machines of the older class cost and fetch [1].
    let valueFactor: Double
    /// Multiplies what the network asks for an hour of them [1].
    let priceFactor: Double
  }

  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    ownPrice = fields.number("priceUSD", "price of a machine", unit: "USD", in: 0...1e7)
    busyWatts = fields.number("busyWatts", "draw at the wall under load", unit: "W", in: 0...1e5)
    idleWatts = fields.number("idleWatts", "draw at the wall when idle", unit: "W", in: 0...1e5)
    speed = fields.number(
      "speed", "work per hour against the reference GPU", in: 0.001...1000, default: 1)
    rewardMultiplier =
      fields.optionalNumber(
        "rewardMultiplier",
        "what it counts for where rewards go by power; as its speed, where it is left out",
        in: 0...1e6, source: "Render RNP-021: RTX 4090 1, A100 3.5, H100 4, H200 5", example: 4)
      ?? speed
    speedByWorkload = fields.object(
      "speedByWorkload", "speeds by workload, where they differ from speed",
      WorkloadSpeeds.init(reading:))
    memory = fields.number(
      "vramGB", "memory of the GPU; 0: not said", unit: "GB", in: 0...1e5, default: 0,
      source: "assumption")
    interconnect = fields.choice(
      "interconnect", "fastest way to other GPUs of the same place", default: Interconnect.none,
      source: "assumption")
    serving = fields.object(
      "serving", "how fast it answers requests; none: as an RTX 4090, by its speed",
      ServingLaw.init(reading:))
    hourlyPrice = fields.number(
      "priceUSDPerGPUHour", "price of a rental", unit: "USD/GPU-h", in: 0...1000)
    residuals = fields.numbers(
      "residualByYear", "share of the price that a sale brings after 1, 2, … years", in: 0...1,
      count: 1...30, default: [0.75, 0.66, 0.58, 0.51, 0.45])
    availableFrom = fields.optionalMoment(
      "availableFrom", "day from which machines can be bought; always, where it is left out",
      example: "2026-03-01")
    successor = fields.object("supersededBy", "the class that takes its place") { fields in
      Successor(
        name: fields.text("class", "name of the newer class", example: "rtx4090"),
        valueFactor: fields.number(
          "valueFactor",
          "multiplies what machines of the older class cost and fetch, from the day on which the "
            + "newer one comes", in: 0...10, default: 0.8,
          source: "model-facts §2.2: 0.75 to 0.85 consumer, 0.7 to 0.8 data centre"),
        priceFactor: fields.number(
          "priceFactor", "multiplies what the network asks for an hour of the older class",
          in: 0...10, default: 1, source: "assumption: prices stay"))
    }
  }

  /// Work per hour against the reference GPU, for a workload [1].
  func speed(for workload: Workload) -> Double {
    speedByWorkload?[workload] ?? speed
  }

  /// What becomes of it when its successor comes.
  mutating func supersede() {
    guard let successor else { return }
    ownPrice *= successor.valueFactor
    hourlyPrice *= successor.priceFactor
  }

  /// Resale value after an age in years [USD], linear between the years.
  func resaleValue(years: Double) -> Double {
    let curve = [1] + residuals
    let place = min(max(years, 0), Double(curve.count - 1))
    let year = min(Int(place), curve.count - 2)
    let share = curve[year] + (curve[year + 1] - curve[year]) * (place - Double(year))
    return price * share
  }
}

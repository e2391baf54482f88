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
  let workload: Workload
  let needs: Requirements
  /// Nil: it has no requests that anybody waits for.
  let latency: LatencyTerms?
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
  /// Nil: there is nothing but the network.
  let outside: Outside?
  let contract: Contract
  let terms: ServiceTerms?
  let deadline: Deadline?
  let gate: AdoptionGate?
  let clients: Clients?
  let tag: DemandTag
  let subsidy: Subsidy?
  let selfDealing: SelfDealing?

  /// Work of a job as drawn, cut at 0 and at 100,000 h [GPU-h].
  static func work(drawn: Double) -> Double {
    min(max(drawn, 0), 100_000)
  }

  private static let latencyMeaning = "how long requests inside a session take"

  /// - Parameters:
  ///   - owned: columns of the hardware that operators own; nil: whatever there is.
  ///   - fleets: what operators might bring; nil: not known.
  init(
    name: String, hardware classes: [HardwareClass], regions: [Region] = [], owned: [Int]? = nil,
    fleets: [PossibleFleet]? = nil, clouds: [Cloud] = [], reading fields: inout FieldReader
  ) {
    self.name = name
    trace = fields.object("trace", "spending from a table", DemandTrace.init(reading:))
    let observed = fields.object(
      "arrivalTrace", "observed arrivals from a table, in place of arrivalsPerHour and its shape",
      ArrivalTrace.init(reading:))
    if let observed, trace != nil, !fields.isRecording {
      fields.refuse(
        "arrivalTrace", expected: "either trace or arrivalTrace", found: "both",
        help: "the one replays spending, the other arrivals (\(observed.times.count) of them)")
    }
    if trace != nil, !fields.isRecording {
      ceiling = nil
      size = .fixed(Fixed(1))
    } else if let observed, let sizes = observed.sizes, !fields.isRecording {
      ceiling = ArrivalCeiling(replaying: observed)
      size = sizes
    } else {
      let isObserved = observed != nil && !fields.isRecording
      ceiling =
        isObserved
        ? observed.map(ArrivalCeiling.init(replaying:)) : ArrivalCeiling(reading: &fields)
      size = fields.distribution("sizeHours", "work of a job [GPU-h]", default: .fixed(1))
      if size.mean <= 0 {
        fields.refuse(
          "sizeHours", expected: "a law with a mean above 0 h", found: "mean \(size.mean)",
          help: "a job of no work is no job")
      }
    }
    workload = fields.choice(
      "workload", "what it does with a GPU: says which of the hardware's speeds holds",
      default: Workload.general, source: "")
    needs = Requirements(regions: regions, reading: &fields)
    hardware = needs.hardware(
      among: classes, for: workload, owned: owned, fleets: fleets, reading: &fields)
    latency =
      needs.latencyLimit != nil
      ? fields.section("latency", Self.latencyMeaning, LatencyTerms.init(reading:))
      : fields.object("latency", Self.latencyMeaning, LatencyTerms.init(reading:))
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
    outside = Outside(
      of: hardware.map { classes[$0] }, clouds: clouds, isReplayed: trace != nil, reading: &fields)
    contract =
      fields.rule(
        "contract", "how its users pay", from: Contract.choices, default: "onDemand") ?? .onDemand
    terms = fields.object("sla", "what its users are promised", ServiceTerms.init(reading:))
    deadline = fields.object(
      "deadline", "when a result is needed, and what it costs its user to have it later",
      Deadline.init(reading:))
    gate = fields.object(
      "adoptsAbove", "a measure that must be high enough for its users to come",
      AdoptionGate.init(reading:))
    clients = fields.object(
      "clients", "a few clients that its jobs come from, each of which leaves as a whole",
      Clients.init(reading:))
    subsidy = fields.object(
      "subsidy", "grants of the treasury to its users", Subsidy.init(reading:))
    selfDealing = fields.object(
      "selfDealing", "operators who buy their own work while the reward on it is higher",
      SelfDealing.init(reading:))
    let written = fields.choice(
      "tag",
      "why its jobs are there; of a class with a subsidy `subsidised` by default, of one of "
        + "self-dealing `wash`", default: DemandTag.organic)
    tag =
      fields.hasSome("tag") || fields.isRecording
      ? written : selfDealing != nil ? .wash : subsidy != nil ? .subsidised : .organic
    check(&fields)
  }

  /// What cannot be together.
  private func check(_ fields: inout FieldReader) {
    guard trace != nil, !fields.isRecording else { return }
    for key in ["clients", "adoptsAbove", "selfDealing"] where fields.hasSome(key) {
      fields.warn(
        key, expected: "nothing that thins arrivals, since spending is replayed",
        found: "\(key) beside trace", help: "it has no effect; leave it out")
    }
  }
}

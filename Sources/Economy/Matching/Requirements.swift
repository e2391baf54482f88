import Configuration
import Kernel

/// What a job of a class asks of machines and places before it can run.
struct Requirements: Sendable {
  /// GPUs that it needs at once, each on a node of its own [1].
  let gpus: Int
  let gang: GangPlace
  /// Whether nodes that it could use stay idle until there are enough of them.
  let holdsNodes: Bool
  /// Memory of each GPU [GB].
  let memory: Double
  let interconnect: Interconnect
  /// Where its users are.
  let users: RegionShares
  /// By region, whether it may run there; nil: anywhere.
  let allowed: [Bool]?
  /// Time in which requests of a session should be answered [ms]; nil: no matter.
  let latencyLimit: Double?

  /// How close to each other the nodes of one job must be.
  enum GangPlace: String, CaseIterable, Sendable {
    case anywhere, region
    /// Nodes of one operator: one room, where fast links are.
    case `operator`
  }

  init(regions: [Region], reading fields: inout FieldReader) {
    gpus = fields.count(
      "gpus", "GPUs that a job needs at once, each on a node of its own", in: 1...10_000,
      default: 1, source: "model-facts §3.1: median 1, mean 1.9 (Philly) to 27 (Kalos)")
    gang = fields.choice(
      "gangWithin", "how close to each other the nodes of one job must be",
      default: GangPlace.anywhere, source: "assumption")
    holdsNodes = fields.flag(
      "holdsNodes",
      "nodes it could use stay idle until there are enough for the first job in line; else jobs "
        + "behind it go first",
      default: false, source: "assumption")
    memory = fields.number(
      "vramGB", "memory that each GPU must have", unit: "GB", in: 0...1e5, default: 0,
      source: "")
    interconnect = fields.choice(
      "interconnect", "slowest way to other GPUs of the same place that will do",
      default: Interconnect.none, source: "")
    users = RegionShares(
      of: regions, "weight of each region among its users; none: all in the first",
      reading: &fields)
    allowed = Self.allowed(among: regions, &fields)
    latencyLimit = fields.optionalNumber(
      "latencyLimitMs", "time in which requests of a session should be answered", unit: "ms",
      in: 0.001...1e9, example: 300)
    if gpus > 1, interconnect > .none, gang != .operator {
      fields.warn(
        "gangWithin", expected: "\"operator\", since links join GPUs of one place",
        found: "\"\(gang.rawValue)\"",
        help: "write gangWithin: \"operator\", or leave interconnect out")
    }
  }

  private static func allowed(
    among regions: [Region], _ fields: inout FieldReader
  ) -> [Bool]? {
    let names = fields.texts(
      "allowedRegions", "regions in which it may run; none: all", default: [], example: ["us"])
    for name in names where !regions.contains(where: { $0.name == name }) {
      fields.refuse(
        name: name, "allowedRegions", expected: "names of regions", among: regions.map(\.name),
        ifNone: "add \"regions\" to the scenario")
    }
    return names.isEmpty || regions.isEmpty ? nil : regions.map { names.contains($0.name) }
  }

  /// Whether a GPU of a class of hardware can do the work.
  func fits(_ hardware: HardwareClass) -> Bool {
    hardware.memory >= memory && hardware.interconnect >= interconnect
  }

  /// Whether matching has to look at more than what hardware a node has.
  var isPlain: Bool { gpus == 1 && allowed == nil }

  func allows(region: Int) -> Bool { allowed?[region] ?? true }
}

/// The machines that operators of one type might bring.
struct PossibleFleet: Sendable {
  let hardware: Int
  let regions: RegionShares
  /// Nodes of all candidates, and of one, at the most.
  let nodes: Int
  let nodesOfOne: Int
}

extension Requirements {
  /// Columns of the hardware that serves a class, the preferred first: what the class lists, or
  /// whatever is good enough, the cheapest work first. What no node can ever serve is refused.
  ///
  /// - Parameters:
  ///   - owned: columns of the hardware that operators own; nil: whatever there is.
  ///   - fleets: what operators might bring; nil: not known.
  func hardware(
    among classes: [HardwareClass], for workload: Workload, owned: [Int]?, fleets: [PossibleFleet]?,
    reading fields: inout FieldReader
  ) -> [Int] {
    let errors = fields.errorCount
    let names = fields.texts(
      "hardware",
      "classes that can serve it, preferred first; left out: all that are good enough, cheapest "
        + "work first", default: [], example: ["rtx4090"])
    guard !fields.isRecording, fields.errorCount == errors else { return [] }
    let isListed = fields.has("hardware")
    let listed = names.compactMap { wanted in classes.firstIndex { $0.name == wanted } }
    if isListed, listed.count < max(names.count, 1) {
      if names.isEmpty
        || names.contains(where: { name in
          !classes.contains { $0.name == name } && !fields.hasLost(name: name)
        })
      {
        fields.refuse(
          "hardware", expected: "names of hardware.classes",
          found: names.isEmpty ? "none" : names.map { "\"\($0)\"" }.joined(separator: ", "),
          help: classes.isEmpty
            ? "there is none: write hardware: {classes: {gpu: {…}}}"
            : "no node could ever serve this class; choose among "
              + classes.map(\.name).joined(separator: ", "), alone: true)
      }
      return listed
    }
    let wanted = isListed ? listed : Self.byPrice(classes, workload)
    let fitting = wanted.filter { fits(classes[$0]) }
    if fitting.isEmpty, !classes.isEmpty {
      fields.refuse(
        isListed ? "hardware" : nil, expected: "hardware with \(inWords)",
        found: wanted.map { Self.inWords(classes[$0]) }.joined(separator: ", "),
        help: "no node could ever serve this class; add hardware, or ask for less")
      return wanted
    }
    if isListed, fitting.count < wanted.count {
      let others = wanted.filter { !fits(classes[$0]) }
      fields.warn(
        "hardware", expected: "hardware with \(inWords)",
        found: others.map { Self.inWords(classes[$0]) }.joined(separator: ", "),
        help: "it will not serve this class; leave it out")
    }
    return check(fitting, isListed, classes, owned: owned, fleets: fleets, &fields)
  }

  /// Columns of the classes, the cheapest work first.
  private static func byPrice(_ classes: [HardwareClass], _ workload: Workload) -> [Int] {
    func price(_ column: Int) -> Double {
      classes[column].hourlyPrice / classes[column].speed(for: workload)
    }
    return classes.indices.sorted { (price($0), $0) < (price($1), $1) }
  }

  /// What is left of the hardware when owners, regions and numbers have been looked at.
  private func check(
    _ fitting: [Int], _ isListed: Bool, _ classes: [HardwareClass], owned: [Int]?,
    fleets: [PossibleFleet]?, _ fields: inout FieldReader
  ) -> [Int] {
    func list(_ columns: [Int]) -> String {
      columns.map { "\"\(classes[$0].name)\"" }.joined(separator: ", ")
    }
    guard let owned, !fitting.isEmpty else { return fitting }
    let there = fitting.filter(owned.contains)
    if there.isEmpty {
      fields.refuse(
        isListed ? "hardware" : nil,
        expected: "hardware that some operator type owns: \(list(owned))", found: list(fitting),
        help: "no node could ever serve this class; add hardware to it, or an operator type")
      return fitting
    }
    let useful = fleets?.filter { there.contains($0.hardware) } ?? []
    let near = useful.filter { fleet in fleet.regions.columns.contains(where: allows) }
    if fleets != nil, near.isEmpty {
      fields.refuse(
        "allowedRegions", expected: "a region in which operators have \(list(there))",
        help: "no node could ever serve this class; allow more regions, or place operators there")
    } else if fleets != nil, !near.contains(where: { $0.most(gang, on: near) >= gpus }) {
      let most = near.map { $0.most(gang, on: near) }.max() ?? 0
      fields.refuse(
        "gpus", expected: "at most the \(most) nodes that operators could have \(gang.inWords)",
        help: "no node could ever serve this class; ask for fewer GPUs, or raise candidates or "
          + "nodesPerOperator")
    }
    // Hardware that nobody owns sets no price.
    return isListed ? fitting : there
  }

  private var inWords: String {
    let parts = [
      memory > 0 ? "at least \(numberText(memory)) GB" : nil,
      interconnect > .none ? "interconnect \"\(interconnect.rawValue)\" or faster" : nil,
    ]
    return parts.compactMap(\.self).joined(separator: " and ")
  }

  private static func inWords(_ hardware: HardwareClass) -> String {
    "\"\(hardware.name)\" (\(numberText(hardware.memory)) GB, \(hardware.interconnect.rawValue))"
  }
}

extension Requirements.GangPlace {
  fileprivate var inWords: String {
    switch self {
    case .anywhere: "together"
    case .region: "in one region"
    case .`operator`: "with one operator"
    }
  }
}

extension PossibleFleet {
  /// Nodes of this hardware that there could ever be at once, within a place [nodes].
  fileprivate func most(_ place: Requirements.GangPlace, on fleets: [PossibleFleet]) -> Int {
    switch place {
    case .`operator`: nodesOfOne
    case .anywhere, .region:
      // A region may be where all of them are.
      fleets.reduce(0) { $0 + ($1.hardware == hardware ? $1.nodes : 0) }
    }
  }
}

extension OperatorType {
  /// What its candidates might bring at the most.
  var possibleFleet: PossibleFleet {
    var largest = roster.largestFleet
    if case .fixed(let law) = nodesPerOperator {
      largest = min(largest, Int(min(max(law.value.rounded(), 1), 1e9)))
    }
    return PossibleFleet(
      hardware: hardware, regions: regions, nodes: roster.candidates * largest,
      nodesOfOne: largest)
  }
}

import Kernel
import Testing

@testable import Economy
@testable import Scenarios

/// A network of a few machines without prices, churn or token, and what a test lays over it.
enum MatchingBench {
  static let text = """
    {
      start: "2025-01-01", horizonDays: 20, seed: 3, replicates: 1, token: "none", market: "none",
      regions: {
        north: {electricityUSDPerKWh: {rule: "fixed", value: 0.1}, roundTripMs: {south: 100}},
        south: {electricityUSDPerKWh: {rule: "fixed", value: 0.2}, roundTripMs: {south: 4}},
      },
      hardware: {classes: {
        gpu: {priceUSD: 0, busyWatts: 500, idleWatts: 50, priceUSDPerGPUHour: 0.5, vramGB: 24},
        big: {priceUSD: 0, busyWatts: 1000, idleWatts: 100, priceUSDPerGPUHour: 0.8, speed: 2,
          vramGB: 80, interconnect: "nvlink"},
      }},
      operators: {types: {
        home: {hardware: "gpu", candidates: 4, activeAtStart: 4, regions: {north: 1}},
        away: {hardware: "gpu", candidates: 4, activeAtStart: 4, regions: {south: 1}},
        site: {hardware: "big", candidates: 1, activeAtStart: 1, regions: {south: 1},
          nodesPerOperator: {rule: "fixed", value: 4}},
      }},
      demand: {classes: {
        jobs: {arrivalsPerHour: 2, headroom: 1, sizeHours: {rule: "exponential", mean: 2}},
      }},
      loss: {detectionSeconds: 0},
    }
    """

  static func scenario(_ settings: [String] = []) throws -> Scenario {
    try Scenario(text: text, setting: settings)
  }
}

/// A run that a test can change from outside before it opens, and look at between events.
struct OpenRun {
  var model: NetworkModel
  var queue = EventQueue<NetworkEvent>()

  init(
    _ scenario: Scenario, replicate: UInt32 = 1, _ change: (inout NetworkState) -> Void = { _ in }
  ) {
    model = NetworkModel(
      state: NetworkState(
        stages: scenario.variants[0].stages.map { ($0.day, $0.settings) },
        horizon: .days(scenario.horizonDays), measureEvery: .days(scenario.measureEveryDays),
        luck: Luck(seed: scenario.seed, replicate: replicate)))
    change(&model.state)
    model.state.enter(&queue)
    model.state.open(&queue)
  }

  var state: NetworkState { model.state }

  /// Runs to the horizon and calls back after every event.
  mutating func run(_ look: (NetworkState, NetworkEvent) -> Void = { _, _ in }) {
    while let event = queue.next(until: model.state.horizon) {
      model.handle(event, &queue)
      look(model.state, event)
    }
  }
}

extension NetworkState {
  /// What is wrong with who serves what and who waits where, in sentences; empty while all is well.
  var matchingFaults: [String] {
    var faults: [String] = []
    let unused = Set(jobs.unusedSlots)
    var waiting: Set<Int> = []
    var members: [Int: Int] = [:]
    func walk(_ line: WaitingLine, _ name: String) {
      var job = Int(line.head)
      while job >= 0 {
        if !waiting.insert(job).inserted { faults.append("job \(job) waits twice, in \(name)") }
        job = Int(jobs[job].next)
      }
    }
    for kind in lines.indices { walk(lines[kind], "line \(kind)") }
    for node in match.queues.indices {
      walk(match.queues[node].line, "the line of node \(node)")
      if match.queues[node].line.head >= 0,
        !nodes[node].state.isOnline || nodes[node].state == .idle
      {
        faults.append("jobs wait at node \(node), which is \(nodes[node].state)")
      }
    }
    var idleNodes = 0
    for node in nodes.indices {
      switch nodes[node].state {
      case .serving: members[Int(nodes[node].link), default: 0] += 1
      case .idle: idleNodes += 1
      case .absent, .offline, .failed, .pending, .cutOff: break
      }
    }
    let listed = settings.hardware.indices.reduce(0) { $0 + Int(idle.count(of: $1)) }
    if listed != idleNodes { faults.append("\(idleNodes) nodes are idle, \(listed) are listed") }
    for job in 0..<jobs.slots where !unused.contains(job) {
      let leader = Int(jobs[job].node)
      if leader >= 0 {
        var chain = 0
        var node = leader
        while node >= 0 {
          chain += 1
          if Int(nodes[node].link) != job || nodes[node].state != .serving {
            faults.append("node \(node) does not serve job \(job)")
          }
          node = match.nextOfGang.isEmpty ? -1 : Int(match.nextOfGang[node])
        }
        if members[job] != chain { faults.append("job \(job) has \(chain) nodes of \(members)") }
        if chain != settings.demand.classes[Int(jobs[job].kind)].needs.gpus {
          faults.append("job \(job) runs on \(chain) nodes")
        }
      }
      if leader >= 0, waiting.contains(job) { faults.append("job \(job) waits and runs") }
    }
    if gauges.queuedJobs.level != waiting.count {
      faults.append("\(waiting.count) jobs wait, \(gauges.queuedJobs.level) are counted")
    }
    let busy = members.values.reduce(0, +)
    if gauges.busyNodes.level != busy {
      faults.append("\(busy) nodes serve, \(gauges.busyNodes.level) are counted")
    }
    return faults
  }
}

import Kernel

/// Nodes that are out of reach together.
extension NetworkState {
  func scheduleOutages(_ queue: inout EventQueue<NetworkEvent>) {
    for area in outages.areas.indices { scheduleOutage(in: area, &queue) }
  }

  /// Schedules the next outage of an area: a Poisson process.
  private func scheduleOutage(in index: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let process = settings.operators.outages[outages.areas[index].process]
    guard process.perYear > 0 else { return }
    var stream = luck.stream(
      .outageGap, entity: identity(ofArea: index), index: outages.numbers[index])
    let years = -Elementary.log(stream.uniform()) / process.perYear
    schedule(
      .outageBegins, slot: index, after: .days(years * Span.daysPerYear), Phases.work, &queue)
  }

  /// What keys the luck of an area's outages: the place of the process in the file, and what it hits.
  private func identity(ofArea index: Int) -> UInt64 {
    let (process, area) = outages.areas[index]
    return UInt64(process) << 32 | UInt64(area.place)
  }

  mutating func beginOutage(in index: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let (column, area) = outages.areas[index]
    let process = settings.operators.outages[column]
    let number = outages.numbers[index]
    outages.numbers[index] += 1
    var stream = luck.stream(.outageLength, entity: identity(ofArea: index), index: number)
    let length = SimDuration.hours(process.hours.sample(using: &stream))
    let slot = begin(
      OutageState.Running(
        area: area, share: process.share, number: Outage.index(process: column, number: number),
        shock: nil), &queue)
    schedule(.outageEnds, slot: slot, after: length, Phases.work, &queue)
    scheduleOutage(in: index, &queue)
  }

  /// A shock cuts nodes off until it is over.
  mutating func beginOutage(shock index: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let shock = settings.shocks[index]
    let number = outages.shockNumbers[index]
    outages.shockNumbers[index] += 1
    _ = begin(
      OutageState.Running(
        area: OutageState.Area(
          scope: shock.place == nil ? .all : .region, place: shock.place ?? 0),
        share: shock.share, number: Outage.index(shock: index, number: number), shock: index),
      &queue)
  }

  mutating func endOutage(shock index: Int, _ queue: inout EventQueue<NetworkEvent>) {
    if let slot = outages.slot(ofShock: index) { endOutage(slot, &queue) }
  }

  /// Cuts off the nodes that an outage hits.
  ///
  /// Those that serve come last, so that no job they lose goes to a node that is cut off in the same
  /// instant.
  private mutating func begin(
    _ outage: OutageState.Running, _ queue: inout EventQueue<NetworkEvent>
  ) -> Int {
    if outage.share > 0 { interval.outages += 1 }
    var serving: [Int] = []
    for node in nodes.indices where isHit(node, by: outage) {
      outages.change(node, isIn: true)
      switch nodes[node].state {
      case .idle: cutOff(node, &queue)
      case .serving: serving.append(node)
      case .absent, .offline, .failed, .cutOff, .pending: break
      }
    }
    for node in serving where nodes[node].state == .serving { cutOff(node, &queue) }
    return outages.begin(outage)
  }

  /// Ends an outage; nodes that no other one holds are back.
  mutating func endOutage(_ slot: Int, _ queue: inout EventQueue<NetworkEvent>) {
    guard let outage = outages.end(slot) else { return }
    for node in nodes.indices where isHit(node, by: outage) {
      outages.change(node, isIn: false)
      guard outages.holds[node] == 0, nodes[node].state == .cutOff else { continue }
      nodes[node].step(.reached)
      gauges.cutOffNodes.change(by: -1, at: queue.now)
      beReady(node, at: queue.now)
      offer(node: node, &queue)
    }
  }

  private func isHit(_ node: Int, by outage: OutageState.Running) -> Bool {
    let isInside =
      switch outage.area.scope {
      case .region: Int(operators.region[Int(nodeOwners[node])]) == outage.area.place
      case .type: Int(nodes[node].type) == outage.area.place
      case .all: true
      }
    guard isInside else { return false }
    if outage.share >= 1 { return true }
    var stream = luck.stream(.outageHit, entity: nodeIdentities[node], index: outage.number)
    return stream.uniform() < outage.share
  }

  private mutating func cutOff(_ node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let isDraining = drains.areUsed && drains.isDraining[node]
    goOffline(node, .cutOff, &queue)
    gauges.cutOffNodes.change(by: 1, at: queue.now)
    // It has nothing left to finish.
    if isDraining { endSession(of: node, early: true, &queue) }
  }
}

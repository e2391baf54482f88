import Kernel

extension NetworkState {
  /// Draws the sample requests of a session that has finished and says whether it met its limit;
  /// nil where it has none.
  @discardableResult @inline(never)
  mutating func sampleRequests(of job: JobRow, until now: SimTime) -> Bool? {
    let kind = Int(job.kind)
    guard job.node >= 0, let terms = settings.demand.classes[kind].latency else { return nil }
    let node = Int(job.node)
    let hardware = settings.hardware[Int(nodes[node].hardware)]
    let user = userRegion(of: job)
    let type = settings.operators.types[Int(nodes[node].type)]
    let speed = settings.speed(of: Int(nodes[node].hardware), for: kind)
    let session = LatencyTerms.Session(
      distance: settings.roundTrips.between(user, region(of: node)),
      nodeLine: type.access.roundTrip, wait: (job.start - job.arrival).inSeconds,
      duration: (now - job.start).inSeconds,
      law: hardware.serving ?? ServingLaw.rtx4090.scaled(by: 1 / speed))
    var rates = luck.stream(.requestRate, entity: job.identity)
    let rate = max(0, terms.requestRate.sample(using: &rates))
    let limit = settings.demand.classes[kind].needs.latencyLimit
    var inside = 0
    for number in 0..<terms.samples {
      var stream = luck.stream(.request, entity: job.identity, index: UInt32(number))
      let latency = terms.sample(session, requestsPerSecond: rate, using: &stream)
      interval.latency.add(min(latency, 1e15), class: kind)
      if let limit, latency <= limit { inside += 1 }
    }
    guard limit != nil else { return nil }
    let isMet = Double(inside) >= terms.withinShare * Double(terms.samples)
    interval.latency.judge(isMet, class: kind)
    return isMet
  }
}

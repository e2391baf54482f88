import Kernel

/// The cheapest cloud for a class as it stands until prices, shocks or settings change.
struct OutsideView: Sendable {
  /// Place among the clouds of the class.
  let option: Int
  /// Before shocks [USD/GPU-h of speed 1].
  let price: Double
  /// With the value of waiting, for a request that is served at once, and for one that is not
  /// [USD/GPU-h].
  let there: Double
  let thereUnserved: Double
  /// Share of requests that are served at once [1].
  let availability: Double
  /// Waiting time of a request, those that are not served at once among them [h].
  let waiting: Double
  let switching: Switching
  /// Mean work of a job [GPU-h], where that is what is counted; nil: each request's own is.
  let meanWork: Double?
}

/// What users could do instead.
extension NetworkState {
  /// Looks up which cloud is the cheapest for each class, waiting included.
  mutating func lookOutside(at now: SimTime) {
    for index in users.indices {
      let outside = settings.demand.classes[index].outside
      let view = outside.flatMap { cheapest($0, for: index, on: now.inDays) }
      users[index].outside = view
      users[index].cloudPrice = view?.price ?? .nan
      users[index].cloudWaiting = view?.waiting ?? .nan
    }
  }

  private func cheapest(_ outside: Outside, for index: Int, on day: Double) -> OutsideView? {
    let demand = settings.demand.classes[index]
    // What an hour of waiting is worth, for each hour of work of a mean job.
    let size = max(demand.size.mean, 1e-9)
    var best: OutsideView?
    var lowest = Double.infinity
    for (number, option) in outside.options.enumerated() {
      let price = option.price(on: day)
      let (share, unserved) = option.service(on: day)
      let availability = share * cloudAvailability
      let there = price * cloudFactor + option.waiting * demand.timeValue / size
      let late = unserved * demand.timeValue / size
      let expected = there + (1 - availability) * late
      guard expected < lowest else { continue }
      lowest = expected
      best = OutsideView(
        option: number, price: price, there: there, thereUnserved: there + late,
        availability: availability, waiting: option.waiting + (1 - availability) * unserved,
        switching: outside.switching, meanWork: outside.isCounted ? nil : demand.size.mean)
    }
    return best
  }

  /// Whether a request goes to the cloud, which is then billed; one that the cloud does not serve at
  /// once comes here where that is cheaper than waiting for it.
  @inline(never)
  mutating func goesToCloud(class index: Int, _ identity: UInt64, by who: UInt64) -> Bool {
    guard let view = users[index].outside else { return false }
    var stream = luck.stream(
      view.switching.purpose, entity: view.switching.isOfRequests ? identity : who)
    let cost = users[index].cost
    guard
      view.switching.prefersCloud(cost: cost, there: view.there, uniform: stream.uniform())
    else { return false }
    if view.availability < 1 {
      interval.demand.cloudRequests += 1
      var stream = luck.stream(.cloudService, entity: identity)
      if stream.uniform() >= view.availability {
        interval.demand.cloudUnserved += 1
        if cost <= view.thereUnserved { return false }
      }
    }
    let work = view.meanWork ?? work(class: index, identity)
    rentFromCloud(work, price: view.price * cloudFactor)
    return true
  }

  @inline(__always)
  private mutating func rentFromCloud(_ work: Double, price: Double) {
    let dollars = microdollars(min(work * price, 1e9))
    interval.demand.cloudHours += work
    interval.demand.cloudSpend += Double(dollars) / 1e6
    cloudBill += dollars
  }

  /// Users pay the clouds for what they rented there since the last settlement.
  mutating func payClouds() {
    ledger.settle(.dollars, cloudBill, from: .world, to: .users, .userIncome)
    ledger.settle(.dollars, cloudBill, from: .users, to: .world, .cloudBill)
    cloudBill = 0
  }
}

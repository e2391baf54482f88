import Kernel
import Testing

/// One server, Poisson arrivals, exponential service.
private struct SingleServer: Model {
  enum Event: UInt8, BitwiseCopyable { case arrival, departure }

  let arrivals: Exponential
  let service: Exponential
  let luck = Luck(seed: 11, replicate: 0)
  var arrived: UInt64 = 0
  var served: UInt64 = 0
  var inSystem = Level(at: .zero)

  mutating func handle(_ event: Event, _ queue: inout EventQueue<Event>) {
    switch event {
    case .arrival:
      inSystem.change(by: 1, at: queue.now)
      arrived += 1
      if inSystem.value == 1 { startService(&queue) }
      scheduleArrival(&queue)
    case .departure:
      inSystem.change(by: -1, at: queue.now)
      served += 1
      if inSystem.value > 0 { startService(&queue) }
    }
  }

  func scheduleArrival(_ queue: inout EventQueue<Event>) {
    var stream = luck.stream(Purpose(rawValue: 1), entity: arrived)
    let gap = SimDuration.seconds(arrivals.sample(using: &stream))
    queue.schedule(.arrival, at: queue.now + gap, phase: Phase(rawValue: 1))
  }

  func startService(_ queue: inout EventQueue<Event>) {
    var stream = luck.stream(Purpose(rawValue: 2), entity: served)
    let length = SimDuration.seconds(service.sample(using: &stream))
    queue.schedule(.departure, at: queue.now + length, phase: Phase(rawValue: 1))
  }
}

struct SimulationTests {
  private func singleServer(load: Double) -> Simulation<SingleServer> {
    var simulation = Simulation(
      model: SingleServer(arrivals: Exponential(mean: 1 / load), service: Exponential(mean: 1)))
    simulation.model.scheduleArrival(&simulation.queue)
    return simulation
  }

  @Test(arguments: [0.3, 0.6])
  func `mean number in the system agrees with the M/M/1 formula`(load: Double) {
    var simulation = singleServer(load: load)
    var means = Tally()
    for batch in 1...20 {
      let start = SimTime.days(0.01 * Double(batch - 1))
      let end = SimTime.days(0.01 * Double(batch))
      simulation.model.inSystem.restart(at: start)
      simulation.run(until: end)
      means.add(simulation.model.inSystem.mean(until: end))
    }
    // Half-width of the 99.9 % interval from 20 batch means, each of 864 mean service times.
    let halfWidth = StudentT.quantile(0.9995, degrees: 19) * means.deviation / 20.0.squareRoot()
    #expect(abs(means.mean - load / (1 - load)) < halfWidth)
    #expect(halfWidth < 0.4)
  }

  @Test func `stopping and going on changes nothing`() {
    var straight = singleServer(load: 0.7)
    var halting = straight
    let handled = straight.run(until: .hours(2))
    var sum = 0
    for minute in 1...120 { sum += halting.run(until: .hours(Double(minute) / 60)) }
    #expect(sum == handled)
    #expect(halting.model.inSystem == straight.model.inSystem)
    #expect(halting.queue.scheduled == straight.queue.scheduled)
  }

  @Test func `a run of so many events at most goes on where it stopped`() {
    var straight = singleServer(load: 0.7)
    var halting = straight
    let handled = straight.run(until: .hours(1))
    var counts = [halting.run(until: .hours(1), atMost: 1000)]
    while counts[counts.count - 1] == 1000 {
      counts.append(halting.run(until: .hours(1), atMost: 1000))
    }
    #expect(counts.count > 3 && counts.reduce(0, +) == handled)
    #expect(halting.model.inSystem == straight.model.inSystem)
    #expect(straight.run(until: .hours(2), atMost: 0) == 0)
  }
}

extension SimTime {
  fileprivate static func hours(_ count: Double) -> SimTime { .zero + .hours(count) }
}

import Economy
import Scenarios
import Synchronization
import Testing

@testable import Experiments

struct ExperimentTests {
  private let plan = Plan.toy([.toy(1), .toy(2)])

  @Test(arguments: [1, 2, 7]) func `outcomes stand in the order of units whatever the threads`(
    threads: Int
  ) async throws {
    let sink = MemorySink()
    let result = try await Experiment.toy(plan, threads: threads).run(into: sink, watch: Watch())
    for (unit, outcome) in zip(plan.units, result.outcomes) {
      let toy = Toy(plan.variants[unit.variant], unit.replicate, plan.horizon)
      #expect(outcome.summary[Toy.price] == toy.level * (1 + toy.noise))
      #expect(outcome.events.total == 40)
    }
  }

  @Test func `every replicate hands over a row at the start and one an interval`() async throws {
    let sink = MemorySink()
    _ = try await Experiment.toy(plan).run(into: sink, watch: Watch())
    let rows = sink.log.withLock { $0.rows }
    #expect(rows.count == 16)
    #expect(rows.values.allSatisfy { $0 == 5 })
  }

  @Test func `what the sink holds already is not run again`() async throws {
    let sink = MemorySink()
    let kept = ReplicateOutcome(
      summary: [42], events: EventTally(total: 1, stale: 0, kinds: []), warnings: [])
    sink.log.withLock { $0.outcomes[WorkUnit(variant: 1, replicate: 5)] = kept }
    let result = try await Experiment.toy(plan).run(into: sink, watch: Watch())
    #expect(result.outcomes[12] == kept)
    #expect(sink.log.withLock { $0.rows.count } == 15)
  }

  @Test func `progress ends at all the days there are`() async throws {
    let last = Latest()
    _ = try await Experiment.toy(plan).run(
      into: MemorySink(), watch: Watch { last.set($0) })
    let progress = try #require(last.progress)
    #expect(progress == RunProgress(days: 64, totalDays: 64, events: 640))
  }

  @Test func `progress does not fall back after the pilots of a steady state`() async throws {
    let plan = Plan.toy(
      [.toy(1), .toy(2)], analysis: .steadyState(measures: ["jobs_in_system"]))
    let shares = Mutex<[Double]>([])
    let watch = Watch { progress in
      shares.withLock { $0.append(progress.days / progress.totalDays) }
    }
    _ = try await Experiment.toy(plan).run(into: MemorySink(), watch: watch)
    let seen = shares.withLock { $0 }
    #expect(seen.count == 4 * (2 * 8 + 2 * 10) && seen.last == 1)
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func `a raised interrupt stops the run and the open replicate is discarded`() async {
    let interrupt = Interrupt()
    let sink = MemorySink()
    let watch = Watch(interrupt: interrupt) { if $0.days > 9 { interrupt.raise() } }
    await #expect {
      try await Experiment.toy(plan, threads: 1).run(into: sink, watch: watch)
    } throws: {
      guard case .interrupted? = $0 as? ExperimentError else { return false }
      return true
    }
    #expect(sink.log.withLock { $0.discarded } == [WorkUnit(variant: 0, replicate: 3)])
    #expect(sink.log.withLock { $0.outcomes.count } == 2)
  }

  @Test(arguments: [true, false])
  func `a signal or a limit is noticed while a network opens`(isSignal: Bool) async {
    let interrupt = Interrupt()
    let sink = MemorySink()
    var limits = RunLimits()
    if !isSignal { limits.memoryBytes = 1 }
    let experiment = Experiment(plan, threads: 1) {
      variant, replicate, end, look throws(ExperimentError) in
      if isSignal { interrupt.raise() }
      try look()
      return Toy(variant, replicate, end)
    }
    await #expect {
      try await experiment.run(into: sink, watch: Watch(limits: limits, interrupt: interrupt))
    } throws: {
      switch $0 as? ExperimentError {
      case .interrupted: isSignal
      case .limit(let error): !isSignal && error.quantity == .memory
      default: false
      }
    }
    #expect(sink.log.withLock { $0.discarded } == [WorkUnit(variant: 0, replicate: 1)])
  }

  @Test func `books that do not balance name the unit`() async {
    await #expect {
      try await Experiment.toy(plan, breakingFromDay: 2).run(into: MemorySink(), watch: Watch())
    } throws: {
      guard case .invariant(let unit, let failure)? = $0 as? ExperimentError else { return false }
      return unit == WorkUnit(variant: 0, replicate: 3) && failure.message == "a dollar is missing"
    }
  }

  @Test func `a sink that cannot write ends the run`() async {
    await #expect {
      try await Experiment.toy(plan).run(into: MemorySink(refusesToOpen: true), watch: Watch())
    } throws: {
      guard case .sink(let error)? = $0 as? ExperimentError else { return false }
      return error == SinkError("the disk is full")
    }
  }

  @Test(arguments: [LimitError.Quantity.events, .wallTime, .memory, .disk])
  func `crossing a limit names the quantity`(quantity: LimitError.Quantity) async {
    var limits = RunLimits()
    switch quantity {
    case .events: limits.events = 100
    case .wallTime: limits.wallSeconds = 0
    case .memory: limits.memoryBytes = 1
    case .disk: limits.diskBytes = 999
    }
    let sink = MemorySink(bytesWritten: 1_000)
    await #expect {
      try await Experiment.toy(plan).run(into: sink, watch: Watch(limits: limits))
    } throws: {
      guard case .limit(let error)? = $0 as? ExperimentError else { return false }
      return error.quantity == quantity && error.reached > error.limit
    }
  }
}

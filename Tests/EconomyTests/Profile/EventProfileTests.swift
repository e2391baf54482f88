import Kernel
import Synchronization
import Testing

@testable import Economy
@testable import Scenarios

/// A clock for one slice of a run: in the trial readings come 2 ns apart; after it 5 ns pass until
/// an event is taken, and 7 ns until it is handled.
private final class ScriptedClock: Sendable {
  private let count = Atomic(0)

  var read: @Sendable () -> UInt64 {
    {
      let number = self.count.wrappingAdd(1, ordering: .relaxed).oldValue
      let trial = 2 * EventProfile.trialEvents
      guard number > trial else { return UInt64(2 * number) }
      let after = number - trial
      return UInt64(2 * trial + after / 2 * 12 + after % 2 * 5)
    }
  }
}

/// A clock that goes on by 1 ns with each reading.
private func ticking() -> @Sendable () -> UInt64 {
  let ticks = Ticks()
  return { ticks.count.wrappingAdd(1, ordering: .relaxed).newValue }
}

private final class Ticks: Sendable {
  let count = Atomic<UInt64>(0)
}

struct EventProfileTests {
  private func run(
    _ clock: @escaping @Sendable () -> UInt64, slices: Int = 1
  ) throws -> NetworkRun {
    var run = try SmallNetwork.scenario().run()
    run.profile = EventProfile(clock: clock)
    for slice in 1...slices {
      try run.run(until: .days(40 * Double(slice) / Double(slices)))
    }
    return run
  }

  @Test func `a clock of known steps gives exact times, without what timing takes`() throws {
    let run = try run(ScriptedClock().read)
    let profile = try #require(run.profile)
    let events = run.events.total
    #expect(profile.ownNanosecondsPerEvent == 4)
    #expect(profile.ownNanoseconds == Double(4 * (64 + events)))
    for part in profile.parts {
      #expect(part.nanoseconds == Double(part.events.map { $0 * 5 } ?? events * 3), "\(part.name)")
    }
  }

  @Test(arguments: [1, 40]) func `kinds and stale events add up to those of the run`(
    slices: Int
  ) throws {
    let run = try run(ticking(), slices: slices)
    let parts = try #require(run.profile).parts.dropFirst()
    #expect(
      parts.map { "\($0.name) \($0.events ?? 0)" }
        == run.events.byKind.filter { $0.count > 0 }.map { "\($0.name) \($0.count)" })
    #expect(parts.reduce(0) { $0 + ($1.stale ?? 0) } == run.events.stale)
    #expect(run.events.stale > 0)
    #expect(parts.first { $0.name == "jobArrived" }?.stale == 0)
    #expect(parts.allSatisfy { $0.nanoseconds == 0 })
  }

  @Test func `a run tells the same with a profile as without`() throws {
    var profiled = try run(ticking(), slices: 3)
    var plain = try SmallNetwork.scenario().finished()
    #expect(profiled.summary().map(\.bits) == plain.summary().map(\.bits))
    #expect(
      profiled.takeSeries().map { $0.values.map(\.bits) }
        == plain.takeSeries().map { $0.values.map(\.bits) })
    #expect(profiled.events.total == plain.events.total)
  }

  @Test func `profiles of two runs add up`() throws {
    let one = try #require(try run(ScriptedClock().read).profile)
    var both = one
    both.add(one)
    #expect(both.runs == 2)
    #expect(both.ownNanosecondsPerEvent == 4)
    #expect(both.ownNanoseconds == 2 * one.ownNanoseconds)
    for (sum, part) in zip(both.parts, one.parts) {
      #expect(sum.events == part.events.map { 2 * $0 })
      #expect(sum.stale == part.stale.map { 2 * $0 })
      #expect(sum.nanoseconds == 2 * part.nanoseconds)
    }
  }

  @Test func `a profile of nothing has no kinds and cost nothing`() {
    let profile = EventProfile(clock: ticking())
    #expect(profile.parts.map(\.name) == ["queue"])
    #expect(profile.ownNanoseconds == 0)
  }

  @Test func `every kind of event has words of its own`() {
    let words = NetworkEvent.Kind.allCases.map(\.words)
    #expect(Set(words).count == words.count)
  }
}

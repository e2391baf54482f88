public import Experiments
import Kernel

/// The hold model: the first pending event is taken and put back after an exponential delay.
///
/// Vaucher and Duval, "A comparison of simulation event list algorithms", CACM 1975. Before the
/// clock starts the queue is filled and every event has been put back once on average.
public struct HoldBenchmark: Benchmark {
  public static let usualSizes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000]

  public let pending: Int
  public let holds: Int

  public init(pending: Int) {
    self.pending = pending
    holds = Self.holds(pending: pending)
  }

  /// Enough to last a fifth of a second, and to move every event once.
  public static func holds(pending: Int) -> Int { max(5_000_000, pending) }

  public var sizes: [Figure] { [Figure("pending", pending)] }

  public func run(_ interrupt: Interrupt) throws(BenchmarkError) -> Reading {
    guard !interrupt.isRaised else { throw .interrupted }
    var model = HoldModel(pending: pending)
    model.hold(pending)
    let begin = ContinuousClock.now
    model.hold(holds)
    return Reading(events: holds, seconds: (ContinuousClock.now - begin) / .seconds(1))
  }
}

/// A queue in which as many events are always pending.
struct HoldModel {
  /// An event of the usual 8 bytes.
  struct Event: BitwiseCopyable, Sendable {
    let number: UInt64
  }

  private(set) var queue: EventQueue<Event>
  private let luck = Luck(seed: 1, replicate: 1)
  private let delay = Exponential(mean: 1)
  /// Counter: streams opened.
  private var streams: UInt32 = 0

  init(pending: Int) {
    queue = EventQueue(reserving: pending)
    var left = pending
    eachDelay(pending) { queue, delay in
      left -= 1
      queue.schedule(Event(number: UInt64(left)), at: .zero + delay, phase: Self.phase)
    }
  }

  /// Takes the first event and puts it back, so many times.
  mutating func hold(_ count: Int) {
    eachDelay(count) { queue, delay in
      guard let event = queue.next(until: .farFuture) else {
        preconditionFailure("the queue of the hold model is never empty")
      }
      queue.schedule(event, at: queue.now + delay, phase: Self.phase)
    }
  }

  private static let phase = Phase(rawValue: 1)
  /// Parameter: delays drawn from one stream, which has 2¹⁸ words.
  private static let delaysPerStream = 1 << 16

  /// Draws delays in sequence, as the peers do: a uniform number and a logarithm for each.
  @inline(__always)
  private mutating func eachDelay(
    _ count: Int, _ body: (inout EventQueue<Event>, SimDuration) -> Void
  ) {
    var left = count
    while left > 0 {
      var stream = luck.stream(Purpose(rawValue: 0), entity: 0, index: streams)
      streams += 1
      for _ in 0..<min(left, Self.delaysPerStream) {
        body(&queue, .hours(delay.sample(using: &stream)))
      }
      left -= Self.delaysPerStream
    }
  }
}

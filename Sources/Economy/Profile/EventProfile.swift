/// What a run spends its time on: the queue, and each kind of event.
///
/// The clock is handed in, because nothing here may know the time of day. It is read before and
/// after each event. Before each slice of the run empty events are timed and booked in the same
/// way, so that what this costs is known under the circumstances of this very run and can be taken
/// out; the quickest trial counts, which no other program has disturbed.
public struct EventProfile: Sendable {
  /// Empty events in a trial.
  static let trialEvents = 64

  /// Parameter: gives a time that never goes back [ns].
  let clock: @Sendable () -> UInt64

  /// Counter: replicates in the profile.
  public private(set) var runs = 1
  /// Counter: time from the end of an event to the start of the next, as the clock tells it [ns].
  private(set) var queue: UInt64 = 0
  /// Counters, by kind of event.
  private(set) var kinds = NetworkEvent.Kind.allCases.map { _ in Kind() }
  /// Counter: trials.
  private(set) var trials = 0
  /// Cache: time between and in the events of the quickest trial [ns]; nil before the first.
  private(set) var emptyQueue: UInt64?
  private(set) var emptyHandling: UInt64?

  /// Events of one kind.
  struct Kind: Sendable {
    var events = 0
    var stale = 0
    /// Time of handling them, as the clock tells it [ns].
    var time: UInt64 = 0
  }

  public init(clock: @escaping @Sendable () -> UInt64) {
    self.clock = clock
  }

  /// Takes the profile of another run in, read from the same clock.
  public mutating func add(_ other: EventProfile) {
    runs += other.runs
    queue += other.queue
    trials += other.trials
    keepQuickest(queue: other.emptyQueue, handling: other.emptyHandling)
    for kind in kinds.indices {
      kinds[kind].events += other.kinds[kind].events
      kinds[kind].stale += other.kinds[kind].stale
      kinds[kind].time += other.kinds[kind].time
    }
  }
}

extension EventProfile {
  /// Times events in which nothing happens; gives the last reading of the clock.
  mutating func tryEmptyEvents() -> UInt64 {
    var empty = EventProfile(clock: clock)
    var before = clock()
    for _ in 0..<Self.trialEvents {
      let taken = clock()
      let handled = clock()
      empty.note(.jobArrived, stale: 0, queue: taken - before, handling: handled - taken)
      before = handled
    }
    trials += 1
    keepQuickest(queue: empty.queue, handling: empty.kinds.reduce(0) { $0 + $1.time })
    return before
  }

  /// Books an event that was waited for, and then handled, for so long [ns].
  mutating func note(_ kind: NetworkEvent.Kind, stale: Int, queue: UInt64, handling: UInt64) {
    let kind = Int(kind.rawValue)
    kinds[kind].events += 1
    kinds[kind].stale += stale
    kinds[kind].time += handling
    self.queue += queue
  }

  private mutating func keepQuickest(queue: UInt64?, handling: UInt64?) {
    emptyQueue = [emptyQueue, queue].compactMap(\.self).min()
    emptyHandling = [emptyHandling, handling].compactMap(\.self).min()
  }
}

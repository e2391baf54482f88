/// A part of a run and what it took.
public struct ProfiledPart: Sendable, Equatable {
  /// Name as in `run.json`, or `queue`.
  public let name: String
  /// What happens, in words.
  public let words: String
  /// Events, stale ones included; nil for the queue.
  public let events: Int?
  /// Of these, events whose entity had moved on.
  public let stale: Int?
  /// Time without what the profile itself took [ns].
  public let nanoseconds: Double
}

extension EventProfile {
  /// What timing and booking one event takes [ns].
  public var ownNanosecondsPerEvent: Double { ownPerGap + ownPerHandling }

  /// What the profile itself took, trials included [ns].
  public var ownNanoseconds: Double {
    Double(events + trials * Self.trialEvents) * ownNanosecondsPerEvent
  }

  /// The queue and the kinds that occurred, in the economy's order.
  public var parts: [ProfiledPart] {
    let queue = ProfiledPart(
      name: "queue", words: "the next event is found", events: nil, stale: nil,
      nanoseconds: Self.net(self.queue, events, ownPerGap))
    return [queue]
      + zip(NetworkEvent.Kind.allCases, kinds).filter { $0.1.events > 0 }.map { name, kind in
        ProfiledPart(
          name: "\(name)", words: name.words, events: kind.events, stale: kind.stale,
          nanoseconds: Self.net(kind.time, kind.events, ownPerHandling))
      }
  }

  private var events: Int { kinds.reduce(0) { $0 + $1.events } }
  private var ownPerGap: Double { Double(emptyQueue ?? 0) / Double(Self.trialEvents) }
  private var ownPerHandling: Double { Double(emptyHandling ?? 0) / Double(Self.trialEvents) }

  /// Time less the profile's own of each event; not below 0, where the two can hardly be told
  /// apart.
  private static func net(_ time: UInt64, _ events: Int, _ own: Double) -> Double {
    max(0, Double(time) - Double(events) * own)
  }
}

import Benchmarks

/// The readings of one piece of work, taken in turn: ours, each peer, ours again.
struct Contest: Codable {
  let work: String
  /// In the order they were taken.
  let readings: [Reading]
  let ratios: [Ratio]

  /// Ours ÷ a peer's, of events in the same time.
  struct Ratio: Codable {
    let peer: String
    /// Medians over the rounds [10⁶ events/s].
    let ours: Double
    let theirs: Double
    /// Median, smallest and largest over the rounds; in a round both ran one after the other.
    let median: Double
    let smallest: Double
    let largest: Double
    let rounds: Int
  }

  /// Runs whose wall time is above this are not repeated more than three times [s].
  private static let long = 20.0

  init(_ work: Work, ours: Contender, peers: [Contender], rounds: Int) throws {
    self.work = work.name
    var readings: [Reading] = []
    for round in 0..<(work.isLong ? min(rounds, 3) : rounds) {
      for contender in [ours] + peers {
        let isLong = readings.contains { $0.contender == contender.name && $0.seconds > Self.long }
        guard let command = contender.command(work), round < 3 || !isLong else { continue }
        readings.append(try contender.reading(of: work, command: command))
      }
    }
    self.readings = readings
    let own = readings.filter { $0.contender == ours.name }.map(\.millionEventsPerSecond)
    ratios = peers.compactMap { peer in
      let theirs = readings.filter { $0.contender == peer.name }.map(\.millionEventsPerSecond)
      return theirs.isEmpty ? nil : Ratio(peer: peer.name, ours: own, theirs: theirs)
    }
  }
}

extension Contest.Ratio {
  init(peer: String, ours: [Double], theirs: [Double]) {
    let ratio = Spread(zip(ours, theirs).map { $0 / $1 })
    self.peer = peer
    self.ours = Spread(ours).median
    self.theirs = Spread(theirs).median
    median = ratio.median
    smallest = ratio.smallest
    largest = ratio.largest
    rounds = theirs.count
  }
}

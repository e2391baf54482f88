import Kernel

/// Work that is lost.
extension NetworkState {
  /// Hours of a GPU that a lost attempt leaves nothing of.
  mutating func hoursLost(of job: Int, on node: Int, elapsed: Double) -> Double {
    savesProgress ? saveProgress(of: job, on: node, elapsed: elapsed) : elapsed
  }

  /// Counts hours of a node that nothing is left of, also at what is asked for them.
  ///
  /// - Parameter start: of the attempt; what it did before the last measurement was counted as work
  ///   there.
  mutating func noteLost(
    _ hours: Double, class kind: Int, on node: Int, since start: SimTime, _ now: SimTime
  ) {
    let dollars = hours * settings.hardware[Int(nodes[node].hardware)].hourlyPrice * priceLevel
    interval.lostHours += hours
    interval.lostInside += min(hours, (now - max(start, health.lastMeasurement)).inHours)
    interval.trust.lostUSD += dollars
    users[kind].totals.lostCost += dollars
  }
}

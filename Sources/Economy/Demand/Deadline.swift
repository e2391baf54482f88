import Configuration

/// When a result is needed, and what it costs its user to have it later.
///
/// A job that gives up has missed it. At the cloud the wait there and the hours of a GPU of speed 1
/// are held to the same time.
struct Deadline: Sendable {
  /// Time from arrival to result [h].
  let hours: Double
  /// Cost of a miss [USD/job].
  let missed: Double

  init(reading fields: inout FieldReader) {
    hours = fields.number(
      "hours", "time from arrival in which the result is needed", unit: "h", in: 0.001...1e6,
      example: 24)
    missed = fields.number(
      "missedUSD", "what it costs the user to have it later, for each job", unit: "USD",
      in: 0...1e9,
      example: 10)
  }

  /// What a time from arrival to result costs beside the price and the delay [USD].
  func cost(of time: Double) -> Double { time > hours ? missed : 0 }
}

extension NetworkState {
  /// Counts a deadline that was missed, here or at the cloud, among what a job cost its user.
  ///
  /// - Parameter time: from arrival to result; nil: there was none [h].
  @inline(never)
  mutating func noteDeadline(of job: JobRow, after time: Double?) {
    let kind = Int(job.kind)
    guard let deadline = settings.demand.classes[kind].deadline else { return }
    let cost = deadline.cost(of: time ?? .infinity)
    if cost > 0 { interval.demand.missedDeadlines += 1 }
    users[kind].totals.usefulCost += cost
    users[kind].totals.deadlineCost += cost
    if !isCut(.capacityToCost) { users[kind].paid += cost }
    guard time != nil else { return }
    users[kind].totals.cloudCost += deadline.cost(of: users[kind].cloudWaiting + job.work)
  }
}

import Kernel

/// What is safe of a job in its slot; kept only where some stage restarts from checkpoints.
struct JobProgress: BitwiseCopyable, Sendable {
  /// State: work that a checkpoint holds [GPU-h of speed 1].
  var saved = 0.0
  /// Counter: dollars that earlier attempts kept for it [micro-dollars].
  var paid: Int64 = 0
  /// State, of the attempt that runs: work between its checkpoints, and time before it works [h];
  /// 0 where it saves nothing.
  var interval = 0.0
  var loading = 0.0
}

/// Jobs that save their progress.
extension NetworkState {
  /// Makes room for a job that has come; it has saved nothing.
  @inline(__always)
  mutating func startProgress(of job: Int) {
    if !savesProgress { return }
    while progress.count < jobs.slots { progress.append(JobProgress()) }
    progress[job] = JobProgress()
  }

  /// Hours of the attempt that starts: what is left, the checkpoints on the way, and loading.
  mutating func hoursFromCheckpoint(job: Int, on node: Int, speed: Double) -> Double {
    let terms = settings.loss.checkpoint
    guard settings.loss.restart == .checkpoint else {
      // An amendment took checkpoints away: what was paid for them stays paid.
      progress[job] = JobProgress(paid: progress[job].paid)
      return jobs[job].work / speed
    }
    let left = max(0, jobs[job].work - progress[job].saved) / speed
    progress[job].loading = jobs[job].attempts > 0 ? terms.restart : 0
    let width = Double(gang(ledBy: node).count)
    progress[job].interval = terms.interval(mean: hoursBetweenLosses(of: node) / width)
    return progress[job].loading + left
      + terms.cost * checkpoints(in: left, every: progress[job].interval)
  }

  /// Checkpoints on the way to the end of so many hours of work; at the end there is none.
  private func checkpoints(in work: Double, every interval: Double) -> Double {
    guard work > interval, interval < .infinity else { return 0 }
    return max(0, (work / interval).rounded(.up) - 1)
  }

  /// Mean time between the losses of a node of this kind while it works [h]: by failures at its age, of
  /// lemons and others together, by sessions that end, told ahead or not, and by outages. That other
  /// jobs take nodes back, and that operators leave, does not enter.
  private func hoursBetweenLosses(of node: Int) -> Double {
    let churn = settings.operators.types[Int(nodes[node].type)].churn
    let perYear = churn?.failure?.perYear(age: yearsInUse(node)) ?? 0
    let outages = settings.operators.outages.reduce(0) { $0 + $1.perYear * $1.share }
    var perHour = (perYear + outages) / (Span.daysPerYear * Span.hoursPerDay)
    if let session = churn?.session {
      perHour += 1 / max(session.mean, 1e-9)
    } else if let rule = churn?.rhythm {
      perHour += rule.endsPerHour
    }
    return perHour > 0 ? 1 / perHour : .infinity
  }

  /// Takes stock of a job that loses its node after `elapsed` hours: what it had saved is safe and
  /// stays paid for, and is not lost.
  ///
  /// - Returns: hours that each of its nodes loses, checkpoints and loading left out [h].
  mutating func saveProgress(of job: Int, on node: Int, elapsed: Double) -> Double {
    let state = progress[job]
    guard state.interval > 0 else { return elapsed }
    let cost = settings.loss.checkpoint.cost
    let speed = speed(of: job)
    let left = max(0, jobs[job].work - state.saved) / speed
    let working = max(0, elapsed - state.loading)
    let cycle = state.interval + cost
    let most = checkpoints(in: left, every: state.interval)
    let done = cycle < .infinity ? min((working / cycle).rounded(.down), most) : 0
    let safe = done * state.interval
    let overhead = min(elapsed, state.loading) + done * cost
    interval.trust.checkpointHours += overhead * Double(width(of: job))
    progress[job].saved += safe * speed
    progress[job].interval = 0
    let whole = state.loading + left + cost * most
    if done > 0 { keepPayment(of: job, share: done * cycle / whole) }
    return max(0, elapsed - safe - overhead)
  }

  /// Pays the nodes for the time of a lost attempt up to its last checkpoint; the rest is given back.
  private mutating func keepPayment(of job: Int, share: Double) {
    let deposit = jobs[job].deposit
    let kept = min(deposit, Int64((Double(deposit) * share).rounded(.down)))
    if kept == 0 { return }
    jobs[job].deposit -= kept
    jobs.deposits -= kept
    owe(kept, to: gang(ledBy: Int(jobs[job].node)))
    progress[job].paid += kept
  }

  /// Notes what a job that is done spent on checkpoints and loading.
  /// - Returns: its time in the system beyond its work [h].
  mutating func finishProgress(of job: Int, _ now: SimTime) -> Double {
    let row = jobs[job]
    guard row.node >= 0 else { return (now - row.arrival).inHours - (now - row.start).inHours }
    let speed = speed(of: job)
    if progress[job].interval > 0 {
      let left = max(0, row.work - progress[job].saved) / speed
      interval.trust.checkpointHours +=
        max(0, (now - row.start).inHours - left) * Double(width(of: job))
    }
    return max(0, (now - row.arrival).inHours - row.work / speed)
  }

  /// What a job with a given price has still to pay, or -1 where its price is not given.
  func priceLeft(of job: Int) -> Int64 {
    let fixed = jobs[job].fixedPrice
    return fixed >= 0 ? max(0, fixed - progress[job].paid) : -1
  }
}

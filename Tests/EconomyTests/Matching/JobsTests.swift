import Kernel
import Testing

@testable import Economy

struct WaitingLineTests {
  private func contents(_ line: WaitingLine, _ jobs: Jobs) -> [Int] {
    var found: [Int] = []
    var job = Int(line.head)
    while job >= 0 {
      found.append(job)
      job = Int(jobs[job].next)
    }
    return found
  }

  @Test(arguments: 0..<20)
  func `it keeps the order of an array under appends, prepends and removals`(seed: Int) {
    var stream = testStream(seed)
    var jobs = Jobs()
    for number in 0..<12 {
      _ = jobs.add(JobRow(kind: 0, identity: UInt64(number), at: .zero, work: 1))
    }
    var line = WaitingLine()
    var reference: [Int] = []
    for _ in 0..<300 {
      let job = Int(stream.below(12))
      if let index = reference.firstIndex(of: job) {
        reference.remove(at: index)
        line.remove(job, &jobs)
      } else if stream.below(3) == 0 {
        reference.insert(job, at: 0)
        line.prepend(job, &jobs)
      } else {
        reference.append(job)
        line.append(job, &jobs)
      }
      #expect(contents(line, jobs) == reference, "seed \(seed)")
    }
  }
}

struct JobsTests {
  @Test func `a slot is used again, and events for the job before are stale`() {
    var jobs = Jobs()
    let first = jobs.add(JobRow(kind: 0, identity: 1, at: .zero, work: 1))
    let second = jobs.add(JobRow(kind: 0, identity: 2, at: .zero, work: 1))
    jobs[first].begin(on: 4, at: .days(0.5), deposit: 3)
    let event = NetworkEvent(.jobFinished, slot: first, generation: jobs[first].generation)
    #expect(!event.isStale(jobs[first].generation))
    jobs.remove(first)
    let third = jobs.add(
      JobRow(kind: 3, identity: 9, at: .days(1), work: 2.5, fixedPrice: 7))
    #expect(third == first && jobs.slots == 2)
    #expect(event.isStale(jobs[third].generation))
    #expect([jobs[third].identity, jobs[second].identity] == [9, 2])
    #expect(jobs[third].kind == 3 && jobs[third].work == 2.5 && jobs[third].fixedPrice == 7)
    #expect(jobs[third].attempts == 0 && jobs[third].node == -1 && jobs[third].deposit == 0)
    #expect(jobs[second].order < jobs[third].order)
  }

  @Test func `each turn of a job's life makes the events before it stale`() {
    var job = JobRow(kind: 0, identity: 1, at: .zero, work: 1)
    job.begin(on: 2, at: .days(1), deposit: 5)
    let finish = NetworkEvent(.jobFinished, slot: 0, generation: job.generation)
    #expect(job.attempts == 1 && job.node == 2 && job.start == .days(1) && job.deposit == 5)
    job.lose()
    #expect(finish.isStale(job.generation))
    #expect(job.node == -1 && job.attempts == 1)
  }

  @Test func `a row has the size that its comment says`() {
    #expect(MemoryLayout<JobRow>.stride == 80)
    #expect(MemoryLayout<NodeRow>.stride == 16)
  }
}

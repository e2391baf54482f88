import Kernel
import Testing

@testable import Economy

struct WaitingLineTests {
  private func contents(_ line: WaitingLine, _ jobs: Jobs) -> [Int] {
    var found: [Int] = []
    var job = Int(line.head)
    while job >= 0 {
      found.append(job)
      job = Int(jobs.next[job])
    }
    return found
  }

  @Test(arguments: 0..<20)
  func `it keeps the order of an array under appends, prepends and removals`(seed: Int) {
    var stream = testStream(seed)
    var jobs = Jobs()
    for number in 0..<12 {
      _ = jobs.add(kind: 0, identity: UInt64(number), at: .zero, work: 1)
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
    let first = jobs.add(kind: 0, identity: 1, at: .zero, work: 1)
    let second = jobs.add(kind: 0, identity: 2, at: .zero, work: 1)
    let event = NetworkEvent(.jobFinished, slot: first, generation: jobs.generation[first])
    #expect(!event.isStale(jobs.generation[first]))
    jobs.remove(first)
    let third = jobs.add(kind: 3, identity: 9, at: .days(1), work: 2.5, fixedPrice: 7)
    #expect(third == first)
    #expect(event.isStale(jobs.generation[third]))
    #expect(jobs.state == [.waiting, .waiting])
    #expect(jobs.identity == [9, 2])
    #expect(jobs.kind[third] == 3 && jobs.work[third] == 2.5 && jobs.fixedPrice[third] == 7)
    #expect(jobs.order[second] < jobs.order[third])
  }
}

import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct NodeQueueTests {
  private static let full = [
    "operators.types={home: {hardware: 'gpu', candidates: 6, activeAtStart: 6}}",
    "demand.classes.jobs.arrivalsPerHour=4", "horizonDays=5",
  ]

  @Test func `lines of a node join and leave in order`() throws {
    var job = JobRow(kind: 0, identity: 1, at: .zero, work: 1)
    #expect(job.queueNode == nil)
    job.wait(at: 0)
    #expect(job.queueNode == 0 && job.node < 0)
    job.wait(at: 7)
    #expect(job.queueNode == 7)
    job.leaveQueue()
    #expect(job.queueNode == nil && job.node == -1)
    job.wait(at: 3)
    job.begin(on: 3, at: .zero, deposit: 0)
    #expect(job.queueNode == nil && job.node == 3)
  }

  @Test func `with as many choices as nodes a job joins the shortest line of all`()
    throws
  {
    var run = OpenRun(
      try MatchingBench.scenario(Self.full + ["matching={rule: 'leastLoaded', choices: 16}"]))
    var before = [Int64](repeating: 0, count: 6)
    var joined = 0
    var wrong = 0
    run.run { state, event in
      let loads = state.nodes.indices.map { state.load(of: $0) }
      if event.kind == .jobArrived,
        let node = loads.indices.first(where: { loads[$0] > before[$0] })
      {
        joined += 1
        if before[node] != before.min() { wrong += 1 }
      }
      before = loads
    }
    #expect(joined > 300 && wrong == 0)
  }

  @Test func `jobs wait at nodes while others are idle only where a choice was blind`() throws {
    func wait(_ rule: String) throws -> Double {
      var run = OpenRun(
        try MatchingBench.scenario(
          Self.full + [
            "demand.classes.jobs.arrivalsPerHour=2.2", "horizonDays=60", "matching=\(rule)",
          ]))
      run.run()
      return run.state.whole.firstWait / run.state.whole.firstStarts
    }
    let one = try wait("random")
    let all = try wait("{rule: 'leastLoaded', choices: 16}")
    let two = try wait("{rule: 'leastLoaded', choices: 2}")
    let blind = try wait("{rule: 'leastLoaded', choices: 1}")
    let old = try wait("{rule: 'leastLoaded', choices: 16, staleSeconds: 86400}")
    #expect(one < all && all < two && two < blind)
    // Everybody joins the line that was shortest a day ago: worse than no news at all.
    #expect(old > blind)
  }

  @Test func `a rule with lines at nodes cannot come or go by amendment`() throws {
    #expect {
      try MatchingBench.scenario(["amendments={late: {on: 5, set: {matching: 'leastLoaded'}}}"])
    } throws: {
      "\($0)".contains("matching.rule")
    }
  }
}

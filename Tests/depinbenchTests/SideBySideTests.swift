import Foundation
import Testing

@testable import depinbench

struct SideBySideTests {
  @Test func `a ratio is of neighbours, its median over rounds`() {
    let ratio = Contest.Ratio(peer: "a peer", ours: [2, 8, 4], theirs: [4, 4, 4])
    #expect(ratio.ours == 4 && ratio.theirs == 4)
    #expect(ratio.smallest == 0.5 && ratio.median == 1 && ratio.largest == 2)
    #expect(ratio.rounds == 3)
  }

  @Test func `a peer that sat out the last rounds is compared in the first`() {
    let ratio = Contest.Ratio(peer: "a slow peer", ours: [2, 8, 4], theirs: [1])
    #expect(ratio.median == 2 && ratio.rounds == 1)
  }

  @Test func `all figures are kept unless only a part was asked for`() throws {
    #expect(try Options([]).file == "Results/Benchmarks/side-by-side.json")
    #expect(try Options(["--only", "hold"]).file == nil)
    let quick = try Options(["--quick", "--repeats", "7", "--out", "a.json"])
    #expect(quick.repeats == 1 && quick.file == "a.json")
  }

  @Test func `a wrong word or number is said`() {
    #expect(throws: UsageError.self) { try Options(["--fast"]) }
    #expect(throws: UsageError.self) { try Options(["--repeats", "none"]) }
    #expect(throws: UsageError.self) { try Options(["--out"]) }
  }

  @Test func `children run at once and are measured`() throws {
    let (ended, seconds) = try Children.run([["echo", "a"], ["echo", "b"]])
    #expect(ended.map { String(decoding: $0.output, as: UTF8.self) } == ["a\n", "b\n"])
    #expect(ended.allSatisfy { $0.peakBytes > 0 } && seconds > 0)
  }

  @Test func `a child that fails is named`() {
    #expect(throws: ChildError.self) { try Children.run(["false"]) }
    #expect(throws: ChildError.self) { try Children.run(["/nowhere/program"]) }
  }

  @Test func `a peer that is not installed is known by its file`() {
    #expect(Contender.peers(in: "/nowhere").allSatisfy { !$0.isInstalled })
    let simpy = Contender.peers(in: "/nowhere")[2]
    #expect(simpy.command(.hold(pending: 10)) == nil)
    #expect(simpy.command(.churnQueue(nodes: 130_000, days: 10)) == nil)
    #expect(simpy.command(.churnQueue(nodes: 10_000, days: 30))?.first == "python3")
  }
}

import Experiments
import Foundation
import Testing

@testable import Reports

struct PartTests {
  private let unit = WorkUnit(variant: 1, replicate: 2)

  private func writtenPart(_ scratch: Scratch) throws -> (path: String, key: String) {
    let plan = Fixture.plan()
    let folder = try ResultFolder(at: scratch.path, scenario: "toy", force: false)
    try Fixture.write(unit, of: plan, into: folder)
    return (folder.partPath(unit), PartKey.digest(unit, of: plan))
  }

  @Test func `a part gives back its outcome, undefined values included`() throws {
    let scratch = try Scratch()
    let (path, key) = try writtenPart(scratch)
    let outcome = try #require(PartReader.outcome(path, key: key))
    #expect(outcome.events == Fixture.outcome(unit).events)
    #expect(
      outcome.summary.map(\.bitPattern) == Fixture.outcome(unit).summary.map(\.bitPattern))
  }

  @Test func `a part of another key is not taken up`() throws {
    let scratch = try Scratch()
    let (path, _) = try writtenPart(scratch)
    let other = PartKey.digest(unit, of: Fixture.plan(seed: 2))
    #expect(PartReader.outcome(path, key: other) == nil)
  }

  @Test func `every cut and every changed byte is noticed`() throws {
    let scratch = try Scratch()
    let (path, key) = try writtenPart(scratch)
    let whole = try #require(FileManager.default.contents(atPath: path))
    for index in stride(from: 0, to: whole.count, by: 41) {
      _ = FileManager.default.createFile(atPath: path, contents: whole.prefix(index))
      #expect(PartReader.outcome(path, key: key) == nil, "cut at \(index)")
      var changed = whole
      changed[index] ^= 1
      _ = FileManager.default.createFile(atPath: path, contents: changed)
      #expect(PartReader.outcome(path, key: key) == nil, "changed at \(index)")
    }
  }

  @Test func `adding replicates keeps the keys of the old ones`() {
    #expect(
      PartKey.digest(unit, of: Fixture.plan(replicates: 2))
        == PartKey.digest(unit, of: Fixture.plan(replicates: 9)))
  }
}

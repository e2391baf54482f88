import Experiments
import Foundation
import Scenarios
import Testing

@testable import Economy
@testable import Reports

struct ResultFolderTests {
  private let plan = Fixture.plan()

  private func open(
    _ scratch: Scratch, _ name: String = "out", scenario: String = "toy", force: Bool = false
  ) throws -> ResultFolder {
    try ResultFolder(at: scratch.path + "/" + name, scenario: scenario, force: force)
  }

  private func refusal(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch FolderError.refused(let message, _) {
      return message
    } catch {
      return "\(error)"
    }
  }

  private func trouble(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch FolderError.sink(let error) {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  @Test func `a finished folder holds the result and nothing else`() throws {
    let scratch = try Scratch()
    try Fixture.fill(try open(scratch), plan, comparing: true)
    #expect(
      scratch.names(in: "out") == [
        "breakdown.csv", "comparison.csv", "datapackage.json", "flows.csv", "run.json",
        "summary.csv", "survival.csv", "timeseries.csv", "timing.json",
      ])
    #expect(scratch.names() == ["out"])
  }

  @Test func `rows stand in the order of units, in finished bytes`() throws {
    let scratch = try Scratch()
    let folder = try open(scratch)
    for unit in plan.units.reversed() { try Fixture.write(unit, of: plan, into: folder) }
    try Fixture.fill(folder, plan)
    #expect(
      scratch.text("out/flows.csv") == """
        scenario,variant,replicate,time_days,asset,reason,from,to,amount
        toy,plain,1,2,USD,job payment,escrow,operators,0.000001
        toy,plain,2,2,USD,job payment,escrow,operators,0.000001
        toy,"with, comma",1,2,USD,job payment,escrow,operators,0.000001
        toy,"with, comma",2,2,USD,job payment,escrow,operators,0.000001

        """)
    #expect(
      scratch.text("out/breakdown.csv")?.split(separator: "\n").dropFirst().first
        == "toy,plain,1,exits,region,\"a\"\"b\",2")
    #expect(
      scratch.text("out/survival.csv") == """
        scenario,variant,replicate,cohort,time_days,at_risk,survivors,share
        toy,plain,1,all,0,3,3,1
        toy,plain,2,all,0,3,3,1
        toy,"with, comma",1,all,0,3,3,1
        toy,"with, comma",2,all,0,3,3,1

        """)
    let series = try #require(scratch.text("out/timeseries.csv")).split(separator: "\n")
    #expect(series.count == 1 + 4 * 3)
    #expect(series[3].hasPrefix("toy,plain,1,2024-03-01,2,2.5,3,,"))
    #expect(series[0].hasPrefix("scenario,variant,replicate,date,time_days,token_price_usd,"))
  }

  @Test func `a resumed run gives the bytes of a fresh one`() throws {
    let scratch = try Scratch()
    try Fixture.fill(try open(scratch, "fresh"), plan)
    do {
      let killed = try open(scratch, "resumed")
      try Fixture.write(plan.units[1], of: plan, into: killed)
      try Fixture.write(plan.units[2], of: plan, into: killed)
      scratch.write("half", to: "resumed/.partial/variant-1-replicate-1.part.tmp")
    }
    let resumed = try open(scratch, "resumed")
    #expect(try resumed.stored(plan.units[1], of: plan) != nil)
    #expect(try resumed.stored(plan.units[0], of: plan) == nil)
    try Fixture.fill(resumed, plan)
    for name in scratch.names(in: "fresh") where name != "timing.json" {
      #expect(scratch.text("fresh/" + name) == scratch.text("resumed/" + name), "\(name)")
    }
    #expect(scratch.names(in: "fresh") == scratch.names(in: "resumed"))
  }

  @Test func `the old result stays until the new one is whole`() throws {
    let scratch = try Scratch()
    try Fixture.fill(try open(scratch), plan)
    let before = scratch.text("out/summary.csv")
    do {
      let killed = try open(scratch)
      try Fixture.write(plan.units[0], of: plan, into: killed)
    }
    #expect(scratch.text("out/summary.csv") == before)
  }

  @Test func `a missing part leaves everything as it was`() throws {
    let scratch = try Scratch()
    let folder = try open(scratch)
    #expect(throws: SinkError.self) {
      try folder.complete(
        Fixture.result(plan), command: "run", summary: [], comparison: nil, warnings: [],
        timing: Timing(wallSeconds: 1, events: 1, threads: 1))
    }
    #expect(scratch.names() == ["out"])
    #expect(scratch.names(in: "out") == [".partial"])
  }

  @Test func `another scenario's result is refused and replaced only by force`() throws {
    let scratch = try Scratch()
    try Fixture.fill(try open(scratch), plan)
    let path = scratch.path + "/out"
    #expect(
      refusal { _ = try open(scratch, scenario: "other") }
        == "\(path): expected a result of \"other\", found one of \"toy\"")
    let other = Fixture.plan("other")
    try Fixture.fill(try open(scratch, scenario: "other", force: true), other)
    #expect(scratch.text("out/summary.csv")?.contains("\nother,plain,") == true)
  }

  @Test func `files that are no result are refused, and kept under force`() throws {
    let scratch = try Scratch()
    scratch.write("mine", to: "notes.txt")
    #expect(
      refusal { _ = try ResultFolder(at: scratch.path, scenario: "toy", force: false) }
        == "\(scratch.path): expected an empty folder or an older result, found \"notes.txt\"")
    try Fixture.fill(ResultFolder(at: scratch.path, scenario: "toy", force: true), plan)
    #expect(scratch.text("notes.txt") == "mine")
    #expect(scratch.text("run.json") != nil)
  }

  @Test func `result files without a record are refused`() throws {
    let scratch = try Scratch()
    scratch.write("a,b\n", to: "summary.csv")
    #expect(
      refusal { _ = try ResultFolder(at: scratch.path, scenario: "toy", force: false) }
        == "\(scratch.path): expected run.json beside the files of a result, found none that "
        + "names its scenario")
  }

  @Test func `two runs into one folder at once are refused`() throws {
    let scratch = try Scratch()
    let first = try open(scratch)
    #expect(
      trouble { _ = try open(scratch) }
        == "\(first.path): another run is writing into this folder")
  }

  @Test func `a file in the place of the folder is said`() throws {
    let scratch = try Scratch()
    scratch.write("", to: "out")
    #expect(
      trouble { _ = try open(scratch) }
        == "\(scratch.path)/out: expected a folder, found a file")
  }

  @Test func `a place where nothing can be made is said`() {
    #expect(
      trouble { _ = try ResultFolder(at: "/dev/null/out", scenario: "toy", force: false) }
        == "/dev/null/out: cannot make this folder: not a directory")
  }

  @Test func `a folder can be replaced file by file where it cannot be exchanged`() throws {
    let scratch = try Scratch()
    try Fixture.fill(try open(scratch), plan, comparing: true)
    let folder = try open(scratch)
    try FileSystem.makeFolder(folder.sibling)
    for name in ["summary.csv", "run.json"] {
      _ = FileManager.default.createFile(
        atPath: folder.sibling + "/" + name, contents: Data("new".utf8))
    }
    try folder.replaceFileByFile(from: folder.sibling)
    #expect(scratch.names(in: "out") == ["run.json", "summary.csv"])
    #expect(scratch.text("out/run.json") == "new")
    #expect(scratch.names() == ["out"])
  }

  @Test(.enabled(if: Mount.isAllowed, "needs the right to mount"))
  func `a mount point gets its result file by file, and nothing is left beside it`() throws {
    let scratch = try Scratch()
    let mount = try Mount(at: scratch.path + "/out")
    defer { mount.undo() }
    try Fixture.fill(try open(scratch), plan, comparing: true)
    try Fixture.fill(try open(scratch), plan)
    #expect(
      scratch.names(in: "out") == [
        "breakdown.csv", "datapackage.json", "flows.csv", "run.json", "summary.csv",
        "survival.csv", "timeseries.csv", "timing.json",
      ])
    #expect(scratch.names() == ["out"])
    try Fixture.fill(try open(scratch, "plain"), plan)
    for name in scratch.names(in: "plain") where name != "timing.json" {
      #expect(scratch.text("plain/" + name) == scratch.text("out/" + name), "\(name)")
    }
  }

  @Test func `a full disk is said with its remedy`() throws {
    let file = try OutputFile("/dev/full")
    try file.write("row\n")
    #expect(
      throws: SinkError(
        "/dev/full: cannot write: no space left on device",
        help: "make room and run again; replicates that were finished are kept")
    ) { try file.finish() }
  }

  @Test func `a folder that came to nothing is taken away again`() throws {
    let scratch = try Scratch()
    try open(scratch).leaveIfUnused()
    #expect(scratch.names().isEmpty)
    try Fixture.fill(try open(scratch), plan)
    try open(scratch).leaveIfUnused()
    #expect(scratch.names(in: "out").count == 8)
  }

  @Test func `a broken invariant leaves what is needed to repeat it`() throws {
    let scratch = try Scratch()
    let failure = InvariantFailure(message: "a dollar is missing", report: "posting 7")
    let bundle = try open(scratch).store(
      failure, of: plan.units[3], in: plan, command: "depinsim run toy.json5 --only-replicate 2")
    #expect(bundle == scratch.path + "/out/.partial/failure")
    #expect(scratch.text("out/.partial/failure/scenario.json5") == "{}\n")
    #expect(
      scratch.text("out/.partial/failure/report.txt") == """
        a dollar is missing

        scenario: toy (d)
        variant: with, comma
        replicate: 2
        seed: 1
        version: \(Provenance.version), results \(Provenance.resultsVersion), \
        numerics \(Provenance.numerics)
        repeat with: depinsim run toy.json5 --only-replicate 2

        posting 7

        """)
  }

  @Test func `the record carries the digest of every file but the timing`() throws {
    let scratch = try Scratch()
    try Fixture.fill(try open(scratch), plan)
    let record = try #require(scratch.text("out/run.json"))
    for name in scratch.names(in: "out") where !["run.json", "timing.json"].contains(name) {
      var digest = SHA256()
      digest.update(Array((scratch.text("out/" + name) ?? "").utf8))
      #expect(record.contains(digest.hexDigest), "\(name)")
    }
  }
}

/// A small file system in memory, mounted at a folder.
private struct Mount {
  /// Tried once: it needs rights that few test runs have.
  static let isAllowed: Bool = {
    guard let scratch = try? Scratch(), let mount = try? Mount(at: scratch.path + "/try") else {
      return false
    }
    mount.undo()
    return true
  }()

  private let path: String

  init(at path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard Self.run("mount", "-t", "tmpfs", "none", path) == 0 else {
      throw CocoaError(.featureUnsupported)
    }
  }

  func undo() {
    _ = Self.run("umount", path)
  }

  private static func run(_ words: String...) -> Int32? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus
  }
}

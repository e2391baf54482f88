import Foundation
import Kernel
import TestSupport
import Testing

@testable import Reports

/// What a result folder is after a run that could not end as it wanted.
@Suite(.serialized) final class CrashTests {
  private let folder = NSTemporaryDirectory() + "depinsim-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    write("small.json5", "{ horizonDays: 3, replicates: 2 }")
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func write(_ name: String, _ text: String) {
    _ = FileManager.default.createFile(
      atPath: folder + "/" + name, contents: Data(text.utf8))
  }

  private func run(_ words: String..., after before: String = "") throws -> BuiltProgram.Ending {
    let all = ["run", "small.json5", "--quiet"] + words
    return try BuiltProgram(all, in: folder, after: before).ending()
  }

  /// The bytes of a result, all but what the promise leaves out.
  private func result(_ name: String) -> [String: Data] {
    var files: [String: Data] = [:]
    let path = folder + "/" + name
    for file in FileSystem.names(in: path) where file != "timing.json" && file != ".partial" {
      files[file] = FileManager.default.contents(atPath: path + "/" + file)
    }
    return files
  }

  private func copy(_ name: String, to other: String) throws {
    FileSystem.remove(folder + "/" + other)
    try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: folder + "/" + other)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `a run killed at any instant leaves the old result, and is taken up to the same bytes`()
    throws
  {
    write("small.json5", "{ horizonDays: 400, replicates: 8, variants: { a: {}, b: {} } }")
    #expect(try run("--seed", "1", "--out", "old").code == 0)
    let begin = ContinuousClock.now
    #expect(try run("--seed", "2", "--out", "new").code == 0)
    let seconds = (ContinuousClock.now - begin) / .seconds(1)
    let (old, new) = (result("old"), result("new"))
    #expect(old.count == 7 && new.count == 7 && old != new)
    var killed = 0
    for instant in 1...50 {
      try copy("old", to: "out")
      var luck = Luck(seed: 1, replicate: UInt32(instant)).stream(Purpose(rawValue: 1), entity: 0)
      let wait = 1.1 * seconds * luck.uniform()
      let program = try BuiltProgram(
        ["run", "small.json5", "--quiet", "--seed", "2", "--out", "out"], in: folder)
      Thread.sleep(forTimeInterval: wait)
      program.signal(SIGKILL)
      killed += try program.ending().isKilled ? 1 : 0
      let left = result("out")
      #expect(left == old || left == new, "killed after \(wait) s: neither the old nor the new")
      let again = try run("--seed", "2", "--out", "out")
      #expect(again.code == 0, "killed after \(wait) s: \(again.errors)")
      #expect(result("out") == new, "killed after \(wait) s: resumed to other bytes")
      #expect(!FileSystem.names(in: folder).contains(".out.incoming"))
    }
    #expect(killed >= 25, "only \(killed) of 50 runs were still there to be killed")
  }

  @Test(.enabled(if: BuiltProgram.canMount, "needs unshare and a tmpfs"))
  func `on a full disk a run ends with 3 and the old result stays`() throws {
    let before = "unshare -rm sh -c 'mount -t tmpfs -o size=160k none mnt && cp -r old mnt/out && "
    try FileManager.default.createDirectory(
      atPath: folder + "/mnt", withIntermediateDirectories: true)
    #expect(try run("--seed", "1", "--out", "old").code == 0)
    write("small.json5", "{ horizonDays: 300, replicates: 2 }")
    // What stands behind the run in this shell looks at the disk while it is mounted.
    let inside =
      "\(BuiltProgram.path) run small.json5 --quiet --seed 2 --out mnt/out; code=$?; "
      + "cp -r mnt/out after; exit $code'; exit $?; "
    let ending = try run(after: before + inside)
    #expect(ending.code == 3)
    #expect(
      ending.errors.contains("cannot write: no space left on device\n  help: make room and run"))
    #expect(result("after") == result("old"))
  }

  @Test func `beyond the largest file a run ends with 3 and the old result stays`() throws {
    #expect(try run("--seed", "1", "--out", "out").code == 0)
    let old = result("out")
    let ending = try run("--horizon", "90d", "--out", "out", after: "ulimit -f 1; ")
    #expect(ending.code == 3)
    #expect(ending.errors.contains("cannot write: file too large\n  help: make room and run again"))
    #expect(result("out") == old)
    #expect(!FileSystem.names(in: folder).contains(".out.incoming"))
  }

  @Test(.enabled(if: BuiltProgram.canMount, "needs unshare and a tmpfs"))
  func `in a read-only folder a run ends with 3`() throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/mnt", withIntermediateDirectories: true)
    let inside = "mount -t tmpfs -o ro none mnt; exec \"$0\" \"$@\""
    let ending = try run(
      "--out", "mnt/out", after: "exec unshare -rm sh -c '\(inside)' \"$0\" \"$@\"; ")
    #expect(ending.code == 3)
    #expect(
      ending.errors == """
        error: mnt/out: cannot make this folder: read-only file system
          help: choose a folder you may write to with --out

        """)
  }

  @Test func `the result of another scenario is refused with 2 and stays`() throws {
    #expect(try run("--out", "out").code == 0)
    let old = result("out")
    write("other.json5", "{ horizonDays: 3, replicates: 2 }")
    let words = ["run", "other.json5", "--out", "out"]
    let ending = try BuiltProgram(words, in: folder).ending()
    #expect(ending.code == 2)
    #expect(
      ending.errors == """
        error: out: expected a result of "other", found one of "small"
          help: choose another folder with --out, or replace the result with --force

        """)
    #expect(result("out") == old && FileSystem.names(in: folder + "/out").count == old.count + 1)
  }

  @Test func `of two runs into one folder the second ends with 3 and the first goes on`() throws {
    let long = ["run", "small.json5", "--quiet", "--replicates", "300", "--threads", "1"]
    #expect(try BuiltProgram(long + ["--out", "alone"], in: folder).ending().code == 0)
    let first = try BuiltProgram(long + ["--out", "out"], in: folder)
    // A part is written only by a run that holds the folder.
    let part = folder + "/out/.partial/variant-1-replicate-1.part"
    while FileSystem.isFolder(part) == nil && first.isRunning { usleep(200) }
    first.signal(SIGSTOP)
    let second = try BuiltProgram(long + ["--out", "out"], in: folder).ending()
    first.signal(SIGCONT)
    #expect(second.code == 3)
    #expect(
      second.errors == """
        error: out: another run is writing into this folder
          help: wait until it ends, or choose another folder with --out

        """)
    #expect(try first.ending().code == 0)
    #expect(result("out") == result("alone"))
  }

  @Test func `neither the root nor a file is taken for a folder`() throws {
    let root = FileSystem.names(in: "/")
    let ending = try run("--out", "/")
    #expect(ending.code == 2)
    #expect(ending.errors.hasPrefix("error: /: expected an empty folder or an older result, found"))
    #expect(FileSystem.names(in: "/") == root)
    write("file", "precious")
    let file = try run("--out", "file")
    #expect(file.code == 3)
    #expect(
      file.errors == """
        error: file: expected a folder, found a file
          help: choose another path with --out

        """)
    #expect(FileManager.default.contents(atPath: folder + "/file") == Data("precious".utf8))
  }
}

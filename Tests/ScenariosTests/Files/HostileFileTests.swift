import Foundation
import Testing

@testable import Scenarios

/// Files made to hurt: each is refused with a sentence, soon, and shows nothing of its neighbours.
final class HostileFileTests {
  private let folder: String

  init() throws {
    let path = NSTemporaryDirectory() + "depinsim-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path + "/s", withIntermediateDirectories: true)
    let real = try #require(realpath(path, nil))
    defer { free(real) }
    folder = String(cString: real)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func write(_ name: String, _ text: String) {
    _ = FileManager.default.createFile(
      atPath: folder + "/" + name, contents: Data(text.utf8))
  }

  /// What the user is told about the file.
  private func refusal(of name: String) -> String {
    do throws(ScenarioError) {
      _ = try Scenario(path: folder + "/" + name)
      return ""
    } catch {
      return error.description.replacing(folder, with: "")
    }
  }

  private func unreadable(_ name: String, _ reason: String) -> String {
    "error: expected a readable scenario at \"/\(name)\", found \(reason)\n"
  }

  @Test func `a folder, a device, a pipe, nothing and a circle of links are no scenarios`() throws {
    #expect(refusal(of: "s") == unreadable("s", "a folder"))
    #expect(refusal(of: "s/none") == unreadable("s/none", "no such file"))
    #expect(mkfifo(folder + "/pipe", 0o644) == 0)
    #expect(refusal(of: "pipe") == unreadable("pipe", "something that is no regular file"))
    for (link, target) in [("zero", "/dev/zero"), ("null", "/dev/null"), ("circle", "circle")] {
      #expect(symlink(target, folder + "/" + link) == 0)
    }
    #expect(refusal(of: "zero") == unreadable("zero", "something that is no regular file"))
    #expect(refusal(of: "null") == unreadable("null", "something that is no regular file"))
    #expect(refusal(of: "circle") == unreadable("circle", "links that lead in a circle"))
  }

  @Test func `an empty file is told what a scenario is`() {
    write("a.json5", "")
    #expect(
      refusal(of: "a.json5") == """
        /a.json5:1:1: error: expected a value, found the end of the text
         1 | \n   | ^
          help: a scenario stands between { and }

        """)
  }

  @Test func `a hundred megabytes of brackets are refused by their size, at a position`() throws {
    write("a.json5", "")
    let file = try #require(FileHandle(forWritingAtPath: folder + "/a.json5"))
    for _ in 0..<100 { try file.write(contentsOf: Data(repeating: 0x5B, count: 1_000_000)) }
    try file.close()
    #expect(
      refusal(of: "a.json5") == """
        /a.json5:1:1: error: expected at most 16000000 bytes, found more
          help: move long tables to CSV files, or make two scenarios of it

        """)
    write("b.json5", #"{extends: "a.json5"}"#)
    #expect(
      refusal(of: "b.json5") == """
        /b.json5:1:11: error: extends: expected a file "a.json5", found more than 16000000 bytes
         1 | {extends: "a.json5"}
           |           ^

        """)
  }

  @Test func `a file of another length than it says is refused or read to its end`() throws {
    // Files of /proc say that they have no bytes and have some; some of /sys say 4096.
    #expect(
      throws: FileAccess.Problem(words: "a file that grows while it is read")
    ) { try FileAccess.disk(for: "/proc/version").read("/proc/version") }
    let short = "/sys/kernel/mm/transparent_hugepage/enabled"
    if FileManager.default.fileExists(atPath: short) {
      let bytes = try FileAccess.disk(for: short).read(short)
      #expect((1..<4096).contains(bytes.count) && !bytes.contains(0))
    }
  }

  @Test func `a scenario reads no file outside its folder`() {
    write("secret", "password")
    #expect(symlink(folder + "/secret", folder + "/s/link.json5") == 0)
    for (name, column) in [("../secret", 11), ("link.json5", 11)] {
      write("s/a.json5", "{extends: \"\(name)\"}")
      let path = name == "link.json5" ? name : "../secret"
      #expect(
        refusal(of: "s/a.json5") == """
          /s/a.json5:1:\(column): error: extends: expected a file "\(path)", found a path that leads out of the folder /s
           1 | {extends: "\(name)"}
             |           ^

          """)
    }
    write("s/a.json5", #"{history: {h: {measure: "active_nodes", data: {csv: "../secret"}}}}"#)
    #expect(refusal(of: "s/a.json5").contains("found a path that leads out of the folder /s\n"))
    #expect(!refusal(of: "s/a.json5").contains("password"))
  }

  @Test func `a scenario below Scenarios reads all that is below Scenarios`() throws {
    for name in ["Scenarios", "Scenarios/Examples", "Scenarios/Presets"] {
      try FileManager.default.createDirectory(
        atPath: folder + "/" + name, withIntermediateDirectories: true)
    }
    write("Scenarios/Presets/b.json5", "{horizonDays: 9}")
    write("Scenarios/Examples/a.json5", #"{extends: "../Presets/b.json5"}"#)
    #expect(refusal(of: "Scenarios/Examples/a.json5") == "")
    write("outside.json5", "{}")
    write("Scenarios/Examples/a.json5", #"{extends: "../../outside.json5"}"#)
    #expect(
      refusal(of: "Scenarios/Examples/a.json5").contains(
        "found a path that leads out of the folder /Scenarios\n"))
  }

  @Test func `a thousand variants of a thousand amendments are refused before they are read`() {
    let variants = (0..<1000).map { "v\($0): {}" }.joined(separator: ", ")
    let amendments = (1...1000).map { "a\($0): {on: \($0), set: {epochHours: 24}}" }
    write(
      "s/a.json5",
      "{horizonDays: 2000, variants: {\(variants)}, amendments: {\(amendments.joined(separator: ","))}}"
    )
    let begin = ContinuousClock.now
    let words = refusal(of: "s/a.json5")
    #expect(
      words.hasPrefix(
        "/s/a.json5:1:1: error: expected at most 10000000 keys and list items in all variants and "
          + "after all amendments, found 5003 × 1000 × (1 + 1000)\n"))
    #expect(
      words.hasSuffix("help: leave out variants or amendments, or make several scenarios\n"))
    #expect(ContinuousClock.now - begin < .seconds(20))
  }

  /// What is looked at name by name, or pair by pair, would take the machine down.
  @Test(arguments: [
    ("regions", "{}", 256), ("clouds", "{}", 1000),
    ("assertions", "{always: 'active_nods > 1'}", 1000), ("shocks", "{}", 1000),
  ])
  func `more names than there may be are refused before they are read`(
    key: String, value: String, most: Int
  ) {
    let names = (0..<25_000).map { "v\($0): \(value)" }.joined(separator: ", ")
    let said = messages("{horizonDays: 9, \(key): {\(names)}}")
    #expect(said.contains("found 25000"), "\(said.prefix(300))")
    #expect(said.contains("at most \(most)"))
  }

  @Test func `names with control characters are refused`() {
    for key in ["variants", "regions", "assertions"] {
      let said = messages("{horizonDays: 9, \(key): {\"a\\u001b[2Jb\": {}}}")
      #expect(said.contains("expected names without control characters"), "\(key): \(said)")
    }
  }
}

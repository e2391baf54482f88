import Configuration
import Foundation
import Testing

@testable import depinsim

/// What the README shows is what the program prints.
struct ReadmeTests {
  /// The output of the README's first command, where somebody has run it.
  private static let printed = ProcessInfo.processInfo.environment["DEPINSIM_COMPARE_OUTPUT"]

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func readme() throws -> [Substring] {
    try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test(
    .enabled(
      if: printed != nil,
      "needs the output of the first command: name its file in DEPINSIM_COMPARE_OUTPUT"))
  func `the table of the first command is the one it prints`() throws {
    let path = try #require(Self.printed)
    let output = Set(
      try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init))
    let block = try Self.readme().drop { $0 != "```console" }.dropFirst(2).prefix { $0 != "```" }
    #expect(block.count > 20)
    for line in block where !line.isEmpty && line != "…" {
      #expect(output.contains(String(line)), "not printed: \(line)")
    }
  }

  @Test func `the tables of keys are those that the program lists`() throws {
    let path = Self.root.appending(path: "README.md")
    let (before, after) = ("<!-- keys -->\n", "<!-- /keys -->\n")
    var text = try String(contentsOf: path, encoding: .utf8)
    let start = try #require(text.firstRange(of: before)?.upperBound)
    let end = try #require(text.firstRange(of: after)?.lowerBound)
    let tables = KeyTables().text
    if ProcessInfo.processInfo.environment["DEPINSIM_WRITE_GOLDEN"] != nil {
      text.replaceSubrange(start..<end, with: tables)
      try Data(text.utf8).write(to: path)
    } else {
      let isSame = text[start..<end] == tables
      #expect(isSame, "put the output of `depinsim list keys` between the markers")
    }
  }

  @Test func `no key is missing in the tables`() {
    let tables = KeyTables().text
    for topic in Topic.all {
      // What all rules of a field have stands there once, without the name of a rule.
      let plain = Topic.name(
        of: topic.field.record.path.steps.filter { step in
          if case .rule = step { false } else { true }
        })
      // A section's own key stands above its table, a law's in the table of laws.
      let rows = [topic.name, plain].map { $0.split(separator: ".") }.flatMap { words in
        words.indices.map { "| `\(words[$0...].joined(separator: "."))` | " }
      }
      let title = "**`\(topic.name)`**: "
      #expect(tables.contains(title) || rows.contains { tables.contains($0) }, "\(topic.name)")
    }
  }

  @Test func `every command that the README shows can be parsed`() throws {
    let commands = try Self.readme().filter { $0.contains("depinsim ") && !$0.contains("|") }
      .compactMap { line -> Substring? in
        let text = line.hasPrefix("swift run") || line.hasPrefix("$ depinsim") ? line : nil
        return text?.firstRange(of: "depinsim ").map { line[$0.upperBound...] }
      }
    #expect(commands.count >= 3)
    for command in commands {
      let words = command.split(separator: " ").map(String.init)
      #expect(throws: Never.self) { try CommandLineParser.parse(words) }
    }
  }

  @Test func `every file that the README names is there`() throws {
    let names = try Self.readme().flatMap { line in
      line.matches(of: /Scenarios\/[A-Za-z0-9\/_-]+\.json5/).map { String($0.output) }
    }
    #expect(names.count >= 3)
    for name in names {
      #expect(
        FileManager.default.fileExists(atPath: Self.root.appending(path: name).path), "\(name)")
    }
  }
}

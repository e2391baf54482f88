import Configuration
import Foundation
import Kernel
import Scenarios
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

  @Test func `what stands between markers is what is made for it`() throws {
    let path = Self.root.appending(path: "README.md")
    var text = try String(contentsOf: path, encoding: .utf8)
    let blocks = [
      ("keys", KeyTables().text), ("presets", try Self.presets()), ("scores", try Self.scores()),
    ]
    for (name, block) in blocks {
      let start = try #require(text.firstRange(of: "<!-- \(name) -->\n")?.upperBound)
      let end = try #require(text.firstRange(of: "<!-- /\(name) -->\n")?.lowerBound)
      if ProcessInfo.processInfo.environment["DEPINSIM_WRITE_GOLDEN"] != nil {
        text.replaceSubrange(start..<end, with: block)
      } else {
        let isSame = text[start..<end] == block
        #expect(isSame, "make \(name) anew with DEPINSIM_WRITE_GOLDEN=1")
      }
    }
    if ProcessInfo.processInfo.environment["DEPINSIM_WRITE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: path)
    }
  }

  /// Evidence of the networks, a row each.
  private static func presets() throws -> String {
    let folder = root.appending(path: "Scenarios/Presets")
    var text = """
      | preset | primary | secondary | inferred | assumed | facts, median | tried on |
      |---|---|---|---|---|---|---|

      """
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let card = try ModelCard(path: folder.appending(path: file).path)
      let counts = EvidenceGrade.allCases.map { String(card.counts[$0] ?? 0) }
      let median = CalendarDate(daysSince1970: card.factDays[card.factDays.count / 2])
      let cells =
        ["`\(card.name)`"] + counts + ["\(median)".prefix(7) + ""]
        + [card.backtests.map { "`\($0)`" }.joined(separator: ", ")]
      text += "| " + cells.joined(separator: " | ") + " |\n"
    }
    return text
  }

  /// How histories did on what they were not fitted to.
  private static func scores() throws -> String {
    let table = try String(
      contentsOf: root.appending(path: ModelCards.scores), encoding: .utf8)
    var text = """
      | history | series | dates held out | error of logs | in the band | band, high ÷ low |
      |---|---|---|---|---|---|

      """
    for line in table.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells[2] == "held_out" else { continue }
      let numbers = cells[4...].compactMap(Double.init)
      let dates = try #require(Double(cells[3]))
      text +=
        "| `\(cells[0])` | \(cells[1]) | \(cells[3]) | "
        + String(format: "%.3f", numbers[0]) + " | "
        + "\(Int((numbers[1] * dates).rounded())) | " + String(format: "%.2f", numbers[2]) + " |\n"
    }
    return text
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

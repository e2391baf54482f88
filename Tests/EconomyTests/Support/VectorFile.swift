import Foundation
import Testing

/// The rows of a file in `Data`, by the names of its columns; the file begins with its source.
struct VectorFile {
  struct Row: Sendable, CustomTestStringConvertible {
    let cells: [String: String]

    subscript(column: String) -> String { cells[column] ?? "" }
    func number(_ column: String) -> Double { Double(self[column]) ?? .nan }
    func integer(_ column: String) -> Int64 { Int64(self[column]) ?? -1 }
    var testDescription: String {
      cells.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
  }

  static func rows(_ name: String) -> [Row] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appending(path: "Data/\(name).csv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(cells)
    precondition(lines.count > 1, "there are no rows in \(file.path)")
    return lines.dropFirst().map { line in
      Row(cells: Dictionary(zip(lines[0], line), uniquingKeysWith: { first, _ in first }))
    }
  }

  /// A quoted cell may hold commas.
  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}

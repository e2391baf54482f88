import Foundation
import Testing

/// A mean and its 95 % interval, as a table of the README has them: `−5.04 [−5.17, −4.84]`.
struct Quoted {
  let mean: Double
  let low: Double
  let high: Double

  var halfWidth: Double { (high - low) / 2 }

  /// Nil where a cell has none, but a dash or a word.
  init?(_ cell: String) {
    let numbers = cell.replacing("−", with: "-").split { !"+-.0123456789".contains($0) }
      .compactMap { Double($0) }
    guard numbers.count == 3 else { return nil }
    (mean, low, high) = (numbers[0], numbers[1], numbers[2])
  }
}

/// Tables that stand between `<!-- name -->` and `<!-- /name -->` in the README.
enum ReadmeTable {
  /// What stands there.
  static func text(_ name: String) throws -> String {
    let text = try shippedText("../README", extension: "md")
    let begin = try #require(text.range(of: "<!-- \(name) -->\n"))
    let end = try #require(text.range(of: "<!-- /\(name) -->"))
    return String(text[begin.upperBound..<end.lowerBound])
  }

  /// The cells of the rows below the head of one of the tables there.
  static func rows(_ name: String, table: Int = 0) throws -> [[String]] {
    let tables = try text(name).split(separator: "\n\n")
    return tables[table].split(separator: "\n").dropFirst(2).map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }
}

/// Columns of text for the terminal, the first aligned left, the others by their own wish.
public struct TextTable {
  public enum Alignment: Sendable {
    case left, right
  }

  private let alignments: [Alignment]
  private var rows: [[String]]

  public init(_ columns: [(title: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    rows = [columns.map(\.title)]
  }

  /// - Parameter cells: one a column.
  public mutating func add(_ cells: [String]) {
    precondition(cells.count == alignments.count, "a row has one cell a column")
    rows.append(cells)
  }

  /// Whether only the titles are there.
  public var isEmpty: Bool { rows.count == 1 }

  /// Lines with two spaces between columns and none at the end.
  public var text: String {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += column == 0 ? "" : "  "
        line += alignments[column] == .left ? cell + padding : padding + cell
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

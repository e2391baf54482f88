/// Rows of text cells under named columns, read from a CSV file.
public struct Table: Sendable {
  /// The path as the scenario wrote it.
  public var path: String
  /// SHA-256 of the file, in hexadecimal.
  public var digest: String
  public var columns: [String]
  /// Cells `[rows][columns]`.
  public var cells: [[String]]
  /// Where each row begins in the CSV file, `[rows]`.
  public var rowLocations: [SourceLocation]
  /// Where the table begins in the CSV file.
  public var location: SourceLocation

  public init(
    path: String, digest: String = "", columns: [String], cells: [[String]],
    rowLocations: [SourceLocation], location: SourceLocation
  ) {
    precondition(cells.count == rowLocations.count, "every row of a table has a location")
    precondition(
      cells.allSatisfy { $0.count == columns.count }, "every row of a table has all its columns")
    self.path = path
    self.digest = digest
    self.columns = columns
    self.cells = cells
    self.rowLocations = rowLocations
    self.location = location
  }

  /// What stands for a file that could not be read.
  public static func unread(_ path: String, at location: SourceLocation) -> Table {
    Table(path: path, columns: [], cells: [], rowLocations: [], location: location)
  }

  /// Whether the file was read; then it has at least one column.
  public var isRead: Bool { !columns.isEmpty }

  /// The cells of a column, or nil where there is no such column.
  public func texts(_ column: String) -> [String]? {
    guard let index = columns.firstIndex(of: column) else { return nil }
    return cells.map { $0[index] }
  }

  /// The numbers of a column, nil for a cell that is empty or no finite number; nil where there is
  /// no such column.
  public func numbers(_ column: String) -> [Double?]? {
    texts(column)?.map { cell in
      guard let value = Double(cell), value.isFinite else { return nil }
      return value
    }
  }
}

/// A stretch of one line of a source text.
public struct SourceLocation: Sendable, Hashable {
  /// The path as it is shown to people.
  public var file: String
  /// The line, counted from 1.
  public var line: Int
  /// The first column, counted from 1 in Unicode scalars.
  public var column: Int
  /// The number of Unicode scalars covered on the line, at least 1.
  public var length: Int

  public init(file: String, line: Int, column: Int, length: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
  }
}

extension FieldReader {
  /// The numbers of a column, each in a range, `[rows]`; zeros where something is wrong.
  public mutating func numbers(
    inColumn column: String, of table: Table, unit: String = "", in range: ClosedRange<Double>
  ) -> [Double] {
    cells(column, of: table, .number(range), unit: unit) { text in
      Double(text).flatMap { $0.isFinite && range.contains($0) ? $0 : nil }
    }
  }

  /// The dates or day numbers of a column, in days since the start, `[rows]`; zeros where something
  /// is wrong.
  public mutating func moments(inColumn column: String, of table: Table) -> [Double] {
    let context = context
    return cells(column, of: table, .moment, unit: "") { text in
      context.day(of: Node(Double(text).map(Node.Kind.number) ?? .string(text), at: .nowhere))
    }
  }

  private func cells(
    _ column: String, of table: Table, _ kind: FieldKind, unit: String,
    _ read: (String) -> Double?
  ) -> [Double] {
    guard let texts = table.texts(column) else {
      report(
        at: table.location, place: place, expected: "a column \(quoted(column))",
        found: table.columns.map(quoted).joined(separator: ", "), help: "")
      return Array(repeating: 0, count: table.cells.count)
    }
    return zip(texts, table.rowLocations).map { text, location in
      if let value = read(text) { return value }
      report(
        at: location, place: place,
        expected: "\(kind.expectation(unit: unit)) in column \(quoted(column))",
        found: text.isEmpty ? "an empty cell" : quoted(text), help: "")
      return 0
    }
  }
}

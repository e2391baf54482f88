/// One CSV file of a result: its name and what stands in its columns.
struct ResultTable: Sendable {
  /// A column as the data package describes it.
  struct Column: Sendable {
    /// Types of the Frictionless Table Schema that occur here.
    enum Kind: String, Sendable {
      case string, number, integer, date
    }

    let name: String
    let kind: Kind
    let meaning: String
    /// Empty where the column counts nothing, or its unit stands in another column.
    var unit = ""
  }

  /// File name without extension; also the resource's name in the data package.
  let name: String
  let title: String
  let columns: [Column]

  var fileName: String { name + ".csv" }

  /// First line of the file.
  var header: String { CSV.line(columns.map { CSV.cell($0.name) }) }

  /// Tables that every run writes row by row, in the order of the data package.
  static let streamed: [ResultTable] = [timeseries, flows, breakdown, survival]
}

extension ResultTable.Column {
  static func string(_ name: String, _ meaning: String) -> Self {
    Self(name: name, kind: .string, meaning: meaning)
  }

  static func number(_ name: String, _ meaning: String, unit: String = "") -> Self {
    Self(name: name, kind: .number, meaning: meaning, unit: unit)
  }

  static func integer(_ name: String, _ meaning: String) -> Self {
    Self(name: name, kind: .integer, meaning: meaning)
  }

  /// Columns that say whose a row is.
  static let unit: [Self] = [
    .string("scenario", "name of the scenario"),
    .string("variant", "name of the variant"),
    .integer("replicate", "number of the replicate, from 1"),
  ]

  static let time = number("time_days", "time since the start", unit: "days")
}

import Experiments

/// `datapackage.json`: what every file and column means, for programs that know Frictionless
/// (Data Package v1, Table Schema v1).
enum DataPackage {
  static func json(_ plan: Plan, tables: [(table: ResultTable, file: WrittenFile)]) -> JSONValue {
    .object([
      ("profile", .string("tabular-data-package")),
      ("name", .string(slug(plan.name))),
      ("title", .string(plan.name)),
      ("description", .string(plan.about)),
      ("resources", .array(tables.map { resource($0.table, $0.file) })),
    ])
  }

  private static func resource(_ table: ResultTable, _ file: WrittenFile) -> JSONValue {
    .object([
      ("profile", .string("tabular-data-resource")),
      ("name", .string(table.name)),
      ("title", .string(table.title)),
      ("path", .string(table.fileName)),
      ("format", .string("csv")),
      ("mediatype", .string("text/csv")),
      ("encoding", .string("utf-8")),
      ("bytes", .integer(file.bytes)),
      ("hash", .string("sha256:" + file.sha256)),
      (
        "schema",
        .object([
          ("fields", .array(table.columns.map(field))),
          ("missingValues", .strings([""])),
        ])
      ),
    ])
  }

  private static func field(_ column: ResultTable.Column) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("name", .string(column.name)),
      ("type", .string(column.kind.rawValue)),
      ("description", .string(column.meaning)),
    ]
    if !column.unit.isEmpty { members.append(("unit", .string(column.unit))) }
    return .object(members)
  }

  /// A name of the small letters, digits, dots and dashes that the standard allows.
  static func slug(_ name: String) -> String {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789.-_")
    let slug = String(name.lowercased().map { allowed.contains($0) ? $0 : "-" })
    return slug.isEmpty ? "scenario" : slug
  }
}

public import Experiments
import Foundation

extension ResultFolder {
  /// Puts the parts together into a new result and exchanges it with the folder.
  ///
  /// - Parameters:
  ///   - command: name of the command, for the record.
  ///   - warnings: sentences for the record.
  ///   - comparison: rows of `comparison.csv`; nil where the command does not compare.
  public func complete(
    _ result: ExperimentResult, command: String, summary: [SummaryRow],
    comparison: [ComparisonRow]?, warnings: [String], timing: Timing
  ) throws(SinkError) {
    FileSystem.remove(sibling)
    do throws(SinkError) {
      try FileSystem.makeFolder(sibling)
      var tables = try assembleParts(of: result.plan)
      tables.insert(
        try write(
          .summary, lines: summary.map { ResultTable.line($0, scenario: result.plan.name) }),
        at: 1)
      if let comparison {
        tables.insert(try write(.comparison, lines: comparison.map { ResultTable.line($0) }), at: 2)
      }
      if !result.histories.isEmpty {
        tables.append(try write(.history, lines: result.histories.map { ResultTable.line($0) }))
      }
      let package = DataPackage.json(result.plan, tables: tables)
      let files = tables.map(\.file) + [try write(package, to: "datapackage.json")]
      let record = RunRecord.json(result, command: command, warnings: warnings, files: files)
      _ = try write(timing.json, to: "timing.json")
      _ = try write(record, to: Contents.record)
      try FileSystem.sync(folder: sibling)
    } catch {
      FileSystem.remove(sibling)
      throw error
    }
    try replace()
  }

  /// Removes what a run that was killed while it replaced the folder has left beside it.
  func retireSibling() throws(SinkError) {
    for name in FileSystem.names(in: sibling) where !Contents.isResult(name) {
      try FileSystem.move("\(sibling)/\(name)", to: "\(path)/\(name)")
    }
    FileSystem.remove(sibling)
  }
}

extension ResultFolder {
  private typealias WrittenTable = (table: ResultTable, file: WrittenFile)

  /// Copies the chunks of all parts, in the order of units, into the tables they belong to.
  private func assembleParts(of plan: Plan) throws(SinkError) -> [WrittenTable] {
    var files: [OutputFile] = []
    for table in ResultTable.streamed {
      let file = try OutputFile("\(sibling)/\(table.fileName)")
      try file.write(table.header)
      files.append(file)
    }
    for unit in plan.units {
      let path = partPath(unit)
      guard var reader = PartReader(path, key: PartKey.digest(unit, of: plan)) else {
        throw .changed(path)
      }
      while let chunk = reader.next() {
        guard case .rows(let name, let bytes) = chunk,
          let index = ResultTable.streamed.firstIndex(where: { $0.name == name })
        else { continue }
        try files[index].write(bytes)
      }
      guard reader.isWhole else { throw .changed(path) }
    }
    var tables: [WrittenTable] = []
    for (table, file) in zip(ResultTable.streamed, files) {
      tables.append((table, try file.finish()))
    }
    return tables
  }

  private func write(_ table: ResultTable, lines: [String]) throws(SinkError) -> WrittenTable {
    let file = try OutputFile("\(sibling)/\(table.fileName)")
    try file.write(table.header)
    for line in lines { try file.write(line) }
    return (table, try file.finish())
  }

  private func write(_ json: JSONValue, to name: String) throws(SinkError) -> WrittenFile {
    let file = try OutputFile("\(sibling)/\(name)")
    try file.write(json.text)
    return try file.finish()
  }

  private func replace() throws(SinkError) {
    if try FileSystem.exchange(sibling, path) {
      try FileSystem.sync(folder: FileSystem.parent(of: path))
      try retireSibling()
    } else {
      try replaceFileByFile()
    }
  }

  /// Without an exchange in one step the record goes last: until it is there, the digests in the
  /// old one tell readers that the files are a mixture.
  func replaceFileByFile() throws(SinkError) {
    let names = FileSystem.names(in: sibling)
    for name in names where name != Contents.record {
      try FileSystem.move("\(sibling)/\(name)", to: "\(path)/\(name)")
    }
    try FileSystem.move("\(sibling)/\(Contents.record)", to: "\(path)/\(Contents.record)")
    let stale = FileSystem.names(in: path).filter { Contents.isResult($0) && !names.contains($0) }
    for name in stale { FileSystem.remove("\(path)/\(name)") }
    FileSystem.remove(sibling)
    try FileSystem.sync(folder: path)
  }
}

extension SinkError {
  fileprivate static func changed(_ path: String) -> SinkError {
    SinkError(
      "\(path): expected the part as it was written, found it changed or gone",
      help: "run again, and let no other program write into the folder")
  }
}

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
    let incoming = try makeIncoming()
    do throws(SinkError) {
      var tables = try assembleParts(of: result.plan, into: incoming)
      let lines = summary.map { ResultTable.line($0, scenario: result.plan.name) }
      tables.insert(
        try write(.summary, lines: lines + ResultTable.errorLines(of: result), into: incoming),
        at: 1)
      if let comparison {
        tables.insert(
          try write(.comparison, lines: comparison.map { ResultTable.line($0) }, into: incoming),
          at: 2)
      }
      if !result.histories.isEmpty {
        tables.append(
          try write(
            .history, lines: result.histories.map { ResultTable.line($0) }, into: incoming))
      }
      let package = DataPackage.json(result.plan, tables: tables)
      let files = tables.map(\.file) + [try write(package, to: "\(incoming)/datapackage.json")]
      let record = RunRecord.json(result, command: command, warnings: warnings, files: files)
      _ = try write(timing.json, to: "\(incoming)/timing.json")
      _ = try write(record, to: "\(incoming)/\(Contents.record)")
      try FileSystem.sync(folder: incoming)
    } catch {
      FileSystem.remove(incoming)
      throw error
    }
    try replace(by: incoming)
  }

  /// Makes the folder in which the new result is completed: beside this one, to be exchanged with
  /// it in one step, or inside it where it is a mount point or its parent may not be written to.
  ///
  /// The system is asked rather than told what is mounted where: a folder made inside is moved
  /// beside, as the exchange would be.
  private func makeIncoming() throws(SinkError) -> String {
    let inside = "\(path)/\(Contents.partial)/incoming"
    for folder in [inside, sibling] { FileSystem.remove(folder) }
    try FileSystem.makeFolder(inside)
    return rename(inside, sibling) == 0 ? sibling : inside
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
  private func assembleParts(
    of plan: Plan, into incoming: String
  ) throws(SinkError) -> [WrittenTable] {
    var files: [OutputFile] = []
    for table in ResultTable.streamed {
      let file = try OutputFile("\(incoming)/\(table.fileName)")
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

  private func write(
    _ table: ResultTable, lines: [String], into incoming: String
  ) throws(SinkError) -> WrittenTable {
    let file = try OutputFile("\(incoming)/\(table.fileName)")
    try file.write(table.header)
    for line in lines { try file.write(line) }
    return (table, try file.finish())
  }

  private func write(_ json: JSONValue, to path: String) throws(SinkError) -> WrittenFile {
    let file = try OutputFile(path)
    try file.write(json.text)
    return try file.finish()
  }

  private func replace(by incoming: String) throws(SinkError) {
    if incoming == sibling, try FileSystem.exchange(sibling, path) {
      try FileSystem.sync(folder: FileSystem.parent(of: path))
      try retireSibling()
    } else {
      try replaceFileByFile(from: incoming)
    }
  }

  /// Without an exchange in one step the record goes last: until it is there, the digests in the
  /// old one tell readers that the files are a mixture.
  func replaceFileByFile(from incoming: String) throws(SinkError) {
    let names = FileSystem.names(in: incoming)
    for name in names where name != Contents.record {
      try FileSystem.move("\(incoming)/\(name)", to: "\(path)/\(name)")
    }
    try FileSystem.move("\(incoming)/\(Contents.record)", to: "\(path)/\(Contents.record)")
    let stale = FileSystem.names(in: path).filter { Contents.isResult($0) && !names.contains($0) }
    for name in stale { FileSystem.remove("\(path)/\(name)") }
    FileSystem.remove(incoming)
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

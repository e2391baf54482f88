import Economy
import Experiments
import Foundation
import Scenarios

/// Writes the rows of one replicate into a part.
///
/// A part is text: a line that names the format, a line with the key, then chunks, each a line
/// `rows TABLE BYTES` and so many bytes of finished CSV; then the outcome in the same manner, and
/// a last line with the SHA-256 of all before it. Under its final name a part is whole.
struct PartWriter: ReplicateSink {
  static let format = "depinsim part 1"
  private static let chunkSize = 1 << 16

  private let file: OutputFile
  private let finalPath: String
  private let plan: Plan
  /// Cells that say whose each row is, comma at the end.
  private let unit: String
  private let countBytes: (Int) -> Void
  private var timeseries = ""
  private var flows = ""

  init(
    _ unit: WorkUnit, of plan: Plan, key: String, at path: String,
    countBytes: @escaping (Int) -> Void
  ) throws(SinkError) {
    file = try OutputFile(path + ".tmp")
    finalPath = path
    self.plan = plan
    self.unit =
      [CSV.cell(plan.name), CSV.cell(plan.variants[unit.variant].name), CSV.cell(unit.replicate)]
      .joined(separator: ",") + ","
    self.countBytes = countBytes
    try file.write("\(Self.format)\nkey \(key)\n")
  }

  mutating func write(_ rows: [SeriesRow]) throws(SinkError) {
    for row in rows { timeseries += ResultTable.line(row, unit: unit, start: plan.start) }
    try flush(&timeseries, of: .timeseries, above: Self.chunkSize)
  }

  mutating func write(_ rows: [FlowRow]) throws(SinkError) {
    for row in rows { flows += ResultTable.line(row, unit: unit) }
    try flush(&flows, of: .flows, above: Self.chunkSize)
  }

  mutating func finish(
    _ outcome: ReplicateOutcome, breakdown: [BreakdownRow], survival: [SurvivalRow]
  ) throws(SinkError) {
    var parts = breakdown.map { ResultTable.line($0, unit: unit) }.joined()
    var cohorts = survival.map { ResultTable.line($0, unit: unit) }.joined()
    try flush(&timeseries, of: .timeseries)
    try flush(&flows, of: .flows)
    try flush(&parts, of: .breakdown)
    try flush(&cohorts, of: .survival)
    try write(chunk: OutcomeText.encode(outcome), named: "outcome")
    try file.write("sha256 \(try file.sha256)\n")
    _ = try file.finish()
    try FileSystem.move(file.path, to: finalPath)
    try FileSystem.sync(folder: FileSystem.parent(of: finalPath))
  }

  mutating func discard() {
    FileSystem.remove(file.path)
  }
}

extension PartWriter {
  private func flush(
    _ text: inout String, of table: ResultTable, above size: Int = 0
  ) throws(SinkError) {
    guard text.utf8.count > size else { return }
    try write(chunk: Array(text.utf8), named: "rows \(table.name)")
    text = ""
  }

  private func write(chunk: [UInt8], named name: String) throws(SinkError) {
    try file.write("\(name) \(chunk.count)\n")
    try file.write(chunk)
    countBytes(chunk.count)
  }
}

/// The outcome inside a part.
enum OutcomeText {
  static func encode(_ outcome: ReplicateOutcome) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(outcome) else {
      preconditionFailure("an outcome of numbers and words can always be encoded")
    }
    return Array(data)
  }

  static func decode(_ bytes: [UInt8]) -> ReplicateOutcome? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try? decoder.decode(ReplicateOutcome.self, from: Data(bytes))
  }
}

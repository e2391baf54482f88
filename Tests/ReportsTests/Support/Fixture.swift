import Foundation
import Kernel

@testable import Economy
@testable import Experiments
@testable import Reports
@testable import Scenarios

/// A small plan without an economy behind it, and everything that a run of it would write.
enum Fixture {
  static func plan(
    _ name: String = "toy", variants: [String] = ["plain", "with, comma"], replicates: Int = 2,
    seed: UInt64 = 1
  ) -> Plan {
    Plan(
      name: name, about: "A toy.", start: CalendarDate(daysSince1970: 19_781), horizonDays: 2,
      measureEvery: .days(1), seed: seed, analysis: .horizon(burnInDays: 0),
      replicates: Array(1...replicates), pilots: replicates,
      variants: variants.map { Variant(name: $0, stages: [], calibration: nil) },
      calibratedValues: Array(repeating: nil, count: variants.count), baseline: 0,
      histories: [], digest: "d", effectiveText: "{}\n")
  }

  /// Values of all measures: the first two are given, the others undefined.
  static func values(_ first: Double, _ second: Double = .nan) -> [Double] {
    var values = [Double](repeating: .nan, count: Measure.all.count)
    values[0] = first
    values[1] = second
    return values
  }

  static func outcome(_ unit: WorkUnit) -> ReplicateOutcome {
    let price = Double(unit.variant + 1) + Double(unit.replicate) / 8
    return ReplicateOutcome(
      summary: values(price, 1e21),
      events: EventTally(total: 30, stale: 1, kinds: [.init(name: "tick", count: 30)]),
      warnings: [])
  }

  static func write(_ unit: WorkUnit, of plan: Plan, into folder: ResultFolder) throws {
    var sink = try folder.open(unit, of: plan)
    for day in 0...2 {
      let row = SeriesRow(time: .days(Double(day)), values: values(Double(day) + 0.5, 3))
      try sink.write([row])
    }
    let flow = FlowRow(
      time: .days(2), asset: "USD", reason: "job payment", from: "escrow", to: "operators",
      amount: "0.000001")
    try sink.write([flow])
    try sink.finish(
      outcome(unit),
      breakdown: [BreakdownRow(measure: "exits", dimension: "region", key: "a\"b", value: 2)],
      survival: [SurvivalRow(cohort: "all", time: .zero, atRisk: 3, survivors: 3)])
  }

  static func result(_ plan: Plan) -> ExperimentResult {
    ExperimentResult(plan: plan, outcomes: plan.units.map(outcome))
  }

  /// Writes every unit that is not stored yet, and completes the folder.
  static func fill(_ folder: ResultFolder, _ plan: Plan, comparing: Bool = false) throws {
    for unit in plan.units where try folder.stored(unit, of: plan) == nil {
      try write(unit, of: plan, into: folder)
    }
    let result = result(plan)
    try folder.complete(
      result, command: comparing ? "compare" : "run", summary: result.summaryRows(),
      comparison: comparing ? result.comparisonRows() : nil, warnings: [],
      timing: Timing(wallSeconds: 1, events: 1, threads: 1))
  }
}

/// A new folder that is removed at the end of a test.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "depinsim-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func names(in folder: String = "") -> [String] { FileSystem.names(in: path + "/" + folder) }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: path + "/" + name).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  func write(_ text: String, to name: String) {
    _ = FileManager.default.createFile(atPath: path + "/" + name, contents: Data(text.utf8))
  }
}

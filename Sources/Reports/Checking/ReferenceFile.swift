import Economy
public import Experiments
import Foundation

/// References as files: JSON, the values of a measure on one line.
public enum ReferenceFile {
  /// Where the reference of a scenario stands in a folder of references.
  public static func path(of scenario: String, in folder: String) -> String {
    "\(folder)/\(scenario).json"
  }

  /// The reference of a scenario; nil where there is none.
  public static func read(_ scenario: String, in folder: String) throws(SinkError) -> Reference? {
    let path = path(of: scenario, in: folder)
    guard FileSystem.isFolder(path) != nil else { return nil }
    guard let data = FileManager.default.contents(atPath: path),
      let reference = try? JSONDecoder().decode(Reference.self, from: data),
      reference.scenario == scenario, reference.isWhole
    else {
      throw SinkError(
        "\(path): expected a reference of \"\(scenario)\" as check writes it, found something else",
        help: "take the file back from the repository, or remove it and make it anew with "
          + "`depinsim check --update`")
    }
    return reference
  }

  public static func write(_ reference: Reference, in folder: String) throws(SinkError) {
    try TextFile.write(text(reference), to: path(of: reference.scenario, in: folder))
  }

  static func text(_ reference: Reference) -> String {
    let origin = reference.origin
    return JSONValue.object([
      ("scenario", .string(reference.scenario)),
      (
        "origin",
        .object([
          ("date", .string(origin.date)),
          ("reason", .string(origin.reason)),
          ("version", .string(origin.version)),
          ("toolchain", .string(origin.toolchain)),
          ("numerics", .string(origin.numerics)),
        ])
      ),
      ("scenarioDigest", .string(reference.scenarioDigest)),
      ("resultDigest", .string(reference.resultDigest)),
      ("seed", .unsigned(reference.seed)),
      ("replicates", .row(reference.replicates.map { .integer($0) })),
      ("horizonDays", .number(reference.horizonDays)),
      ("values", .array(reference.values.map(values))),
    ]).text
  }

  private static func values(_ values: Reference.Values) -> JSONValue {
    let measures = Measure.all.compactMap { measure -> (String, JSONValue)? in
      values.measures[measure.name].map { numbers in
        (measure.name, .row(numbers.map { .number($0 ?? .nan) }))
      }
    }
    return .object([("variant", .string(values.variant)), ("measures", .object(measures))])
  }
}

import Foundation

/// What belongs to a result folder, and what does not.
enum Contents {
  /// Folder of parts.
  static let partial = ".partial"
  static let record = "run.json"

  /// Files that a run writes.
  private static let written =
    ["run.json", "timing.json", "datapackage.json"]
    + ["timeseries", "summary", "comparison", "flows", "breakdown", "survival", "history"]
    .map { $0 + ".csv" }

  /// Files that other commands make from or beside a result, so that a new one makes them stale.
  private static let derived = [
    "sweep.csv", "indices.csv", "stress.csv", "check.csv", "verify.csv",
  ]

  /// Whether a name in the folder is part of a result.
  static func isResult(_ name: String) -> Bool {
    name == partial || written.contains(name) || derived.contains(name)
      || name == "report.html" || name.hasSuffix(".svg")
  }

  /// Refuses a folder that holds another scenario's result or anything that is no result.
  static func check(_ folder: String, scenario: String) throws(FolderError) {
    let names = FileSystem.names(in: folder)
    if let stranger = names.first(where: { !isResult($0) }) {
      throw .refused(
        message: "\(folder): expected an empty folder or an older result, found \"\(stranger)\"",
        help: "choose another folder with --out, or keep such files beside the result with --force")
    }
    guard names.contains(where: { $0 != partial }) else { return }
    guard let owner = owner(of: folder) else {
      throw .refused(
        message: "\(folder): expected \(record) beside the files of a result, found none that "
          + "names its scenario",
        help: "choose another folder with --out, or replace the files with --force")
    }
    guard owner == scenario else {
      throw .refused(
        message: "\(folder): expected a result of \"\(scenario)\", found one of \"\(owner)\"",
        help: "choose another folder with --out, or replace the result with --force")
    }
  }

  /// Name of the scenario whose result a folder holds.
  private static func owner(of folder: String) -> String? {
    guard let data = FileManager.default.contents(atPath: folder + "/" + record),
      let record = try? JSONDecoder().decode(Owner.self, from: data)
    else { return nil }
    return record.scenario
  }

  private struct Owner: Decodable {
    let scenario: String
  }
}

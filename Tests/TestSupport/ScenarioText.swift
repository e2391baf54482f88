import Foundation
public import Scenarios

/// Scenarios that a test writes in place.
public enum ScenarioText {
  /// Reads and checks a text as if it were a file named `test.json5`.
  ///
  /// - Parameter settings: `key.path=value`, as on the command line.
  public static func scenario(
    _ text: String, setting settings: [String] = []
  ) throws -> Scenario {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "depinsim-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("test.json5")
    try Data(text.utf8).write(to: file)
    return try Scenario(path: file.path, setting: settings)
  }
}

import Foundation
import Scenarios

/// A scenario file of the repository, with settings `key.path=value` laid over it.
func shippedScenario(_ name: String, setting settings: [String] = []) throws -> Scenario {
  try Scenario(path: shippedFile(name).path, setting: settings)
}

/// The text of a scenario file of the repository, or of another beside them.
func shippedText(_ name: String, extension ending: String = "json5") throws -> String {
  try String(contentsOf: shippedFile(name, ending), encoding: .utf8)
}

private func shippedFile(_ name: String, _ ending: String = "json5") -> URL {
  var folder = URL(filePath: #filePath)
  for _ in ["Theory", "ExperimentsTests", "Tests", "."] { folder.deleteLastPathComponent() }
  return folder.appending(path: "Scenarios/\(name).\(ending)")
}

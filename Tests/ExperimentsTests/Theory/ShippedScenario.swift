import Foundation
import Scenarios

/// A scenario file of the repository, with settings `key.path=value` laid over it.
func shippedScenario(_ name: String, setting settings: [String] = []) throws -> Scenario {
  try Scenario(path: shippedFile(name).path, setting: settings)
}

/// The text of a scenario file of the repository.
func shippedText(_ name: String) throws -> String {
  try String(contentsOf: shippedFile(name), encoding: .utf8)
}

private func shippedFile(_ name: String) -> URL {
  var folder = URL(filePath: #filePath)
  for _ in ["Theory", "ExperimentsTests", "Tests", "."] { folder.deleteLastPathComponent() }
  return folder.appending(path: "Scenarios/\(name).json5")
}

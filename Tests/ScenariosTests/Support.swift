import Configuration

@testable import Scenarios

/// Reads the scenario `s/main.json5` among texts in memory.
func scenario(
  _ main: String, with others: [String: String] = [:], setting settings: [String] = []
) throws(ScenarioError) -> Scenario {
  let texts = others.merging(["s/main.json5": main]) { _, main in main }
  return try ScenarioSource(path: "s/main.json5", access: .memory(texts))
    .scenario(setting: settings)
}

/// What the user is told about a scenario that is wrong; empty when it is not.
func messages(
  _ main: String, with others: [String: String] = [:], setting settings: [String] = []
) -> String {
  do throws(ScenarioError) {
    _ = try scenario(main, with: others, setting: settings)
    return ""
  } catch {
    return error.description
  }
}

extension Scenario {
  /// The value at a key path of a variant as JSON, `=` before a default.
  func value(_ path: String, in variant: String = "base") -> String? {
    guard let index = variants.firstIndex(where: { $0.name == variant }) else { return nil }
    return effective(variant: index).last { $0.path == path }
      .map { ($0.location == nil ? "=" : "") + $0.value }
  }
}

import Configuration
import Scenarios

extension Console {
  /// Reads a scenario and passes on its warnings.
  func scenario(_ file: String, setting settings: [String]) throws(Failure) -> Scenario {
    do throws(ScenarioError) {
      let scenario = try Scenario(path: file, setting: settings)
      if !scenario.warnings.isEmpty {
        err(IssueRenderer(files: scenario.sources).text(for: scenario.warnings))
      }
      return scenario
    } catch {
      throw Failure(error)
    }
  }
}

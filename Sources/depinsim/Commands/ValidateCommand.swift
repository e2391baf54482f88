import Scenarios

/// `validate`: reads scenarios and reports all that is wrong; runs and writes nothing.
struct ValidateCommand: Command, Equatable {
  let files: [String]
  /// Values of `--set`.
  let settings: [String]
  let isQuiet: Bool

  func run(_ console: Console) throws(Failure) {
    var worst: Failure?
    for file in files {
      do throws(Failure) {
        let scenario = try console.scenario(file, setting: settings)
        if !isQuiet { console.out(Self.line(file, scenario)) }
      } catch {
        console.err(error.text)
        if error.code.rawValue > worst?.code.rawValue ?? 0 { worst = error }
      }
    }
    if let worst { throw Failure(worst.code, text: "") }
  }

  private static func line(_ file: String, _ scenario: Scenario) -> String {
    let variants = scenario.variants.map(\.name).joined(separator: ", ")
    return "\(file): fine: \(scenario.name), variants \(variants)\n"
  }
}

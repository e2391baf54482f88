import Configuration
import Foundation
import Kernel
import Scenarios

/// `explain`: what a scenario means, or what a key or a rule is.
struct ExplainCommand: Command, Equatable {
  /// A file or a topic.
  let subject: String
  /// Values of `--set`.
  let settings: [String]
  let isEffective: Bool
  let asJSON: Bool

  func run(_ console: Console) throws(Failure) {
    if isEffective || namesFile {
      let scenario = try console.scenario(subject, setting: settings)
      console.out(text(scenario))
    } else {
      console.out(try Self.topic(subject))
    }
  }
}

extension ExplainCommand {
  /// No topic has a slash or ends like a file.
  private var namesFile: Bool {
    subject.contains("/") || subject.hasSuffix(".json5")
      || FileManager.default.fileExists(atPath: subject)
  }

  private func text(_ scenario: Scenario) -> String {
    if asJSON {
      return scenario.effectiveTree.json(indented: true) + "\n"
    }
    return isEffective ? Self.effective(scenario) : Self.outline(scenario)
  }

  /// Every value that holds in each variant, with its place.
  private static func effective(_ scenario: Scenario) -> String {
    var text = ""
    for (index, variant) in scenario.variants.enumerated() {
      if scenario.variants.count > 1 { text += "# variant \(variant.name)\n" }
      for field in scenario.effective(variant: index) {
        let unit = field.unit.isEmpty ? "" : " [\(field.unit)]"
        let place = field.location.map { "\($0.file):\($0.line)" } ?? "default"
        text += "\(field.path) = \(field.value)\(unit)  # \(place)\n"
      }
    }
    return text
  }

  private static func outline(_ scenario: Scenario) -> String {
    var text = "\(scenario.name)\n"
    if !scenario.about.isEmpty { text += "\n\(scenario.about)\n" }
    let variants = scenario.variants.map(\.name).joined(separator: ", ")
    text += """

      start       \(scenario.start)
      horizon     \(scenario.horizonDays) days
      replicates  \(scenario.replicates)
      seed        \(scenario.seed)
      variants    \(variants)
      baseline    \(scenario.variants[scenario.baseline].name)

      `--effective` shows every value that holds and where it was written

      """
    return text
  }

  private static func topic(_ subject: String) throws(Failure) -> String {
    if subject == "schema" { return ScenarioSource.schema.json(indented: true) + "\n" }
    let search = TopicSearch()
    let answer = search.answer(about: subject)
    guard answer.isEmpty else { return answer }
    throw Failure(
      .usage, "expected a scenario file or a topic, found \"\(subject)\"",
      help: search.nearest(to: subject).map { "did you mean \($0)?" }
        ?? "topics are the keys of a scenario, such as demand; see `depinsim list keys`")
  }
}

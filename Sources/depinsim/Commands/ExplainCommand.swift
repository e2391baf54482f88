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
      return scenario.effectiveTree(variant: scenario.baseline).json(indented: true) + "\n"
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
    let words = subject.split(separator: ".")
    let all = Topic.all
    let found = all.filter { $0.belongs(to: words) }
    if !found.isEmpty && !words.isEmpty { return found.map(\.text).joined() }
    // A rule without fields has no topic below it; its line stands with the field it belongs to.
    let parent = all.first { topic in
      topic.belongs(to: words.dropLast()) && topic.rules.contains { $0.name == words.last ?? "" }
    }
    if let parent { return parent.text }
    let nearest = nearestName(to: subject, among: all.map(\.name))
    throw Failure(
      .usage, "expected a scenario file or a topic, found \"\(subject)\"",
      help: nearest.map { "did you mean \($0)?" }
        ?? "topics are the keys of a scenario, such as \(all.first?.name ?? "demand")")
  }
}

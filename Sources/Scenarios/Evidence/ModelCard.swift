public import Configuration
internal import Kernel

/// What the values of a scenario rest on, as the comments beside them say.
public struct ModelCard: Sendable {
  public let name: String
  public let about: String
  /// How many values there are of each grade.
  public let counts: [EvidenceGrade: Int]
  /// Days of the facts, counted from 1970, in order.
  public let factDays: [Int]
  /// Names of the scenarios that it was tried on, without folder and extension.
  public let backtests: [String]
  /// Values without a mark, marks that cannot be read, sources that are not there or not used.
  public let issues: [Issue]
  /// The texts that the issues point into.
  public let files: [SourceFile]

  /// Keys that say nothing of the network.
  private static let unmarked: Set<String> = [
    "about", "sources", "backtests", "$schema", "start", "horizonDays", "replicates", "seed",
    "measureEveryDays", "flowsEveryDays", "concentrationEveryDays", "analysis", "baseline",
    "extends", "assertions", "history", "fit", "calibrate",
  ]

  /// Reads a scenario and what it extends and includes.
  public init(path: String) throws(ScenarioError) {
    try self.init(ScenarioSource(path: path))
  }

  init(_ source: ScenarioSource) throws(ScenarioError) {
    let scenario = try source.scenario()
    name = source.name
    about = scenario.about
    files = source.sources
    backtests = (source.tree["backtests"]?.texts ?? []).map(FilePath.stem(of:))
    let readers = source.sources.filter { $0.path.hasSuffix(".json5") }.map(EvidenceReader.init)
    let marks = readers.reduce(into: [:]) { all, reader in
      all.merge(reader.marks) { mark, _ in mark }
    }
    var issues = readers.flatMap(\.issues)
    var counts: [EvidenceGrade: Int] = [:]
    var days: [Int] = []
    for (path, value) in source.tree.leaves(below: FieldPath()) {
      guard let mark = marks[value.location] else {
        issues.append(
          Issue(
            .warning, at: value.location, path: path.description,
            message: "expected a mark of where \(value.brief) comes from, found none",
            help: "write \(EvidenceMark.form) behind it or above it"))
        continue
      }
      counts[mark.grade, default: 0] += 1
      if let day = mark.day { days.append(day) }
    }
    issues += Self.issues(of: readers.flatMap(\.citations), in: source.tree["sources"])
    self.counts = counts
    factDays = days.sorted()
    self.issues = issues.inFileOrder(of: source.sources)
  }

  /// Sources that are cited and not there, or there and not cited.
  private static func issues(
    of citations: [(name: String, location: SourceLocation)], in sources: Node?
  ) -> [Issue] {
    let members = sources?.namedMembers ?? []
    let known = members.map(\.key)
    let cited = Set(citations.map(\.name))
    return citations.filter { !known.contains($0.name) }.map { citation in
      Issue(
        .error, at: citation.location, path: "",
        message: "expected a key of sources, found \"\(citation.name)\"",
        help: nearestName(to: citation.name, among: known).map { "did you mean \"\($0)\"?" }
          ?? "add it to sources")
    }
      + members.filter { !cited.contains($0.key) }.map { member in
        Issue(
          .warning, at: member.keyLocation, path: "sources.\(member.key)",
          message: "expected a value that cites \"\(member.key)\", found none",
          help: "leave it out")
      }
  }
}

extension Node {
  /// The values that say something of a network, with their paths.
  fileprivate func leaves(below path: FieldPath) -> [(path: FieldPath, value: Node)] {
    switch kind {
    case .object(let members):
      let isVariant = path.steps.count == 2 && path.steps.first == .key("variants")
      return members.flatMap { member in
        let says = path.steps.isEmpty || isVariant
        return says && ModelCard.saysNothing(member.key)
          ? [] : member.value.leaves(below: path.appending(member.key))
      }
    case .array(let items):
      return items.enumerated().flatMap { index, item in
        item.leaves(below: path.appending(.index(index)))
      }
    case .null, .bool, .number, .string, .table: return [(path, self)]
    }
  }

  fileprivate var texts: [String] {
    guard case .array(let items) = kind else { return [] }
    return items.compactMap(\.string)
  }
}

extension ModelCard {
  fileprivate static func saysNothing(_ key: String) -> Bool { unmarked.contains(key) }
}

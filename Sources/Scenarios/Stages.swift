internal import Configuration
internal import Economy

/// The stages of a variant: its settings on day 0, and again after every amendment.
struct Stages {
  private(set) var list: [Stage]
  private(set) var issues: [Issue] = []
  /// Every path that an amendment changes, and whether this variant knows it.
  private(set) var paths: [(path: FieldPath, location: SourceLocation, isKnown: Bool)] = []

  init(of tree: Node, _ reading: TreeReading) {
    list = [Stage(day: 0, settings: reading.settings)]
    var (tree, known) = (tree, KnownPaths(tree))
    var before = tree
    // Amendments of one day act in the order of the file.
    let amendments = reading.header.amendments.enumerated().sorted {
      ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
    }.map(\.element)
    var passage: Passage?
    var last = reading
    var isChanged = false
    var told = Set(reading.issues)
    for (index, amendment) in amendments.enumerated() {
      for change in amendment.changes where apply(change, of: amendment, to: &tree, &known) {
        isChanged = true
      }
      if passage?.join(amendment.passage) == nil { passage = amendment.passage }
      let isLastOfDay =
        index + 1 == amendments.count || amendments[index + 1].day > amendment.day
      if isLastOfDay {
        if isChanged {
          last = TreeReading(tree, hasGaps: reading.hasGaps)
          known.later = tree
          isChanged = false
        }
        let reading = last
        let news = reading.issues.filter { told.insert($0).inserted }
        if !news.isEmpty {
          issues += news.placed(
            at: amendment.changes.first?.keyLocation ?? amendment.location,
            unlessIn: amendment.changes.locations, saying: "after this amendment")
        }
        doubtObjects(of: amendment, in: before, blaming: news)
        before = tree
        var settings = reading.settings
        settings.passage = passage
        passage = nil
        add(Stage(day: amendment.day, settings: settings), amendment, reading)
      }
    }
  }

  /// Keys that are about the run, or about amendments themselves.
  static let fixedKeys = Header.shared.union(
    ["about", "amendments", "calibrate", "extends", "fit"])

  /// Makes a change where its path leads somewhere, and says whether it did.
  private mutating func apply(
    _ change: Member, of amendment: Amendment, to tree: inout Node, _ known: inout KnownPaths
  ) -> Bool {
    let place = "amendments.\(amendment.name).set"
    guard let path = FieldPath(parsing: change.key) else {
      issues.append(
        Issue(
          .error, at: change.keyLocation, path: place,
          message: "expected a key path, found \"\(change.key)\"",
          help: "write, for instance, \"token.emissionScale\": 0.5"))
      return false
    }
    if case .key(let key)? = path.steps.first, Self.fixedKeys.contains(key) {
      issues.append(
        Issue(
          .error, at: change.keyLocation, path: place,
          message: "expected a path inside the network, found \"\(change.key)\"",
          help: "the run itself cannot be amended"))
      return false
    }
    let isKnown = tree.value(at: path.steps) != nil || known.contain(path, for: change.value)
    paths.append((path, change.keyLocation, isKnown))
    guard isKnown, let changed = tree.setting(path.steps, to: change.value) else { return false }
    tree = changed
    return true
  }

  /// Says, where something inside is wrong since, that an object replaced another as a whole, which
  /// the user may not have meant.
  private mutating func doubtObjects(
    of amendment: Amendment, in before: Node, blaming news: [Issue]
  ) {
    for change in amendment.changes where change.value.isObject {
      guard let path = FieldPath(parsing: change.key)?.steps,
        before.value(at: path)?.isObject == true, change.value["rule"] == nil,
        let first = change.value.members.first,
        news.contains(where: { $0.severity == .error && $0.isInside(FieldPath(path)) })
      else { continue }
      issues.append(
        Issue(
          .error, at: change.keyLocation, path: "amendments.\(amendment.name).set",
          message: "expected the path of each value that changes, found an object that replaces "
            + "all of \(change.key)",
          help: "write \"\(change.key).\(first.key)\": …, and leave what stays as it is out"))
    }
  }

  /// Says where an amendment changes only what a rule began with, which it is long past.
  private mutating func doubtOpenings(
    of changes: [Member], _ amendment: Amendment, from before: EconomySettings,
    to after: EconomySettings
  ) {
    let (old, new) = (before.openings, after.openings)
    for change in changes {
      guard let path = FieldPath(parsing: change.key), let kinds = new[path], old[path] == kinds
      else { continue }
      issues.append(
        Issue(
          .warning, at: change.keyLocation, path: "amendments.\(amendment.name).set",
          message: "expected a value that the rule still asks for, found \(change.key), which "
            + "counts only when its rule comes into force",
          help: "it changes nothing: leave it out, or make it a variant, which holds from the start"
        ))
    }
  }

  private mutating func add(_ stage: Stage, _ amendment: Amendment, _ reading: TreeReading) {
    // With every earlier stage: what is not there at first may come once, and not change again.
    let keys = list.lazy.compactMap { stage.settings.structuralDifference(from: $0.settings) }
    if reading.isSound, let key = keys.first {
      issues.append(
        Issue(
          .error, at: amendment.changes.first?.keyLocation ?? amendment.location,
          path: "amendments.\(amendment.name).set",
          message: "expected an amendment that leaves \(key) as it is, found a change of it",
          help: "make it a variant, which holds from the start"))
    }
    if reading.isSound, let fault = stage.settings.passage?.fault(in: stage.settings) {
      issues.append(
        Issue(
          .error, at: amendment.location, path: "amendments.\(amendment.name).moves",
          message: "expected \(fault.expected), found \(fault.found)",
          help: "see `depinsim explain amendments`"))
    }
    if reading.isSound, let before = list.last?.settings {
      doubtOpenings(of: amendment.changes, amendment, from: before, to: stage.settings)
    }
    list.append(stage)
  }
}

/// The paths that a tree may have, found when the first of them is looked for.
private struct KnownPaths {
  private let tree: Node
  private lazy var paths = FieldPaths(of: tree)
  /// The tree as amendments have made it, which is asked for paths that they have brought.
  var later: Node? {
    didSet { laterPaths = nil }
  }
  private var laterPaths: FieldPaths?

  init(_ tree: Node) {
    self.tree = tree
  }

  mutating func contain(_ path: FieldPath, for value: Node) -> Bool {
    if paths.contain(path, for: value) { return true }
    guard let later else { return false }
    let found = laterPaths ?? FieldPaths(of: later)
    laterPaths = found
    return found.contain(path, for: value)
  }
}

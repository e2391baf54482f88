internal import Configuration

/// Turns a tree into a scenario: settings of the command line, variants, amendments, checks.
struct ScenarioMaker {
  private let source: ScenarioSource
  private let files: [SourceFile]
  /// State: the shared tree, with the settings made so far.
  private var root: Node
  private var issues: [Issue]

  init(_ source: ScenarioSource, overrides: Overrides) {
    self.source = source
    files = source.sources + [overrides.source]
    root = source.tree
    issues = source.issues + overrides.issues
    // Rules first: they decide which fields there are.
    let rules = overrides.list.filter { $0.path.steps.last == .key("rule") }
    let others = overrides.list.filter { $0.path.steps.last != .key("rule") }
    for override in rules + others { apply(override) }
  }

  /// The scenario, or everything that is wrong with it.
  func scenario() throws(ScenarioError) -> Scenario {
    let split = VariantTrees(of: root)
    let variants = split.trees.map {
      ReadVariant(
        name: $0.name, baseline: $0.baseline, tree: $0.tree, hasGaps: source.hasGaps)
    }
    var issues = issues + split.issues
    issues += Self.issues(of: variants, changes: root["variants"]?.namedMembers ?? [])
    if !source.hasGaps { issues += CrossReferences(in: root, variants).issues }
    issues = issues.inFileOrder(of: files)
    guard let header = variants.first?.reading.header,
      !issues.contains(where: { $0.severity == .error })
    else { throw .issues(issues, files: files) }
    return Scenario(
      name: source.name, about: header.about, start: header.start,
      horizonDays: header.horizonDays, measureEveryDays: header.measureEveryDays,
      seed: header.seed, replicates: header.replicates, analysis: header.analysis,
      variants: variants.map { read in
        var variant = read.variant
        variant.baseline = variants.firstIndex { $0.name == read.baseline?.string }
        return variant
      },
      baseline: variants.firstIndex { $0.name == header.baseline } ?? 0,
      warnings: issues, histories: header.histories, assertions: header.assertions,
      files: source.files, sources: files, tree: root, trees: variants.map(\.tree))
  }
}

extension ScenarioMaker {
  /// What is wrong in each variant; what is wrong in some alone is said where these are written.
  private static func issues(of variants: [ReadVariant], changes: [Member]) -> [Issue] {
    var counts: [Issue: Int] = [:]
    for variant in variants {
      for issue in Set(variant.reading.issues) { counts[issue, default: 0] += 1 }
    }
    let isShared = counts.values.allSatisfy { $0 == variants.count }
    let written = isShared ? [] : changes.locations
    return variants.flatMap { variant -> [Issue] in
      let shared = variant.reading.issues.filter { counts[$0] == variants.count }
      let own = variant.reading.issues.filter { counts[$0] != variants.count }
      let head = changes.first { $0.key == variant.name }?.keyLocation
      return shared + variant.stages.issues
        + (head.map { own.placed(at: $0, unlessIn: written, saying: "in this variant") } ?? own)
    }
  }

  /// Lays a setting over the shared tree, and over the changes of the variants that know its path
  /// and would otherwise hide it.
  private mutating func apply(_ override: Overrides.Override) {
    let steps = override.path.steps
    if steps.first == .key("variants") { return applyToVariant(override) }
    let variants = VariantTrees(of: root).trees
    let knowing = variants.indices.filter {
      variants[$0].tree.knows(override.path, for: override.value)
    }
    let isShared = root.value(at: steps) != nil || knowing.count == variants.count
    guard isShared && !variants.isEmpty || !knowing.isEmpty else {
      return refuse(
        override, among: Set(variants.flatMap { FieldPaths(of: $0.tree).all }))
    }
    if isShared { set(steps, override) }
    let wanted = override.value.json()
    for index in knowing where root["variants"]?.isObject == true {
      let tree = VariantTrees(of: root).trees[index].tree
      if tree.value(at: steps)?.json() != wanted {
        set([.key("variants"), .key(variants[index].name)] + steps, override)
      }
    }
  }

  /// Lays a setting over the changes of one variant, or puts it in place of one or all.
  private mutating func applyToVariant(_ override: Overrides.Override) {
    let steps = override.path.steps
    let inside = FieldPath(Array(steps.dropFirst(2)))
    let variants = root["variants"] == nil ? [] : VariantTrees(of: root).trees
    let named = variants.first { FieldPath.Step.key($0.name) == steps.dropFirst().first }
    let isKnown =
      inside.steps.isEmpty
      ? root.value(at: steps) != nil : named?.tree.knows(inside, for: override.value) == true
    guard !isKnown else { return set(steps, override) }
    let paths = variants.flatMap { name, _, tree in
      let place = FieldPath([.key("variants"), .key(name)])
      return [place] + FieldPaths(of: tree).all.map { FieldPath(place.steps + $0.steps) }
    }
    refuse(override, among: Set(paths))
  }

  private mutating func set(_ steps: [FieldPath.Step], _ override: Overrides.Override) {
    if let changed = root.setting(steps, to: override.value) {
      root = changed
    } else {
      refuse(override, among: FieldPaths(of: root).all)
    }
  }

  private mutating func refuse(_ override: Overrides.Override, among paths: Set<FieldPath>) {
    guard !source.hasGaps else { return }
    issues.append(
      .unknownPath(override.path, at: override.pathLocation, place: "", among: paths))
  }
}

/// A variant on its way into the scenario.
struct ReadVariant {
  let name: String
  /// The name of its own baseline, where it names one.
  let baseline: Node?
  let tree: Node
  let reading: TreeReading
  let stages: Stages

  init(name: String, baseline: Node? = nil, tree: Node, hasGaps: Bool = false) {
    self.name = name
    self.baseline = baseline
    self.tree = tree
    reading = TreeReading(tree, hasGaps: hasGaps)
    stages = Stages(of: tree, reading)
  }

  var variant: Variant {
    Variant(
      name: name, stages: stages.list, calibration: reading.header.calibration,
      fit: reading.header.fit)
  }
}

extension Issue {
  /// A path, given where a field is meant, that leads to none.
  static func unknownPath(
    _ path: FieldPath, at location: SourceLocation, place: String,
    among paths: Set<FieldPath>
  ) -> Issue {
    Issue(
      .error, at: location, path: place,
      message: "expected the path of a field, found \"\(path)\"",
      help: path.help(among: paths))
  }
}

extension Node {
  /// Whether a path leads to a value of the tree, or to a field in which another may stand.
  fileprivate func knows(_ path: FieldPath, for value: Node) -> Bool {
    self.value(at: path.steps) != nil || FieldPaths(of: self).contain(path, for: value)
  }
}

internal import Configuration

/// Turns a tree into a scenario: settings of the command line, variants, amendments, checks.
struct ScenarioMaker {
  private let source: ScenarioSource
  private let files: [SourceFile]
  /// State: the shared tree, with the settings made so far.
  private var root: Node {
    didSet { (trees, paths) = (nil, nil) }
  }
  /// Cache: the variants of the tree as it is, and what may be set in each.
  private var trees: VariantTrees?
  private var paths: [FieldPaths]?
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
    issues += self.issues(of: variants)
    if !source.hasGaps {
      issues += CrossReferences(in: root, variants, names: split.names).issues
    }
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
  /// What is wrong in each variant; what a variant has brought about is said where it is written.
  private func issues(of variants: [ReadVariant]) -> [Issue] {
    var counts: [Issue: Int] = [:]
    for variant in variants {
      for issue in Set(variant.reading.issues) { counts[issue, default: 0] += 1 }
    }
    let changes = root["variants"]?.namedMembers ?? []
    guard !changes.isEmpty, counts.values.contains(where: { $0 != variants.count }) else {
      return variants.flatMap { $0.reading.issues + $0.stages.issues }
    }
    let written = changes.locations
    let base = Set(
      TreeReading(root.without(["variants"]), hasGaps: source.hasGaps).issues)
    let byName = Dictionary(
      variants.map { ($0.name, Set($0.reading.issues)) }, uniquingKeysWith: { first, _ in first })
    return variants.flatMap { variant -> [Issue] in
      let change = changes.first { $0.key == variant.name }
      // What is wrong without the variant is no fault of its own, and is told once.
      let shared = variant.reading.issues.filter {
        counts[$0] == variants.count || base.contains($0)
      }
      let inherited = base.union(
        change?.value["extends"]?.string.flatMap { byName[$0] } ?? [])
      let own = variant.reading.issues.filter {
        counts[$0] != variants.count && !inherited.contains($0)
      }
      return shared + variant.stages.issues
        + (change.map {
          own.placed(at: $0.keyLocation, unlessIn: written, saying: "in this variant")
        } ?? own)
    }
  }

  /// Lays a setting over the shared tree, and over the changes of the variants that know its path
  /// and would otherwise hide it.
  private mutating func apply(_ override: Overrides.Override) {
    let steps = override.path.steps
    if steps.first == .key("variants") { return applyToVariant(override) }
    let variants = variantTrees()
    let knowing = variants.indices.filter { knows(override.path, for: override.value, in: $0) }
    let isShared = root.value(at: steps) != nil || knowing.count == variants.count
    guard isShared && !variants.isEmpty || !knowing.isEmpty else {
      return refuse(
        override, among: Set(knownPaths().flatMap(\.all)))
    }
    if isShared { set(steps, override) }
    let wanted = override.value.json()
    for index in knowing where root["variants"]?.isObject == true {
      let tree = variantTrees()[index].tree
      if tree.value(at: steps)?.json() != wanted {
        set([.key("variants"), .key(variants[index].name)] + steps, override)
      }
    }
  }

  /// Lays a setting over the changes of one variant, or puts it in place of one or all.
  private mutating func applyToVariant(_ override: Overrides.Override) {
    let steps = override.path.steps
    let inside = FieldPath(Array(steps.dropFirst(2)))
    let variants = root["variants"] == nil ? [] : variantTrees()
    let named = variants.firstIndex { FieldPath.Step.key($0.name) == steps.dropFirst().first }
    let isKnown =
      inside.steps.isEmpty
      ? root.value(at: steps) != nil
      : named.map { knows(inside, for: override.value, in: $0) } == true
    guard !isKnown else { return set(steps, override) }
    let known = variants.isEmpty ? [] : knownPaths()
    let paths = zip(variants, known).flatMap { variant, known in
      let place = FieldPath([.key("variants"), .key(variant.name)])
      return [place] + known.all.map { FieldPath(place.steps + $0.steps) }
    }
    refuse(override, among: Set(paths))
  }

  private mutating func variantTrees() -> [(name: String, baseline: Node?, tree: Node)] {
    if let trees { return trees.trees }
    let split = VariantTrees(of: root)
    trees = split
    return split.trees
  }

  private mutating func knownPaths() -> [FieldPaths] {
    if let paths { return paths }
    let known = variantTrees().map { FieldPaths(of: $0.tree) }
    paths = known
    return known
  }

  /// Whether a path leads to a value of a variant, or to a field in which another may stand.
  private mutating func knows(_ path: FieldPath, for value: Node, in index: Int) -> Bool {
    variantTrees()[index].tree.value(at: path.steps) != nil
      || knownPaths()[index].contain(path, for: value)
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

internal import Configuration
internal import Economy

/// Checks the names by which parts of a scenario point at each other.
struct CrossReferences {
  var issues: [Issue] = []

  /// - Parameter names: of the variants, those in error among them; nil: they could not be read.
  init(in root: Node, _ variants: [ReadVariant], names: [String]?) {
    checkName(root["baseline"], "baseline", among: names)
    for key in ["history", "assertions"] {
      for (name, entry) in root[key]?.members ?? [] {
        checkName(entry["variant"], "\(key).\(name).variant", among: names)
      }
    }
    for variant in variants {
      checkName(variant.baseline, "variants.\(variant.name).baseline", among: names)
      check(variant, among: names)
    }
    checkAmendedPaths(variants)
    checkCeilings(variants)
    for variant in variants { doubtEntries(of: variant) }
    for variant in variants { doubtUnbonding(of: variant) }
    for variant in variants { checkSupply(of: variant) }
  }

  /// Variants share their potential arrivals: without them nothing is compared under common luck.
  private mutating func checkCeilings(_ variants: [ReadVariant]) {
    let sound = variants.filter(\.reading.isSound)
    guard let first = sound.first else { return }
    for variant in sound.dropFirst() {
      guard let path = variant.reading.settings.ceilingDifference(from: first.reading.settings),
        let steps = FieldPath(parsing: path)?.steps
      else { continue }
      let node = variant.tree.value(at: steps) ?? variant.tree
      issues.append(
        Issue(
          .error, at: node.location, path: "variants.\(variant.name).\(path)",
          message:
            "expected the luck of \(first.name), found another place or other potential arrivals",
          help: "what is compared may thin arrivals, not change their base, shape, growth or "
            + "headroom, and may add classes and types only behind the others: use a shock on "
            + "demand, or an elasticity"))
    }
  }

  private mutating func check(_ variant: ReadVariant, among names: [String]?) {
    checkFit(of: variant)
    guard let calibration = variant.reading.header.calibration else { return }
    let node = variant.tree["calibrate"]
    let others = names?.filter { $0 != variant.name }
    let place = "variants.\(variant.name).calibrate"
    checkName(node?["equals"], "\(place).equals", among: others)
    if let key = node?["key"] {
      _ = checkNumber(calibration.key, of: variant, at: key, "\(place).key")
    }
  }

  /// Numbers to fit are there, and the search begins at what the file says.
  private mutating func checkFit(of variant: ReadVariant) {
    guard let fit = variant.reading.header.fit else { return }
    guard case .array(let list)? = variant.tree["fit"]?["keys"]?.kind else { return }
    for (index, key) in fit.keys.enumerated() where index < list.count {
      let place = "variants.\(variant.name).fit.keys[\(index)]"
      guard let node = list[index]["key"],
        let value = checkNumber(key.path, of: variant, at: node, "\(place).key"),
        !(key.lowest...max(key.lowest, key.highest)).contains(value)
      else { continue }
      issues.append(
        Issue(
          .error, at: node.location, path: place,
          message: "expected \(key.path) between \(numberText(key.lowest)) and "
            + "\(numberText(key.highest)), found \(numberText(value))",
          help: "the search begins at the value in the file: move it, or from and to"))
    }
  }

  /// The number of a variant at a key path; nil and an issue where there is none.
  private mutating func checkNumber(
    _ path: String, of variant: ReadVariant, at node: Node, _ place: String
  ) -> Double? {
    guard node.string != nil else { return nil }
    let wanted = FieldPath(parsing: path)
    let numbers = TreeReading.records(of: variant.tree).filter { $0.value?.finiteNumber != nil }
    if let value = numbers.last(where: { $0.path == wanted })?.value?.finiteNumber { return value }
    issues.append(
      Issue(
        .error, at: node.location, path: place,
        message: "expected the key path of a number, found \(node.brief)",
        help: wanted?.help(among: Set(numbers.map(\.path))) ?? ""))
    return nil
  }

  private mutating func checkName(_ node: Node?, _ path: String, among names: [String]?) {
    guard let names, let node, let name = node.string, !node.isNone, !names.contains(name) else {
      return
    }
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    issues.append(
      Issue(
        .error, at: node.location, path: path,
        message: "expected the name of a variant, found \(node.brief)",
        help: nearestName(to: name, among: names).map { "did you mean \"\($0)\"?" }
          ?? (names.isEmpty ? "there is no other variant" : "the variants are \(list)")))
  }

  /// An amendment may change what only some variants have, but not what none has.
  private mutating func checkAmendedPaths(_ variants: [ReadVariant]) {
    let paths = variants.flatMap(\.stages.paths)
    let reached = Set(paths.filter(\.isKnown).map(\.location))
    let unknown = paths.filter { !reached.contains($0.location) }
    guard !unknown.isEmpty else { return }
    let known = Set(variants.flatMap { FieldPaths(of: $0.tree).all })
    // Looking for like names takes time: for each path once, and not for very many.
    var said: [FieldPath: Issue] = [:]
    for (path, location, _) in unknown {
      var issue =
        said[path]
        ?? .unknownPath(
          path, at: location, place: "amendments", among: said.count < 100 ? known : [])
      said[path] = issue
      issue.location = location
      issues.append(issue)
    }
  }
}

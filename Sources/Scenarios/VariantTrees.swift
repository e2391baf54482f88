internal import Configuration

/// Lays the changes of every variant over the tree they share.
struct VariantTrees {
  /// The trees by name, in file order.
  private(set) var trees: [(name: String, baseline: Node?, tree: Node)] = []
  private(set) var issues: [Issue] = []
  /// The names that a scenario may use for its variants, those in error among them; nil: they could
  /// not be read.
  private(set) var names: [String]? = ["base"]
  private let members: [Member]
  /// Cache: the changes of each variant met so far; nil: they are wrong, which has been said.
  private var known: [String: Node?] = [:]
  /// Whether variants may be missing because they could not be read.
  private let hasGaps: Bool

  /// The variants of a tree; one named `base` where it names none, or none that can be read. Those
  /// that are null or `"none"` are left out, so that a scenario need not keep the variants of the one
  /// it extends.
  init(of root: Node) {
    let variants = root["variants"]
    hasGaps = root.hasGap || variants?.hasGap == true
    members = variants?.namedMembers.filter { $0.nameIssue(at: "") == nil } ?? []
    readTrees(of: root)
    guard trees.isEmpty else { return }
    // What is wrong beside the variants is told as well.
    trees = [("base", nil, issues.isEmpty ? root : root.without(["variants"]))]
  }

  private mutating func readTrees(of root: Node) {
    guard let variants = root["variants"], !variants.isNone else { return }
    guard variants.isObject else {
      names = nil
      return report(
        variants, FieldPath([.key("variants")]), "an object of named changes",
        found: variants.brief, help: "write variants: {name: {key: value, …}, …}")
    }
    let all = variants.namedMembers
    guard !all.isEmpty else { return }
    names = all.map(\.key)
    guard all.count <= TextLimits.variants else {
      return report(
        variants, FieldPath([.key("variants")]), "at most \(TextLimits.variants) variants",
        found: "\(all.count)")
    }
    issues = all.compactMap { $0.nameIssue(at: "variants") }
    for member in members {
      if let changes = changes(of: member, chain: []) {
        let tree = root.merged(with: changes.without(["baseline"]))
        trees.append((member.key, changes["baseline"], tree))
      }
    }
  }

  /// The changes of a variant laid over those of the variant it extends.
  private mutating func changes(of member: Member, chain: [String]) -> Node? {
    if let known = known[member.key] { return known }
    let changes = layChanges(of: member, chain: chain)
    known[member.key] = .some(changes)
    return changes
  }

  private mutating func layChanges(of member: Member, chain: [String]) -> Node? {
    let path = FieldPath([.key("variants"), .key(member.key)])
    guard case .object(let fields) = member.value.kind else {
      report(member.value, path, "an object of changes", found: member.value.brief)
      return nil
    }
    for field in fields where Header.shared.contains(field.key) && field.key != "baseline" {
      issues.append(
        Issue(
          .error, at: field.keyLocation, path: path.appending(field.key).description,
          message: "expected changes to the network, found \"\(field.key)\"",
          help: "all variants share it; write it at the top"))
    }
    let own = member.value.without(
      Header.shared.subtracting(["baseline"]).union(["extends"]))
    guard let extends = member.value["extends"] else { return own }
    let place = path.appending("extends")
    guard let base = members.first(where: { $0.key == extends.string }) else {
      guard !hasGaps else { return own }
      let nearest = nearestName(to: extends.string ?? "", among: members.map(\.key))
      report(
        extends, place, "the name of another variant", found: extends.brief,
        help: nearest.map { "did you mean \"\($0)\"?" }
          ?? "the variants are " + members.map(\.key).joined(separator: ", "))
      return nil
    }
    guard base.key != member.key, !chain.contains(base.key) else {
      report(
        extends, place, "variants that do not extend each other in a circle",
        found: Self.circle(chain + [member.key], from: base.key))
      return nil
    }
    return changes(of: base, chain: chain + [member.key])?.merged(with: own)
  }

  /// The names of a chain from the one to which it comes back, at most ten of them.
  private static func circle(_ chain: [String], from name: String) -> String {
    let names = chain.drop { $0 != name }
    return (names.prefix(10) + (names.count > 10 ? ["…"] : []) + [name]).joined(separator: " → ")
  }

  private mutating func report(
    _ node: Node, _ path: FieldPath, _ expected: String, found: String, help: String = ""
  ) {
    issues.append(
      Issue(
        .error, at: node.location, path: path.description,
        message: "expected \(expected), found \(found)", help: help))
  }
}

extension Node {
  /// The members of an object that are not left out; empty for other kinds.
  var namedMembers: [Member] {
    guard case .object(let members) = kind else { return [] }
    return members.filter { !$0.value.isNone }
  }
}

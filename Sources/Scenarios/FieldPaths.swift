internal import Configuration

/// The paths that a tree may have: those that its readers ask for, in the sections that it leaves out
/// as well.
struct FieldPaths {
  private(set) var all: Set<FieldPath> = []
  /// Those of them whose keys are names that the user chooses.
  private var lists: Set<FieldPath> = []

  init(of tree: Node) {
    var tree = tree
    // Sections lie in sections, but only a few deep.
    for _ in 0..<8 {
      let records = TreeReading.records(of: tree)
      // With those before, since one section may stand in place of another.
      all.formUnion(records.map(\.path))
      lists.formUnion(records.filter(\.kind.isNamed).map(\.path))
      let absent = records.filter { $0.kind.isObject && $0.value?.isNone == true }
      guard !absent.isEmpty else { break }
      for section in absent {
        tree = tree.setting(section.path.steps, to: Node(.object([]), at: .nowhere)) ?? tree
      }
    }
  }

  /// Whether a value may stand at a path. An object may stand at a new name.
  func contain(_ path: FieldPath, for value: Node) -> Bool {
    if all.contains(path) { return true }
    guard value.isObject, case .key? = path.steps.last else { return false }
    return lists.contains(FieldPath(path.steps.dropLast()))
  }
}

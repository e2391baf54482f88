extension FieldPath {
  /// What to write in place of this path, which leads to no field: the nearest of those that do,
  /// or the keys that there are where it leaves them.
  public func help(among paths: Set<FieldPath>) -> String {
    let (found, isWhole) = nearest(among: paths)
    if isWhole { return "did you mean \(quoted(found.description))?" }
    // The right key may be there with a step too few or too many before it.
    let others = paths.filter { $0.steps.last == steps.last && $0.steps.count != steps.count }
    if let name = nearestName(to: description, among: others.map(\.description).sorted()) {
      return "did you mean \(quoted(name))?"
    }
    if found.steps.isEmpty { return "see `depinsim explain --effective FILE` for all paths" }
    let keys = found.keys(among: paths)
    return keys.isEmpty
      ? "did you mean \(quoted(found.description))?" : "the keys of \(found) are" + inWords(keys)
  }

  /// The path, step by step put right, as far as there are steps like it.
  private func nearest(among paths: Set<FieldPath>) -> (path: FieldPath, isWhole: Bool) {
    var found = FieldPath()
    for step in steps {
      let next = found.appending(step)
      if paths.contains(where: { $0.steps.starts(with: next.steps) }) {
        found = next
      } else if case .key(let key) = step,
        let name = nearestName(to: key, among: found.keys(among: paths))
      {
        found = found.appending(name)
      } else {
        return (found, false)
      }
    }
    return (found, paths.contains(found))
  }

  /// The keys that follow this path in others, in order.
  private func keys(among paths: Set<FieldPath>) -> [String] {
    let keys = paths.compactMap { path -> String? in
      guard path.steps.count > steps.count, path.steps.starts(with: steps),
        case .key(let key) = path.steps[steps.count]
      else { return nil }
      return key
    }
    return Set(keys).sorted()
  }
}

internal import Configuration

extension Node {
  /// This value with another laid over it: objects merge key by key, everything else is replaced.
  ///
  /// Keys keep their places and new ones follow. An object that names another `rule` replaces the
  /// whole of the one below it, since the fields of two rules do not mix; one that names none adds
  /// its fields to the rule below it, even where that is a bare name.
  func merged(with over: Node) -> Node {
    if case .string = kind, !isNone, case .object = over.kind, over["rule"] == nil {
      return asRule.merged(with: over)
    }
    guard case .object(var members) = kind, case .object(let others) = over.kind else {
      return over
    }
    if let rule = over["rule"]?.string, rule != self["rule"]?.string { return over }
    var places: [String: Int] = [:]
    for (index, member) in members.enumerated() { places[member.key] = index }
    for other in others {
      if let place = places[other.key] {
        members[place].value = members[place].value.merged(with: other.value)
        members[place].keyLocation = other.keyLocation
      } else {
        members.append(other)
      }
    }
    return Node(.object(members), at: location)
  }

  /// The object without some of its keys.
  func without(_ keys: Set<String>) -> Node {
    guard case .object(let members) = kind else { return self }
    return Node(.object(members.filter { !keys.contains($0.key) }), at: location)
  }

  /// The value at a path, or nil where the path leads nowhere.
  func value(at path: some Collection<FieldPath.Step>) -> Node? {
    guard let step = path.first else { return self }
    let rest = path.dropFirst()
    switch (step, kind) {
    case (.key(let key), .object): return self[key]?.value(at: rest)
    case (.index(let index), .array(let items)) where index < items.count:
      return items[index].value(at: rest)
    case (.key, _), (.index, _), (.anyName, _), (.anyItem, _), (.rule, _): return nil
    }
  }

  /// The tree with one value put at a path; objects on the way are made where they are missing.
  ///
  /// The bare name of a rule on the way becomes the object of that rule, so that its fields can be
  /// set; a section that is left out becomes one. Nil where a list on the way is too short, or something else stands in the way.
  func setting(_ path: some Collection<FieldPath.Step>, to value: Node) -> Node? {
    guard let step = path.first else { return value }
    let rest = path.dropFirst()
    switch (step, kind) {
    case (.key("rule"), .object)
    where rest.isEmpty && self["rule"] != nil && self["rule"]?.string != value.string:
      // The fields of another rule are not those of this one.
      return Node(
        .object([Member(key: "rule", keyLocation: value.location, value: value)]), at: location)
    case (.key(let key), .object(var members)):
      if let index = members.firstIndex(where: { $0.key == key }) {
        guard let changed = members[index].value.setting(rest, to: value) else { return nil }
        members[index].value = changed
        if rest.isEmpty { members[index].keyLocation = value.location }
      } else {
        let empty = Node(.object([]), at: value.location)
        guard let made = empty.setting(rest, to: value) else { return nil }
        members.append(Member(key: key, keyLocation: value.location, value: made))
      }
      return Node(.object(members), at: location)
    case (.key, _) where isNone:
      return Node(.object([]), at: value.location).setting(path, to: value)
    case (.key, .string): return asRule.setting(path, to: value)
    case (.index(let index), .array(var items)) where index < items.count:
      guard let changed = items[index].setting(rest, to: value) else { return nil }
      items[index] = changed
      return Node(.array(items), at: location)
    case (.key, _), (.index, _), (.anyName, _), (.anyItem, _), (.rule, _): return nil
    }
  }

  /// The object of the rule that is named here, with none of its fields.
  private var asRule: Node {
    Node(.object([Member(key: "rule", keyLocation: location, value: self)]), at: location)
  }

  /// Every table of the tree, in order.
  var tables: [Table] {
    switch kind {
    case .table(let table): [table]
    case .array(let items): items.flatMap(\.tables)
    case .object(let members): members.flatMap(\.value.tables)
    case .null, .bool, .number, .string: []
    }
  }
}

extension Node {
  /// The keys and values of an object; empty for other kinds.
  var members: [(key: String, value: Node)] {
    guard case .object(let members) = kind else { return [] }
    return members.map { ($0.key, $0.value) }
  }
}

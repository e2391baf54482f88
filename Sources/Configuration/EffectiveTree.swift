extension [FieldRecord] {
  /// Every value that holds, defaults included, as one tree in the order of reading.
  ///
  /// The tree, written as JSON, is a scenario again and means the same.
  public var effectiveTree: Node {
    var tree = Branch.object([:], order: [])
    for record in self {
      guard let value = record.value else { continue }
      tree.insert(record.isContainer ? value.emptied : value, at: record.path.steps[...])
    }
    return tree.node
  }
}

extension FieldRecord {
  /// Whether the value is made of fields that have records of their own.
  public var isContainer: Bool {
    switch kind {
    case .object, .list, .named, .rules: value?.isNone == false
    case .number, .count, .flag, .text, .choice, .choices, .moment, .numbers, .texts, .table, .rule,
      .tree:
      false
    }
  }
}

extension Node {
  fileprivate var emptied: Node {
    switch kind {
    case .array: Node(.array([]), at: location)
    case .object: Node(.object([]), at: location)
    case .null, .bool, .number, .string, .table: self
    }
  }
}

/// A tree under construction.
private indirect enum Branch {
  case leaf(Node)
  case list([Branch])
  case object([String: Branch], order: [String])

  mutating func insert(_ value: Node, at steps: ArraySlice<FieldPath.Step>) {
    guard let step = steps.first else {
      self = Branch(value)
      return
    }
    switch step {
    case .key(let key):
      // The name of a rule gives way to the object that holds its fields.
      var (children, order): ([String: Branch], [String]) = ([:], [])
      if case .object(let existing, let keys) = self { (children, order) = (existing, keys) }
      self = .leaf(Node(.null, at: .nowhere))
      if children[key] == nil { order.append(key) }
      children[key, default: .object([:], order: [])].insert(value, at: steps.dropFirst())
      self = .object(children, order: order)
    case .index(let index):
      var items: [Branch] = []
      if case .list(let existing) = self { items = existing }
      self = .leaf(Node(.null, at: .nowhere))
      while items.count <= index { items.append(.object([:], order: [])) }
      items[index].insert(value, at: steps.dropFirst())
      self = .list(items)
    case .anyName, .anyItem, .rule:
      // Only recordings have such steps, and they describe fields rather than values.
      return
    }
  }

  init(_ node: Node) {
    switch node.kind {
    case .array(let items) where items.isEmpty: self = .list([])
    case .object(let members) where members.isEmpty: self = .object([:], order: [])
    case .null, .bool, .number, .string, .array, .object, .table: self = .leaf(node)
    }
  }

  var node: Node {
    switch self {
    case .leaf(let node): node
    case .list(let items): Node(.array(items.map(\.node)), at: .nowhere)
    case .object(let children, let order):
      Node(
        .object(
          order.compactMap { key in
            children[key].map { Member(key: key, keyLocation: .nowhere, value: $0.node) }
          }), at: .nowhere)
    }
  }
}

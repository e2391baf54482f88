public import Configuration

/// A scenario file with everything it extends and names, read but not yet checked.
///
/// Reading files and making a ``Scenario`` are apart, so that a sweep reads once and makes many.
public struct ScenarioSource: Sendable {
  /// The name of the file without its extension.
  public let name: String
  /// The merged tree, with tables in place of their references.
  public internal(set) var tree: Node
  let files: [FileDigest]
  let sources: [SourceFile]
  let issues: [Issue]
  /// Whether something could not be read, so that the rest of the tree cannot be judged as a whole.
  let hasGaps: Bool

  /// Reads a scenario file, what it extends and the tables it names.
  ///
  /// - Throws: ``ScenarioError/unreadable(path:reason:)`` when the file itself cannot be read, and
  ///   ``ScenarioError/issues(_:files:)`` when no tree can be made of it.
  public init(path: String) throws(ScenarioError) {
    try self.init(path: path, access: .disk(for: path))
  }

  init(path: String, access: FileAccess) throws(ScenarioError) {
    var loader = TreeLoader(folder: FilePath.folder(of: path), access: access)
    guard let tree = try loader.load(String(path.split(separator: "/").last ?? "")) else {
      throw .issues(loader.issues.inFileOrder(of: loader.files), files: loader.files)
    }
    name = FilePath.stem(of: path)
    self.tree = tree
    files = loader.digests
    sources = loader.files
    issues = loader.issues
    hasGaps = loader.hasGaps
  }

  /// The checked scenario.
  ///
  /// - Parameter settings: `key.path=value`, laid over the file and all variants that know the path.
  /// - Throws: ``ScenarioError/issues(_:files:)`` with everything that is wrong, in file order.
  public func scenario(setting settings: [String] = []) throws(ScenarioError) -> Scenario {
    if let excess = excessOfReadings { throw .issues([excess], files: sources) }
    return try ScenarioMaker(self, overrides: Overrides(settings)).scenario()
  }

  /// Why the tree is not laid out for its variants and amendments: it would be read too often.
  private var excessOfReadings: Issue? {
    let variants = tree["variants"]?.namedMembers ?? []
    let amendments =
      (tree["amendments"]?.namedMembers.count ?? 0)
      + (variants.map { $0.value["amendments"]?.namedMembers.count ?? 0 }.max() ?? 0)
    let values = tree.valueCount
    let (count, overflows) = values.multipliedReportingOverflow(
      by: max(variants.count, 1) * (amendments + 1))
    guard overflows || count > TextLimits.readings else { return nil }
    return Issue(
      .error, at: tree.location, path: "",
      message: """
        expected at most \(TextLimits.readings) keys and list items in all variants and after all \
        amendments, found \(values) × \(max(variants.count, 1)) × (1 + \(amendments))
        """, help: "leave out variants or amendments, or make several scenarios")
  }

  /// The paths, meanings, units, ranges and defaults of every field that a scenario may have.
  public static func fields() -> [FieldRecord] {
    TreeReading.recordedFields()
  }
}

extension Scenario {
  /// Reads and checks a scenario file, with settings `key.path=value` laid over it.
  public init(path: String, setting settings: [String] = []) throws(ScenarioError) {
    self = try ScenarioSource(path: path).scenario(setting: settings)
  }
}

extension Node {
  /// Keys and list items in the tree.
  fileprivate var valueCount: Int {
    switch kind {
    case .array(let items): items.reduce(items.count) { $0 + $1.valueCount }
    case .object(let members): members.reduce(members.count) { $0 + $1.value.valueCount }
    case .null, .bool, .number, .string, .table: 0
    }
  }
}

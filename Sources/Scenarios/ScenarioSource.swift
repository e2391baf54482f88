public import Configuration

/// A scenario file with everything it extends and names, read but not yet checked.
///
/// Reading files and making a ``Scenario`` are apart, so that a sweep reads once and makes many.
public struct ScenarioSource: Sendable {
  /// The name of the file without its extension.
  public let name: String
  /// The merged tree, with tables in place of their references.
  public let tree: Node
  let files: [FileDigest]
  let sources: [SourceFile]
  let issues: [Issue]

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
  }

  /// The checked scenario.
  ///
  /// - Parameter settings: `key.path=value`, laid over the file and all variants that know the path.
  /// - Throws: ``ScenarioError/issues(_:files:)`` with everything that is wrong, in file order.
  public func scenario(setting settings: [String] = []) throws(ScenarioError) -> Scenario {
    try ScenarioMaker(self, overrides: Overrides(settings)).scenario()
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

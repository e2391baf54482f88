/// Something wrong, or doubtful, in what the user wrote.
public struct Issue: Sendable, Hashable {
  public enum Severity: String, Sendable {
    case error
    case warning
  }

  public var severity: Severity
  public var location: SourceLocation
  /// The key path, such as `demand.classes.chat.arrivalsPerHour`; empty for the whole text.
  public var path: String
  /// What was expected and what was found.
  public var message: String
  /// What to do about it; empty when the message already says so.
  public var help: String

  public init(
    _ severity: Severity, at location: SourceLocation, path: String, message: String,
    help: String = ""
  ) {
    self.severity = severity
    self.location = location
    self.path = path
    self.message = message
    self.help = help
  }
}

extension [Issue] {
  /// The issues by file, line and column, each once; files in the given order, unknown ones last.
  public func inFileOrder(of files: [SourceFile]) -> [Issue] {
    var rank: [String: Int] = [:]
    for (index, file) in files.enumerated() where rank[file.path] == nil {
      rank[file.path] = index
    }
    func key(_ offset: Int) -> (Int, String, Int, Int, Int) {
      let location = self[offset].location
      let file = rank[location.file] ?? files.count
      return (file, location.file, location.line, location.column, offset)
    }
    var seen: Set<Issue> = []
    return indices.sorted { key($0) < key($1) }.map { self[$0] }.filter { seen.insert($0).inserted }
  }
}

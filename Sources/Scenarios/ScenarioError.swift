public import Configuration

/// Why a scenario cannot be run.
public enum ScenarioError: Error, Sendable {
  /// The scenario was read and is wrong. The files are those that the issues point into.
  case issues([Issue], files: [SourceFile])
  /// The scenario could not be read at all.
  case unreadable(path: String, reason: String)
}

extension ScenarioError: CustomStringConvertible {
  /// The words for the user, ending in a newline.
  public var description: String {
    switch self {
    case .issues(let issues, let files): IssueRenderer(files: files).text(for: issues)
    case .unreadable(let path, let reason):
      "error: expected a readable scenario at \"\(path)\", found \(reason)\n"
    }
  }
}

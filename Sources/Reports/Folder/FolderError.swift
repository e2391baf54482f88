public import Experiments

/// Why a result folder cannot be used.
public enum FolderError: Error {
  /// It holds something that a result may not replace unasked.
  case refused(message: String, help: String)
  /// It cannot be read or written.
  case sink(SinkError)
}

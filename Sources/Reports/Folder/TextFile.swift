public import Experiments

/// A small file that is written whole or not at all.
public enum TextFile {
  /// Writes a sibling first and gives it the name at the end; makes the folder where needed.
  public static func write(_ text: String, to path: String) throws(SinkError) {
    try FileSystem.makeFolder(FileSystem.parent(of: path))
    let file = try OutputFile(path + ".tmp")
    do throws(SinkError) {
      try file.write(text)
      _ = try file.finish()
      try FileSystem.move(path + ".tmp", to: path)
    } catch {
      FileSystem.remove(path + ".tmp")
      throw error
    }
  }
}

import Experiments
import Foundation

/// Holds a folder against other runs for as long as it lives; the system lets go when the process
/// ends, however it ends.
final class FolderLock: Sendable {
  private let descriptor: CInt

  init(_ path: String, folder: String) throws(SinkError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .system("cannot write", path) }
    self.descriptor = descriptor
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isCurrent(descriptor, path) else {
      throw SinkError(
        "\(folder): another run is writing into this folder",
        help: "wait until it ends, or choose another folder with --out")
    }
  }

  deinit {
    close(descriptor)
  }

  /// False where the other run has replaced the folder since the file was opened.
  private static func isCurrent(_ descriptor: CInt, _ path: String) -> Bool {
    var held = stat()
    var named = stat()
    return fstat(descriptor, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino
  }
}

import Experiments
import Foundation
import Scenarios

/// Length and digest of a written file.
struct WrittenFile: Sendable, Equatable {
  let name: String
  let bytes: Int
  let sha256: String
}

/// A new file, written through a buffer and digested on the way.
final class OutputFile {
  private static let bufferSize = 1 << 16

  let path: String
  private let descriptor: CInt
  private var buffer: [UInt8] = []
  private var hash = SHA256()
  private(set) var bytes = 0

  /// Creates the file, or empties it.
  init(_ path: String) throws(SinkError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .system("cannot write", path) }
    buffer.reserveCapacity(Self.bufferSize)
  }

  deinit {
    close(descriptor)
  }

  func write(_ text: String) throws(SinkError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  func write(_ bytes: [UInt8]) throws(SinkError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Brings everything to the disk and says what was written.
  func finish() throws(SinkError) -> WrittenFile {
    try flush()
    guard fsync(descriptor) == 0 else { throw .system("cannot write", path) }
    let name = String(path[path.index(path.lastIndex(of: "/") ?? path.startIndex, offsetBy: 1)...])
    return WrittenFile(name: name, bytes: bytes, sha256: hash.hexDigest)
  }

  /// Digest of all that was written so far.
  var sha256: String {
    get throws(SinkError) {
      try flush()
      return hash.hexDigest
    }
  }

  private func flush() throws(SinkError) {
    hash.update(buffer)
    var done = 0
    while done < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        Foundation.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw .system("cannot write", path) }
      done += written
    }
    bytes += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }
}

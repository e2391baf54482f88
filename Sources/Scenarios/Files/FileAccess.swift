import Foundation

/// Where the bytes of scenario files come from.
struct FileAccess: Sendable {
  /// Why a file could not be read, in the words that follow "found".
  struct Problem: Error, Equatable {
    var words: String
    /// Whether the file is too large, which is the scenario's mistake and not the system's.
    var isTooLarge = false
  }

  var read: @Sendable (_ path: String) throws(Problem) -> [UInt8]
}

extension FileAccess {
  static let missing = "no such file"

  /// The file system, for a scenario and what it names.
  ///
  /// Only regular files within ``TextLimits/bytes`` are read, so that a stranger's scenario cannot
  /// make the program wait for a pipe or read a device; and beside the scenario itself only files
  /// whose path, links followed, stays in its folder, in the nearest folder above that is called
  /// `Scenarios`, or in the `Scenarios` of the working directory, so that it cannot show others.
  static func disk(for scenario: String) -> FileAccess {
    let folder = FilePath.folder(of: scenario)
    let own = FilePath.joined(folder, String(scenario.split(separator: "/").last ?? ""))
    let roots = [resolved(folder.isEmpty ? "." : folder).map(root(of:)), resolved("Scenarios")]
      .compactMap { $0 }
    return FileAccess { path throws(Problem) in
      guard path == own || isInside(path, roots) else {
        throw Problem(words: "a path that leads out of the folder \(roots.first ?? folder)")
      }
      return try contents(path)
    }
  }

  /// Texts by path, in place of files.
  static func memory(_ texts: [String: String]) -> FileAccess {
    FileAccess { path throws(Problem) in
      guard let text = texts[path] else { throw Problem(words: missing) }
      return [UInt8](text.utf8)
    }
  }
}

extension FileAccess {
  /// Absolute path without links; nil where nothing is.
  private static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// The nearest folder called `Scenarios` that holds a folder, or the folder itself.
  private static func root(of folder: String) -> String {
    let names = folder.split(separator: "/")
    guard let last = names.lastIndex(of: "Scenarios") else { return folder }
    return "/" + names[...last].joined(separator: "/")
  }

  /// Whether a path leads into one of the folders; what is not there is left to the reading.
  private static func isInside(_ path: String, _ roots: [String]) -> Bool {
    guard let target = resolved(path) else { return true }
    return roots.contains { target.hasPrefix($0 == "/" ? $0 : $0 + "/") }
  }

  private static func contents(_ path: String) throws(Problem) -> [UInt8] {
    // Without waiting: a pipe that nobody writes to must not hold the program.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw refusal(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw Problem(words: isFolder ? "a folder" : "something that is no regular file")
    }
    // One byte more than the file says it has finds its end, unless it has grown meanwhile.
    var bytes = [UInt8](
      repeating: 0, count: min(max(0, Int(status.st_size)), TextLimits.bytes) + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { bytes in
        Foundation.read(descriptor, bytes.baseAddress.map { $0 + count }, bytes.count - count)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw Problem(words: "a file that may not be read") }
      if got == 0 { break }
      count += got
    }
    guard count <= TextLimits.bytes else {
      throw Problem(words: "more than \(TextLimits.bytes) bytes", isTooLarge: true)
    }
    guard count < bytes.count else { throw Problem(words: "a file that grows while it is read") }
    return Array(bytes[..<count])
  }

  private static func refusal(_ code: CInt) -> Problem {
    switch code {
    case ENOENT, ENOTDIR, ENAMETOOLONG: Problem(words: missing)
    case ELOOP: Problem(words: "links that lead in a circle")
    case ENXIO: Problem(words: "something that is no regular file")
    case _: Problem(words: "a file that may not be read")
    }
  }
}

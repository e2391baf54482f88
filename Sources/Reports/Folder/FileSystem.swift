import Experiments
import Foundation

extension SinkError {
  /// The system's reason for refusing a path, read from `errno`.
  static func system(_ attempt: String, _ path: String, code: CInt = errno) -> SinkError {
    let help =
      switch code {
      case ENOSPC, EDQUOT, EFBIG:
        "make room and run again; replicates that were finished are kept"
      case EACCES, EPERM, EROFS: "choose a folder you may write to with --out"
      case ENOTDIR: "choose a path whose parents are folders with --out"
      case _: ""
      }
    return SinkError("\(path): \(attempt): \(reason(code))", help: help)
  }

  private static func reason(_ code: CInt) -> String {
    String(cString: strerror(code)).lowercased()
  }
}

/// The few things that result folders ask of the file system.
enum FileSystem {
  /// Whether a path is a folder, something else, or nothing; links are followed.
  static func isFolder(_ path: String) -> Bool? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// Names in a folder, sorted, without `.` and `..`; empty where there is no folder.
  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// Makes a folder and its parents; one that is there already is fine.
  static func makeFolder(_ path: String) throws(SinkError) {
    if isFolder(path) == true { return }
    let parent = parent(of: path)
    if isFolder(parent) == nil, parent != path { try makeFolder(parent) }
    guard mkdir(path, 0o755) == 0 || (errno == EEXIST && isFolder(path) == true) else {
      throw .system("cannot make this folder", path)
    }
  }

  /// Folder that holds a path.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// Absolute path without links; the folder must be there.
  static func resolved(_ path: String) throws(SinkError) -> String {
    guard let pointer = realpath(path, nil) else { throw .system("cannot open", path) }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  static func move(_ source: String, to target: String) throws(SinkError) {
    guard rename(source, target) == 0 else { throw .system("cannot rename to \(target)", source) }
  }

  /// Removes a file or a whole folder; nothing there is fine.
  static func remove(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Brings the names of a folder to the disk.
  static func sync(folder: String) throws(SinkError) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("cannot open", folder) }
    defer { close(descriptor) }
    // Some file systems cannot sync a folder and say EINVAL; there is nothing more to do there.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .system("cannot write", folder)
    }
  }

  /// Exchanges two paths in one step; false where the system cannot.
  static func exchange(_ left: String, _ right: String) throws(SinkError) -> Bool {
    guard let renameat2 else { return false }
    let exchangeFlag: CUnsignedInt = 2
    if renameat2(AT_FDCWD, left, AT_FDCWD, right, exchangeFlag) == 0 { return true }
    switch errno {
    case ENOSYS, EINVAL, ENOTSUP, EXDEV, EBUSY: return false
    case _: throw .system("cannot exchange with \(left)", right)
    }
  }

  private typealias RenameAt2 =
    @convention(c) (
      CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt
    ) -> CInt

  /// The system call of Linux 3.15, which Glibc's module does not show to Swift.
  private static let renameat2: RenameAt2? = dlsym(dlopen(nil, RTLD_NOW), "renameat2").map {
    unsafeBitCast($0, to: RenameAt2.self)
  }
}

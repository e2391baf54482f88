import Foundation

/// Where the bytes of scenario files come from.
struct FileAccess: Sendable {
  /// Why a file could not be read, in the words that follow "found".
  struct Problem: Error {
    var words: String
  }

  var read: @Sendable (_ path: String) throws(Problem) -> [UInt8]
}

extension FileAccess {
  /// The file system. Only regular files within ``TextLimits/bytes`` are opened, so that a scenario
  /// cannot make the program wait for a pipe or read a device.
  static let disk = FileAccess { path throws(Problem) in
    let url = URL(filePath: path).resolvingSymlinksInPath()
    guard let facts = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      throw Problem(words: "no such file")
    }
    guard facts[.type] as? FileAttributeType == .typeRegular else {
      let isFolder = facts[.type] as? FileAttributeType == .typeDirectory
      throw Problem(words: isFolder ? "a folder" : "something that is no regular file")
    }
    let handle: FileHandle
    let data: Data?
    do {
      handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      data = try handle.read(upToCount: TextLimits.bytes + 1)
    } catch {
      throw Problem(words: "a file that may not be read")
    }
    guard (data?.count ?? 0) <= TextLimits.bytes else {
      throw Problem(words: "more than \(TextLimits.bytes) bytes")
    }
    return data.map { [UInt8]($0) } ?? []
  }

  /// Texts by path, in place of files.
  static func memory(_ texts: [String: String]) -> FileAccess {
    FileAccess { path throws(Problem) in
      guard let text = texts[path] else { throw Problem(words: "no such file") }
      return [UInt8](text.utf8)
    }
  }
}

import Foundation

/// The files of the repository.
enum Shipped {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Every shipped scenario, in the order of their paths; parts that others include are none.
  static var scenarios: [URL] {
    let parts = ["/Scenarios/Hardware/", "/Scenarios/Operators/"]
    return files(in: root.appending(path: "Scenarios"), ending: ".json5").filter { file in
      !parts.contains { file.path.contains($0) }
    }
  }

  /// The files below a folder whose names end so, in the order of their paths.
  static func files(in folder: URL, ending: String) -> [URL] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (names ?? []).filter { $0.hasSuffix(ending) }.sorted().map { folder.appending(path: $0) }
  }
}

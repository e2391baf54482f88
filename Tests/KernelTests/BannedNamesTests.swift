import Foundation
import Testing

/// A run is a pure function of scenario, seed and replicate; these names are ways out of that.
struct BannedNamesTests {
  private static let banned = [
    "import Foundation", "import Glibc", "import Musl", "import Darwin", "import Dispatch",
    "import Synchronization", "random(in:", ".shuffled(", ".shuffle(", ".randomElement(",
    "hashValue", "Hasher(", "SystemRandomNumberGenerator", "Date()", "ContinuousClock",
    "ProcessInfo", "async ", "await ", "Mutex", "NSLock", "Task {", "nonisolated(unsafe)",
    "static var shared", "addingProduct", "addProduct", "fma(",
  ]

  @Test(arguments: ["Kernel", "Economy"])
  func `no source reaches for luck, time, threads or the platform's mathematics`(
    module: String
  ) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/\(module)").resolvingSymlinksInPath()
    let files = try #require(
      FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    var read = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      read += 1
      let text = try String(contentsOf: file, encoding: .utf8)
      for name in Self.banned where text.contains(name) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
          let code = line.range(of: "//").map { line[..<$0.lowerBound] } ?? line
          #expect(!code.contains(name), "\(module)/\(file.lastPathComponent):\(number + 1)")
        }
      }
    }
    #expect(read > 0)
  }
}

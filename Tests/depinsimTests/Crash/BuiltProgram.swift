import Foundation
import Testing

/// The built program, run as a user runs it.
struct BuiltProgram {
  /// How a run ended and what it wrote.
  struct Ending {
    let code: Int32
    let isKilled: Bool
    let errors: String
  }

  /// Beside the tests, where the package manager puts both.
  static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "depinsim").path

  /// Whether this user may have a file system of their own, small or read-only.
  static let canMount = {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "unshare -rm mount -t tmpfs none /tmp 2>/dev/null"]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  private let process = Process()
  private let errors: String

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - folder: where it stands, and where what it says is kept for a while.
  ///   - before: shell commands that make its surroundings.
  init(_ words: [String], in folder: String, after before: String = "") throws {
    errors = folder + "/errors-" + UUID().uuidString
    try #require(FileManager.default.createFile(atPath: errors, contents: nil))
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", before + "exec \"$0\" \"$@\"", Self.path] + words
    process.currentDirectoryURL = URL(filePath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
  }

  var isRunning: Bool { process.isRunning }

  func signal(_ number: CInt) {
    kill(process.processIdentifier, number)
  }

  func ending() throws -> Ending {
    process.waitUntilExit()
    let data = FileManager.default.contents(atPath: errors) ?? Data()
    try FileManager.default.removeItem(atPath: errors)
    return Ending(
      code: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal,
      errors: String(decoding: data, as: UTF8.self))
  }
}

import Experiments
import Foundation
import Synchronization

/// Where a command writes, and how it is told to stop.
struct Console: Sendable {
  /// Takes the result.
  var out: @Sendable (String) -> Void
  /// Takes words about the result: warnings and errors.
  var err: @Sendable (String) -> Void
  /// Whether standard error is a terminal that can show a moving line.
  var showsProgress = false
  /// Whether the terminal may show colour.
  var showsColour = false
  var interrupt = Interrupt()

  /// Standard output and standard error of the process.
  static let standard: Console = {
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    return Console(
      out: { write(harmless($0), to: STDOUT_FILENO) }, err: { write($0, to: STDERR_FILENO) },
      showsProgress: isTerminal,
      showsColour: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty)
  }()

  /// Runs what was parsed and says how it ended.
  func perform(_ command: Result<any Command, UsageError>) async -> ExitCode {
    do throws(Failure) {
      let command: any Command =
        switch command {
        case .success(let command): command
        case .failure(let error): throw Failure(error)
        }
      try await command.run(self)
      guard !Self.lostOutput.load(ordering: .relaxed) else {
        throw Failure(.unable, "standard output could not be written to")
      }
      return .done
    } catch {
      err(error.text)
      return error.code
    }
  }

  /// Whether something meant for standard output was lost.
  private static let lostOutput = Atomic(false)

  func warn(_ sentence: String) {
    err("warning: \(sentence)\n")
  }

  /// The text without control characters, which in a stranger's words could steer a terminal.
  static func harmless(_ text: String) -> String {
    func isControl(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.generalCategory == .control && !["\n", "\t", "\r"].contains(scalar)
    }
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
  }

  private static func write(_ text: String, to descriptor: CInt) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      // A reader that has gone away, such as `head`, wants no more.
      guard written > 0 else {
        if descriptor == STDOUT_FILENO, errno != EPIPE {
          lostOutput.store(true, ordering: .relaxed)
        }
        return
      }
      bytes = bytes.dropFirst(written)
    }
  }
}

import Foundation

/// A program that has ended well.
struct Ended {
  /// What it wrote to standard output.
  let output: Data
  /// Largest resident size, as the system counted it [bytes].
  ///
  /// Linux counts the moment before the program itself was loaded as well, when the process was
  /// still ours; so no figure is below the size of this one.
  let peakBytes: Int
}

/// Runs programs and measures them from outside.
enum Children {
  /// Starts all commands at once and waits for the last.
  ///
  /// - Returns: how each ended, and the wall time of all together [s].
  static func run(_ commands: [[String]]) throws -> (ended: [Ended], seconds: Double) {
    let begin = ContinuousClock.now
    let started = try commands.map(start)
    let ended = started.map(wait)
    let seconds = (ContinuousClock.now - begin) / .seconds(1)
    defer { for child in started { unlink(child.file) } }
    for (child, end) in zip(started, ended) where end.status != 0 {
      throw ChildError(command: child.command, reason: "it ended with status \(end.status)")
    }
    return (
      try zip(started, ended).map { child, end in
        Ended(
          output: try Data(contentsOf: URL(filePath: child.file)), peakBytes: end.peakBytes)
      }, seconds
    )
  }

  static func run(_ command: [String]) throws -> Ended {
    try run([command]).ended[0]
  }

  private struct Started {
    let command: [String]
    let process: pid_t
    /// File that standard output goes to.
    let file: String
  }

  private static func start(_ command: [String]) throws -> Started {
    let file = NSTemporaryDirectory() + "depinbench-" + UUID().uuidString
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
    var words = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, command[0], &actions, nil, &words, &variables)
    guard failure == 0 else {
      throw ChildError(command: command, reason: String(cString: strerror(failure)))
    }
    return Started(command: command, process: process, file: file)
  }

  private static func wait(for child: Started) -> (status: Int32, peakBytes: Int) {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child.process, &status, 0, &usage) < 0, errno == EINTR {}
    #if os(Linux)
      return (status, usage.ru_maxrss * 1024)
    #else
      return (status, usage.ru_maxrss)
    #endif
  }
}

/// A program that could not be started or failed.
struct ChildError: Error, CustomStringConvertible {
  let command: [String]
  let reason: String

  var description: String { "\(command.joined(separator: " ")): \(reason)" }
}

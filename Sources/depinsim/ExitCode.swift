/// What the program tells its caller when it ends.
enum ExitCode: Int32 {
  case done = 0
  /// A check, an assertion or a verification failed.
  case failed = 1
  /// The command line or the scenario is wrong.
  case usage = 2
  /// Something could not be read or written, or a limit of the run was crossed.
  case unable = 3
  /// An invariant broke: a mistake of the program.
  case broken = 4
  /// A signal stopped the run.
  case interrupted = 130
}

import Experiments
import Foundation

/// Turns Ctrl-C and a polite request to end into an ``Interrupt``.
enum SignalWatch {
  // A handler can capture nothing, so what it raises must be reachable from everywhere.
  private static let interrupt = Interrupt()

  /// Handles the signals from now on; a second one ends the process at once.
  static func start() -> Interrupt {
    // Touched here, so that the handler never initialises it.
    let interrupt = interrupt
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        SignalWatch.interrupt.raise()
        signal(number, SIG_DFL)
      }
    }
    // A file at its largest is then an error of writing, which leaves a message.
    signal(SIGXFSZ, SIG_IGN)
    return interrupt
  }
}

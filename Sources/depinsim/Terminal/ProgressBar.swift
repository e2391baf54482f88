import Experiments
import Foundation
import Synchronization

/// One moving line on a terminal: how far, how fast, how long still.
final class ProgressBar: Sendable {
  private static let width = 24
  private static let redrawEvery = Duration.milliseconds(100)

  private let console: Console
  private let begin = ContinuousClock.now
  private let drawn = Mutex(ContinuousClock.now)

  init(_ console: Console) {
    self.console = console
  }

  /// A watch over a run whose progress the bar shows, and which the user can interrupt.
  func watch(_ limits: RunLimits) -> Watch {
    Watch(limits: limits, interrupt: console.interrupt) { [self] in show($0) }
  }

  /// Draws the line again, unless it was drawn just now.
  func show(_ progress: RunProgress) {
    guard console.showsProgress else { return }
    let now = ContinuousClock.now
    let isDue = drawn.withLock { last in
      guard now - last >= Self.redrawEvery else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    console.err("\r\u{1B}[K" + line(progress, seconds: (now - begin) / .seconds(1)))
  }

  /// Takes the line away.
  func clear() {
    if console.showsProgress { console.err("\r\u{1B}[K") }
  }

  func line(_ progress: RunProgress, seconds: Double) -> String {
    let share = progress.totalDays > 0 ? min(1, progress.days / progress.totalDays) : 0
    let full = Int(share * Double(Self.width))
    let bar =
      String(repeating: "█", count: full) + String(repeating: "░", count: Self.width - full)
    let rate = seconds > 0 ? Double(progress.events) / seconds / 1e6 : 0
    let left = share > 0 ? seconds * (1 - share) / share : 0
    let shown = console.showsColour ? "\u{1B}[32m\(bar)\u{1B}[0m" : bar
    return shown
      + String(
        format: " %3.0f %%  %.2f million events/s  %d:%02d left", (share * 100).rounded(.down),
        rate, Int(left) / 60, Int(left) % 60)
  }
}

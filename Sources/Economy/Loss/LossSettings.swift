import Configuration
import Kernel

/// What happens to a job whose node goes away.
struct LossSettings: Sendable {
  /// How much work the next attempt has.
  enum Restart: String, CaseIterable, Sendable {
    /// The same work again, from nothing.
    case `repeat`
    /// A new draw of the work.
    case redraw
    /// What was done since the last checkpoint, and what was still to do.
    case checkpoint
  }

  /// Where the job goes in its queue.
  enum Requeue: String, CaseIterable, Sendable { case head, tail }

  let restart: Restart
  let requeue: Requeue
  /// Time until the network notices.
  let detection: SimDuration
  /// How work is saved, where the restart is from a checkpoint.
  let checkpoint: CheckpointSettings

  init(reading fields: inout FieldReader) {
    restart = fields.choice("restart", "work of the next attempt", default: Restart.repeat)
    requeue = fields.choice("requeue", "place in the queue after a loss", default: Requeue.head)
    detection = .seconds(
      fields.number(
        "detectionSeconds", "time until a lost node is noticed", unit: "s", in: 0...86_400,
        default: 30, source: "model-facts §4.5, tuned routing (assumption)"))
    checkpoint = fields.section(
      "checkpoint", "how work is saved, where restart is \"checkpoint\"",
      CheckpointSettings.init(reading:))
  }
}

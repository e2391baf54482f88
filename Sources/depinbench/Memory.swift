import Foundation
import Reports

/// Largest resident sizes of our own program, seen from outside.
struct Memory: Codable {
  let work: String
  let peakBytes: Int

  /// A large network, and the same small one for a short and a long time, rows written.
  static func measure(_ options: Options) throws -> [Memory] {
    let depinsim = options.programs + "/depinsim"
    let nodes = options.isQuick ? 2_000 : 1_000_000
    let large = try Children.run([
      depinsim, "bench", "million-nodes", "--nodes", "\(nodes)", "--json",
    ])
    return [
      Memory(work: "million-nodes, \(NumberText.short(nodes))", peakBytes: large.peakBytes)
    ] + (try (options.isQuick ? [10, 50] : [10, 1000]).map { try run(days: $0, depinsim) })
  }

  private static func run(days: Int, _ depinsim: String) throws -> Memory {
    let folder = NSTemporaryDirectory() + "depinbench-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let ended = try Children.run([
      depinsim, "run", "Scenarios/Checks/churn-queue.json5", "--only-replicate", "1",
      "--horizon", "\(days)d", "--out", folder, "--quiet",
    ])
    return Memory(
      work: "\(Work.churnQueue(nodes: 1_000, days: days).name), series on disk",
      peakBytes: ended.peakBytes)
  }
}

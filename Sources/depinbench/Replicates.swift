import Benchmarks
import Foundation

/// How much more is done on all cores than on one: our replicates in one process, and as many
/// processes of a peer.
struct Replicates: Codable {
  let work: String
  let cores: Int
  /// Events in the same wall time on all cores ÷ on one, by round; whole processes, files written.
  let ours: [Double]
  let theirs: [Double]
  /// Median of ours ÷ theirs.
  let ratio: Double

  init(_ options: Options) throws {
    let (nodes, days) = options.isQuick ? (500, 5) : (10_000, 100)
    work = "replicates of \(Work.churnQueue(nodes: nodes, days: days).name)"
    let cores = ProcessInfo.processInfo.activeProcessorCount
    self.cores = cores
    var (own, peers): ([Double], [Double]) = ([], [])
    for _ in 0..<min(options.repeats, 3) {
      func gain(_ speed: (Int) throws -> Double) rethrows -> Double {
        let alone = try speed(1)
        return try speed(cores) / alone
      }
      own.append(try gain { try Self.speed(options, nodes: nodes, days: days, replicates: $0) })
      peers.append(try gain { try Self.speed(options, nodes: nodes, days: days, processes: $0) })
    }
    ours = own
    theirs = peers
    ratio = Spread(zip(own, peers).map { $0 / $1 }).median
  }

  /// Events of `depinsim run` per second of wall time.
  private static func speed(
    _ options: Options, nodes: Int, days: Int, replicates: Int
  ) throws -> Double {
    struct Record: Decodable {
      struct Events: Decodable { let total: Int }
      let events: [Events]
    }
    let folder = NSTemporaryDirectory() + "depinbench-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let host = "operators.types.host"
    let (_, seconds) = try Children.run([
      [
        options.programs + "/depinsim", "run", "Scenarios/Checks/churn-queue.json5",
        "--set", "\(host).candidates=\(nodes)", "--set", "\(host).activeAtStart=\(nodes)",
        "--horizon", "\(days)d", "--replicates", "\(replicates)", "--threads", "\(replicates)",
        "--out", folder, "--quiet",
      ]
    ])
    let record = try JSONDecoder().decode(
      Record.self, from: Data(contentsOf: URL(filePath: folder + "/run.json")))
    return Double(record.events.reduce(0) { $0 + $1.total }) / seconds
  }

  /// Events of as many processes at once, each with a seed of its own, per second of wall time.
  private static func speed(
    _ options: Options, nodes: Int, days: Int, processes: Int
  ) throws -> Double {
    struct Printed: Decodable { let events: Int }
    let (ended, seconds) = try Children.run(
      (1...processes).map {
        Contender.replicate(nodes: nodes, days: days, seed: $0, in: options.peers)
      })
    let events = try ended.reduce(0) {
      $0 + (try JSONDecoder().decode(Printed.self, from: $1.output).events)
    }
    return Double(events) / seconds
  }
}

import Benchmarks
import Foundation

/// An engine that does work of some kinds: ours or a peer.
struct Contender {
  let name: String
  /// Program or script that must be there.
  let file: String
  /// The command that does a piece of work once and prints an object with `events` and `seconds`;
  /// nil where the engine does not take part.
  let command: (Work) -> [String]?

  var isInstalled: Bool { FileManager.default.fileExists(atPath: file) }

  /// Does the work once.
  func reading(of work: Work, command: [String]) throws -> Reading {
    struct Printed: Decodable {
      let events: Int
      let seconds: Double
    }
    let ended = try Children.run(command)
    let printed = try JSONDecoder().decode(Printed.self, from: ended.output)
    return Reading(
      contender: name, events: printed.events, seconds: printed.seconds,
      millionEventsPerSecond: Double(printed.events) / printed.seconds / 1e6)
  }
}

/// One run of one contender.
struct Reading: Codable {
  let contender: String
  let events: Int
  let seconds: Double
  let millionEventsPerSecond: Double
}

extension Contender {
  static func ours(_ programs: String) -> Contender {
    let file = programs + "/depinsim"
    return Contender(name: "depinsim", file: file) { work in
      switch work {
      case .hold(let pending):
        [file, "bench", "hold", "--pending", "\(pending)", "--repeats", "1", "--json"]
      case .churnQueue(let nodes, let days):
        [
          file, "bench", "churn-queue", "--nodes", "\(nodes)", "--days", "\(days)", "--repeats",
          "1", "--json",
        ]
      }
    }
  }

  static func peers(in folder: String) -> [Contender] {
    [
      byHand("C++ binary heap", "binary", folder), byHand("C++ radix heap", "radix", folder),
      simpy(folder), ns3(folder),
    ]
  }

  /// The command of the fastest peer for one replicate with a seed of its own.
  static func replicate(nodes: Int, days: Int, seed: Int, in folder: String) -> [String] {
    [folder + "/churn_queue", "radix", "\(nodes)", "\(days)", "\(seed)"]
  }

  private static func byHand(_ name: String, _ queue: String, _ folder: String) -> Contender {
    Contender(name: name, file: folder + "/churn_queue") { work in
      switch work {
      case .hold(let pending):
        [folder + "/hold", queue, "\(pending)", "\(HoldBenchmark.holds(pending: pending))"]
      case .churnQueue(let nodes, let days):
        [folder + "/churn_queue", queue, "\(nodes)", "\(days)"]
      }
    }
  }

  /// Too slow for more than 10,000 nodes.
  private static func simpy(_ folder: String) -> Contender {
    let file = folder + "/churn_queue_simpy.py"
    return Contender(name: "SimPy", file: file) { work in
      guard case .churnQueue(let nodes, let days) = work, nodes <= 10_000 else { return nil }
      return ["python3", file, "\(nodes)", "\(days)"]
    }
  }

  /// With the fastest of its schedulers at this size.
  private static func ns3(_ folder: String) -> Contender {
    let file = folder + "/churn_queue_ns3"
    return Contender(name: "ns-3", file: file) { work in
      guard case .churnQueue(let nodes, let days) = work, nodes == 10_000 || nodes < 1_000 else {
        return nil
      }
      return [file, "\(nodes)", "\(days)", "ns3::PriorityQueueScheduler"]
    }
  }
}

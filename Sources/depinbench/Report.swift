import Foundation
import Reports

/// All readings and what they say, for the screen and for `Results/Benchmarks`.
struct Report: Codable {
  var about = "depinsim beside peers: Sources/depinbench/peers.sh"
  var date = Date().ISO8601Format()
  let machine: Machine
  let toolchain: String
  let version: String
  /// Compilers and libraries of the peers.
  let peers: [String]
  let contests: [Contest]
  let memory: [Memory]
  let replicates: Replicates?

  func write(to file: String) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let url = URL(filePath: file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try (encoder.encode(self) + Data("\n".utf8)).write(to: url)
  }

  /// One table of ratios, then memory and cores.
  var text: String {
    var table = TextTable([
      ("work", .left), ("peer", .left), ("ours, 10⁶/s", .right), ("peer, 10⁶/s", .right),
      ("ours ÷ peer", .right), ("range", .right), ("n", .right),
    ])
    for contest in contests {
      for ratio in contest.ratios {
        table.add([
          contest.work, ratio.peer, NumberText.short(ratio.ours), NumberText.short(ratio.theirs),
          NumberText.short(ratio.median), NumberText.interval(ratio.smallest, ratio.largest),
          String(ratio.rounds),
        ])
      }
    }
    var text = "\(machine.words), \(date.prefix(10))\n" + (table.isEmpty ? "" : table.text)
    for memory in memory {
      text += "\(memory.work): peak \(NumberText.short(Double(memory.peakBytes) / 1e6)) MB\n"
    }
    if let replicates {
      text += "\(replicates.work), \(replicates.cores) cores ÷ one: ours "
      text += NumberText.short(replicates.ours.sorted()[replicates.ours.count / 2])
      text += ", C++ processes "
      text += NumberText.short(replicates.theirs.sorted()[replicates.theirs.count / 2])
      text += ", ratio \(NumberText.short(replicates.ratio))\n"
    }
    return text
  }
}

/// What all of it ran on.
struct Machine: Codable {
  let system: String
  let processor: String
  let cores: Int
  let memoryBytes: UInt64

  init() {
    let process = ProcessInfo.processInfo
    system = process.operatingSystemVersionString
    cores = process.activeProcessorCount
    memoryBytes = process.physicalMemory
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    processor = line?.split(separator: ": ").last.map(String.init) ?? "unknown processor"
  }

  var words: String {
    "\(processor), \(cores) cores, \(memoryBytes >> 30) GiB, \(system)"
  }
}

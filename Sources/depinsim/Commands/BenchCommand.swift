import Benchmarks
import Configuration
import Experiments
import Foundation
import Reports

/// `bench`: does a fixed piece of work several times and says how long it took.
struct BenchCommand: Command {
  /// Nil: list them.
  let name: BenchmarkName?
  let options: BenchmarkOptions
  let repeats: Int?
  let asJSON: Bool
  /// File that takes the result as JSON.
  let file: String?

  func run(_ console: Console) async throws(Failure) {
    guard let name else { return console.out(Self.list) }
    let results: [BenchmarkResult]
    do throws(BenchmarkError) {
      results = try await measure(name, console)
    } catch {
      throw Failure(error)
    }
    if let file {
      let isWritten = FileManager.default.createFile(
        atPath: file, contents: Data(BenchmarkJSON.text(results).utf8))
      guard isWritten else {
        throw Failure(
          .unable, "--out: expected a file that can be written, found \"\(file)\"",
          help: "name a file in a folder that is there")
      }
    }
    console.out(asJSON ? BenchmarkJSON.text(results) : BenchmarkText.text(results))
  }
}

extension BenchCommand {
  private func measure(
    _ name: BenchmarkName, _ console: Console
  ) async throws(BenchmarkError) -> [BenchmarkResult] {
    var results: [BenchmarkResult] = []
    for benchmark in try name.benchmarks(options) {
      var readings: [Reading] = []
      for _ in 0..<(repeats ?? name.repeats) {
        readings.append(try await benchmark.run(console.interrupt))
      }
      results.append(
        BenchmarkResult(name: name, sizes: benchmark.sizes, readings: readings))
    }
    return results
  }

  private static var list: String {
    var table = TextTable([("benchmark", .left), ("what it does", .left)])
    for name in BenchmarkName.allCases { table.add([name.rawValue, name.summary]) }
    return table.text
  }
}

extension BenchCommand {
  init(_ words: Words) throws(UsageError) {
    try CommandLineParser.expect(0...1, "one benchmark", of: .bench, in: words)
    name = try words.operands.first.map { word throws(UsageError) in try Self.name(word) }
    options = BenchmarkOptions(
      nodes: try words.count(.nodes, in: 1...5_000_000),
      days: try words.count(.days, in: 1...1_000_000).map(Double.init),
      pending: try words.count(.pending, in: 1...1_000_000_000),
      replicates: try words.count(.replicates, in: 1...1_000_000),
      threads: try words.threads())
    repeats = try words.count(.repeats, in: 1...1_000)
    asJSON = words.has(.json)
    file = try words.path(.file)
    for option in Option.sizes where words.has(option) {
      guard let name, !name.sizes.contains(where: { $0.name == option.name }) else { continue }
      let owners = BenchmarkName.allCases.filter { $0.sizes.contains { $0.name == option.name } }
      throw UsageError(
        "\(option.name): \(name.rawValue) has no such size",
        help: "it is one of " + owners.map(\.rawValue).joined(separator: ", "))
    }
  }

  private static func name(_ word: String) throws(UsageError) -> BenchmarkName {
    if let name = BenchmarkName(rawValue: word) { return name }
    let names = BenchmarkName.allCases.map(\.rawValue)
    throw UsageError(
      "bench: expected a benchmark, found \"\(word)\"",
      help: nearestName(to: word, among: names).map { "did you mean \($0)?" }
        ?? "the benchmarks are \(names.joined(separator: ", "))")
  }
}

extension BenchmarkName {
  /// Options of the command line that choose how much work it is.
  fileprivate var sizes: [Option] {
    switch self {
    case .hold: [.pending]
    case .churnQueue, .millionNodes: [.nodes, .days]
    case .mmc: [.days, .replicates]
    case .bmeVsFixed: [.days, .replicates, .threads]
    }
  }
}

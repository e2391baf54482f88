public import Benchmarks

/// Results of a benchmark as a table: the middle of the repeats and how far they lie apart.
public enum BenchmarkText {
  public static func text(_ results: [BenchmarkResult]) -> String {
    var table = TextTable([
      ("benchmark", .left), ("events", .right), ("seconds", .right), ("quartiles", .right),
      ("range", .right), ("n", .right), ("10⁶ events/s", .right),
    ])
    for result in results {
      let seconds = result.seconds
      table.add([
        ([result.name.rawValue] + result.sizes.map(words)).joined(separator: ", "),
        NumberText.short(result.events), NumberText.short(seconds.median),
        NumberText.interval(seconds.lowerQuartile, seconds.upperQuartile),
        NumberText.interval(seconds.smallest, seconds.largest),
        String(result.readings.count), NumberText.short(result.millionEventsPerSecond),
      ])
    }
    return table.text + results.map(figures).joined()
  }

  private static func figures(_ result: BenchmarkResult) -> String {
    guard !result.figures.isEmpty else { return "" }
    return result.figures.map(words).joined(separator: ", ") + "\n"
  }

  /// A figure in words: `mean_wait_h 0.1990`.
  private static func words(_ figure: Figure) -> String {
    switch figure.value {
    case .count(let count): "\(figure.name) \(NumberText.short(count))"
    case .number(let number): "\(figure.name) \(NumberText.short(number))"
    }
  }
}

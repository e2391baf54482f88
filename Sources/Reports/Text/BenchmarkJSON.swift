public import Benchmarks

/// Results of a benchmark as one JSON object; of several sizes as one with all of them in it.
public enum BenchmarkJSON {
  public static func text(_ results: [BenchmarkResult]) -> String {
    guard results.count > 1, let name = results.first?.name.rawValue else {
      return results.map(json).first?.text ?? ""
    }
    return JSONValue.object([
      ("benchmark", .string(name)), ("results", .array(results.map(json))),
    ]).text
  }

  private static func json(_ result: BenchmarkResult) -> JSONValue {
    let seconds = result.seconds
    let speed: [(key: String, value: JSONValue)] = [
      ("events", .integer(result.events)),
      ("seconds", .number(seconds.median)),
      ("million_events_per_second", .number(result.millionEventsPerSecond)),
      ("repeats", .integer(result.readings.count)),
      ("seconds_min", .number(seconds.smallest)),
      ("seconds_lower_quartile", .number(seconds.lowerQuartile)),
      ("seconds_upper_quartile", .number(seconds.upperQuartile)),
      ("seconds_max", .number(seconds.largest)),
      ("machine", Timing.machine),
    ]
    return .object(
      [("benchmark", .string(result.name.rawValue))] + members(result.sizes)
        + members(result.figures) + speed)
  }

  private static func members(_ figures: [Figure]) -> [(key: String, value: JSONValue)] {
    figures.map { figure in
      switch figure.value {
      case .count(let count): (figure.name, .integer(count))
      case .number(let number): (figure.name, .number(number))
      }
    }
  }
}

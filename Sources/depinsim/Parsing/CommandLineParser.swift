import Configuration
import Experiments

/// Turns the words of a command line into a command; touches nothing else.
enum CommandLineParser {
  static func parse(_ arguments: [String]) throws(UsageError) -> any Command {
    guard let first = arguments.first else { return HelpCommand(verb: nil, isMissing: true) }
    if ["--help", "-h"].contains(first) { return HelpCommand(verb: nil) }
    if first == "--version" { return VersionCommand() }
    let verb = try verb(first)
    let rest = arguments.dropFirst()
    if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      return HelpCommand(verb: verb)
    }
    return try command(verb, Words(rest, of: verb))
  }
}

extension CommandLineParser {
  private static func command(_ verb: Verb, _ words: Words) throws(UsageError) -> any Command {
    switch verb {
    case .run, .compare:
      return try RunCommand(words, verb: verb)
    case .check:
      return try CheckCommand(words)
    case .validate:
      try expect(1...1_000, "a scenario file", of: verb, in: words)
      return ValidateCommand(
        files: words.operands, settings: words.values(.set), isQuiet: words.has(.quiet))
    case .explain:
      try expect(1...1, "a scenario file or a topic", of: verb, in: words)
      return ExplainCommand(
        subject: words.operands[0], settings: words.values(.set),
        isEffective: words.has(.effective), asJSON: words.has(.json))
    case .list:
      try expect(1...1, "measures, rules, keys or presets", of: verb, in: words)
      return try ListCommand(words.operands[0])
    case .bench:
      return try BenchCommand(words)
    case .help:
      try expect(0...1, "one command", of: verb, in: words)
      return HelpCommand(
        verb: try words.operands.first.map { word throws(UsageError) in
          try self.verb(word)
        })
    }
  }

  private static func verb(_ word: String) throws(UsageError) -> Verb {
    if let verb = Verb(rawValue: word) { return verb }
    let names = Verb.allCases.map(\.rawValue)
    let nearest = nearestName(to: word, among: names)
    throw UsageError(
      "expected a command, found \"\(word)\"",
      help: nearest.map { "did you mean \($0)?" }
        ?? "the commands are \(names.joined(separator: ", "))")
  }

  /// Checks how many operands there are.
  static func expect(
    _ range: ClosedRange<Int>, _ what: String, of verb: Verb, in words: Words
  ) throws(UsageError) {
    let count = words.operands.count
    guard !range.contains(count) else { return }
    let found = count == 0 ? "nothing" : "\"\(words.operands[range.upperBound])\" as well"
    throw UsageError(
      "\(verb.rawValue): expected \(what), found \(found)",
      help: "write depinsim \(verb.rawValue) \(verb.operands)")
  }
}

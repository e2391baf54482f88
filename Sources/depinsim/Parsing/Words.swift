import Configuration
import Foundation

/// What goes to standard output.
enum Output: Equatable {
  case text, json, nothing
}

/// The words of a command line, sorted into operands and options but not understood yet.
struct Words: Equatable {
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// - Parameters:
  ///   - words: what follows the command.
  ///   - verb: the command, which knows its options.
  init(_ words: some Sequence<String>, of verb: Verb) throws(UsageError) {
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let option = try Self.option(String(parts[0]), of: verb)
      let value = try Self.value(of: option, inline: parts.dropFirst().first, rest: &rest)
      guard option.repeats || values[option.name] == nil else {
        throw UsageError("\(option.name): expected once, found twice", help: "leave one out")
      }
      values[option.name, default: []].append(value)
    }
  }

  func has(_ option: Option) -> Bool { values[option.name] != nil }

  func value(_ option: Option) -> String? { values[option.name]?.last }

  func values(_ option: Option) -> [String] { values[option.name] ?? [] }
}

extension Words {
  private static func option(_ name: String, of verb: Verb) throws(UsageError) -> Option {
    if let option = verb.options.first(where: { $0.name == name }) { return option }
    let owners = Verb.allCases.filter { verb in verb.options.contains { $0.name == name } }
    if let owner = owners.first {
      throw UsageError(
        "\(name): \(verb.rawValue) has no such option, \(owner.rawValue) has",
        help: "see `depinsim help \(verb.rawValue)`")
    }
    let nearest = nearestName(to: name, among: verb.options.map(\.name))
    throw UsageError(
      "expected an option of \(verb.rawValue), found \"\(name)\"",
      help: nearest.map { "did you mean \($0)?" } ?? "see `depinsim help \(verb.rawValue)`")
  }

  private static func value(
    of option: Option, inline: Substring?, rest: inout ArraySlice<String>
  ) throws(UsageError) -> String {
    guard let placeholder = option.placeholder else {
      guard let inline else { return "" }
      throw UsageError("\(option.name): expected no value, found \"\(inline)\"")
    }
    if let inline { return String(inline) }
    guard let value = rest.popFirst() else {
      throw UsageError(
        "\(option.name): expected a value, found nothing",
        help: "write \(option.name) \(placeholder)")
    }
    return value
  }
}

extension Words {
  func count(_ option: Option, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = value(option) else { return nil }
    guard let count = Int(text), range.contains(count) else {
      throw UsageError(
        "\(option.name): expected a whole number from \(range.lowerBound) to "
          + "\(range.upperBound), found \"\(text)\"",
        help: "write \(option.name) \(max(20, range.lowerBound))")
    }
    return count
  }

  /// Replicates at once: as many as there are processors where nothing is asked for.
  func threads() throws(UsageError) -> Int {
    try count(.threads, in: 1...1_024) ?? ProcessInfo.processInfo.activeProcessorCount
  }

  func output() throws(UsageError) -> Output {
    guard !(has(.quiet) && has(.json)) else {
      throw UsageError("expected --quiet or --json, found both", help: "leave one out")
    }
    return has(.json) ? .json : has(.quiet) ? .nothing : .text
  }

  func path(_ option: Option) throws(UsageError) -> String? {
    guard let path = value(option) else { return nil }
    guard !path.isEmpty else {
      throw UsageError(
        "\(option.name): expected a path, found \"\"",
        help: "write \(option.name) \(option.placeholder ?? "")")
    }
    return path
  }

  func seed() throws(UsageError) -> UInt64? {
    guard let text = value(.seed) else { return nil }
    guard let seed = UInt64(text) else {
      throw UsageError(
        "--seed: expected a whole number from 0 to \(UInt64.max), found \"\(text)\"",
        help: "write --seed 1")
    }
    return seed
  }

  /// Days in `90d`, `36h`, `12w` or `90`.
  func horizonDays() throws(UsageError) -> Double? {
    guard let text = value(.horizon) else { return nil }
    let units = ["h": 1.0 / 24, "d": 1.0, "w": 7.0]
    let unit = text.last.flatMap { units[String($0)] }
    let number = unit == nil ? text : String(text.dropLast())
    guard let count = Double(number), count.isFinite, count > 0, count * (unit ?? 1) <= 1e6 else {
      throw UsageError(
        "--horizon: expected a length such as 90d, found \"\(text)\"",
        help: "write --horizon 90d, 12w or 36h; at most 1000000 days")
    }
    return count * (unit ?? 1)
  }
}

extension FieldKind {
  /// A value that would do, as the user would write it; nil where no single one is typical.
  var example: String? {
    switch self {
    case .number(let range): numberText(range.harmless)
    case .count(let range): "\(range.contains(1) ? 1 : range.lowerBound)"
    case .flag: "true"
    case .text: "\"…\""
    case .choice(let names): names.first.map(quoted)
    case .choices(let names): names.first.map { "[\(quoted($0))]" }
    case .moment: "\"2026-03-01\""
    case .numbers(let range, _): "[\(numberText(range.harmless)), …]"
    case .texts: "[\"…\"]"
    case .table: "{csv: \"data/prices.csv\"}"
    case .object, .named, .tree: "{…}"
    case .list: "[{…}]"
    case .rule(let rules): rules.first.map { quoted($0.name) }
    case .rules(let rules): rules.first.map { "[\(quoted($0.name))]" }
    }
  }

  /// The names to choose from, as lines of a list, when there are too many for a sentence.
  var listedChoices: String {
    switch self {
    case .choice(let names), .choices(let names): listed(names)
    case .rule(let rules), .rules(let rules): listed(rules.map(\.name))
    case .number, .count, .flag, .text, .moment, .numbers, .texts, .table, .object, .list, .named,
      .tree:
      ""
    }
  }

  /// What to write instead of a value that was refused.
  ///
  /// - Parameter day: the day number of a value that is a date.
  func help(for node: Node, unit: String, day: Double? = nil) -> String {
    switch self {
    case .number, .count, .numbers:
      if let day { return help(forDay: day, unit: unit) }
    case .flag, .text, .choice, .choices, .moment, .texts, .table, .object, .list, .named, .rule,
      .rules, .tree:
      break
    }
    switch self {
    case .number(let range), .numbers(let range, _): return range.help(for: node, unit: unit)
    case .count(let range):
      let hull = Double(range.lowerBound)...Double(range.upperBound)
      return hull.help(for: node, unit: unit)
    case .flag:
      guard let text = node.string else { return "" }
      return ["true", "false"].contains(text) ? "write \(text) without quotes" : ""
    case .text:
      guard case .number(_, let text) = node.kind else { return "" }
      return "write \(quoted(text)) between quotes"
    case .moment:
      guard let text = node.string else { return "" }
      if let (value, written) = measured(text), let unit = TimeUnit(written) {
        return "a day number is in days; write \(numberText(value * unit.seconds / 86_400))"
      }
      if let (value, written) = measured(text), written.isEmpty {
        return "write \(numberText(value)) without quotes"
      }
      if isShapedAsDate(text) { return "the calendar has no such day" }
      return "write year, month and day with two digits each: \"2026-03-01\""
    case .choice(let names): return suggestion(for: node, among: names)
    case .choices(let names):
      if let name = node.string, names.contains(name) { return "write [\(node.brief)]" }
      return suggestion(for: node, among: names)
    case .rule(let rules), .rules(let rules):
      if node.finiteNumber != nil, let rule = rules.first(where: { $0.number != nil }),
        let key = rule.number
      {
        let names = listed(rules.map(\.name))
        return "write {rule: \(quoted(rule.name)), \(key): \(node.brief)}"
          + (names.isEmpty ? "" : ", or choose one of" + names)
      }
      return suggestion(for: node, among: rules.map(\.name))
    case .texts:
      guard case .string = node.kind else { return "" }
      return "write [\(node.brief)]"
    case .table:
      guard case .string = node.kind else { return "" }
      return "write {csv: \(node.brief)}"
    case .list: return node.isObject ? "write [ before it and ] behind it" : ""
    case .named: return "write {name: {…}, …}"
    case .object, .tree: return ""
    }
  }

  /// Whether it is written as a date is, whatever day it names.
  private func isShapedAsDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.count) == [4, 2, 2]
      && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
  }

  /// What to write instead of a date, where a number is asked for.
  private func help(forDay day: Double, unit: String) -> String {
    guard unit == "days" else { return "a date cannot stand here; write a number" }
    let days = numberText(day)
    return "a length of time is asked for, not a date; if \(days) days from the start are meant, "
      + "write \(days)"
  }
}

/// The nearest name, and the list of all names when a sentence cannot hold them.
func suggestion(for node: Node, among names: [String]) -> String {
  let nearest = node.string.flatMap { nearestName(to: $0, among: names) }
  let list = listed(names)
  if let nearest { return "did you mean \(quoted(nearest))?" + list }
  return list.isEmpty ? "" : "choose one of" + list
}

/// The names in a row behind a space when they are few, in lines when they are many.
func inWords(_ names: [String]) -> String {
  names.count <= 5 ? " " + names.map(quoted).joined(separator: ", ") : listed(names)
}

extension FieldPath {
  /// The first key, which is what `depinsim explain` is asked about.
  var topic: String {
    guard case .key(let key)? = steps.first else { return "" }
    return key
  }
}

extension ClosedRange<Double> {
  /// A member that is unlikely to do harm downstream: 1 where allowed.
  var harmless: Double {
    if contains(1) { return 1 }
    return lowerBound.isFinite ? lowerBound : upperBound.isFinite ? upperBound : 0
  }

  fileprivate func help(for node: Node, unit: String) -> String {
    switch node.kind {
    case .string(let text): return help(for: text, unit: unit)
    case .number(let value, _) where !value.isFinite:
      return "\(node.brief) is not a finite number here; write one, or leave the key out"
    case .number(let value, _) where self == 0...1 && value > 1 && value <= 100:
      let percent = numberText(value)
      return "a share lies between 0 and 1; write \(numberText(value / 100)) for \(percent) %"
    case .null, .bool, .number, .array, .object, .table: return ""
    }
  }

  private func help(for text: String, unit: String) -> String {
    guard let (value, suffix) = measured(text) else {
      return "write a number such as \(numberText(harmless))"
    }
    if suffix.isEmpty { return "write \(numberText(value)) without quotes" }
    if suffix == "%" { return "write \(numberText(value / 100))" }
    if let written = TimeUnit(suffix), let wanted = TimeUnit(unit) {
      let converted = value * written.seconds / wanted.seconds
      return "the unit is \(unit); write \(numberText(converted))"
    }
    return unit.isEmpty
      ? "write \(numberText(value))"
      : unit.hasPrefix("unit of")
        ? "write a number alone, in the \(unit)"
        : "the unit is \(unit); write a number of \(unit) alone"
  }
}

/// A finite number and what is written behind it; nil where the text begins with no number.
private func measured(_ text: String) -> (value: Double, suffix: String)? {
  let bare = text.filter { $0 != "_" && $0 != "," && $0 != " " }
  if let value = Double(bare), value.isFinite { return (value, "") }
  let digits = bare.prefix { "+-.0123456789".contains($0) }
  guard let value = Double(digits), value.isFinite else { return nil }
  return (value, String(bare.dropFirst(digits.count)))
}

/// A unit of time that people write behind a number.
private struct TimeUnit {
  let seconds: Double

  init?(_ name: String) {
    switch name.lowercased() {
    case "ms", "millisecond", "milliseconds": seconds = 0.001
    case "s", "sec", "second", "seconds": seconds = 1
    case "min", "minute", "minutes": seconds = 60
    case "h", "hour", "hours": seconds = 3_600
    case "d", "day", "days": seconds = 86_400
    case "w", "week", "weeks": seconds = 604_800
    default: return nil
    }
  }
}

extension FieldKind {
  /// What is expected, as it stands after "expected" in a message.
  public func expectation(unit: String = "") -> String {
    let bracketed = unit.isEmpty ? "" : " [\(unit)]"
    switch self {
    case .number(let range): return "a \(words(range))\(bracketed)"
    case .count(let range): return "a \(words(range))\(bracketed)"
    case .flag: return "true or false"
    case .text: return "a text between quotes"
    case .choice(let names): return oneOf(names)
    case .choices(let names): return "a list of names, each \(oneOf(names))"
    case .moment: return "a date such as \"2026-03-01\" or a day number"
    case .numbers(let range, let count):
      return "a list of \(words(items: count)), each a \(words(range))\(bracketed)"
    case .texts: return "a list of texts between quotes"
    case .table: return "a table such as {csv: \"data/prices.csv\"}"
    case .object: return "an object"
    case .list: return "a list of objects"
    case .named: return "an object of named objects"
    case .rule(let rules): return oneOf(rules.map(\.name))
    case .tree: return "an object"
    case .rules(let rules): return "a list of rules, each \(oneOf(rules.map(\.name)))"
    }
  }
}

/// The names between quotes in one line, or an invitation to look below when there are many.
func oneOf(_ names: [String]) -> String {
  let quotedNames = names.map(quoted)
  switch names.count {
  case 0: return "nothing"
  case 1: return quotedNames[0]
  case 2...5:
    return quotedNames.dropLast().joined(separator: ", ") + " or " + quotedNames[names.count - 1]
  default: return "one of the \(names.count) names below"
  }
}

/// The names as the lines of a list, for more of them than fit into a sentence; otherwise empty.
func listed(_ names: [String]) -> String {
  names.count <= 5 ? "" : names.map { "\n    \(quoted($0))" }.joined()
}

/// A range in words, such as `positive number` or `number from 0 to 1`.
func words(_ range: ClosedRange<Double>) -> String {
  let (low, high) = (range.lowerBound, range.upperBound)
  let isPositive = low == .leastNonzeroMagnitude
  switch (low == -.infinity, high == .infinity) {
  case (true, true): return "number"
  case (true, false): return "number of at most \(numberText(high))"
  case (false, true):
    return isPositive ? "positive number" : "number of at least \(numberText(low))"
  case (false, false):
    return isPositive
      ? "positive number of at most \(numberText(high))"
      : "number from \(numberText(low)) to \(numberText(high))"
  }
}

/// A range of counts in words, such as `whole number from 1 to 12`.
func words(_ range: ClosedRange<Int>) -> String {
  switch (range.lowerBound == .min, range.upperBound == .max) {
  case (true, true): "whole number"
  case (true, false): "whole number of at most \(range.upperBound)"
  case (false, true): "whole number of at least \(range.lowerBound)"
  case (false, false): "whole number from \(range.lowerBound) to \(range.upperBound)"
  }
}

private func words(items range: ClosedRange<Int>) -> String {
  let (low, high) = (range.lowerBound, range.upperBound)
  if low == high { return low == 1 ? "1 number" : "\(low) numbers" }
  if high == .max { return low == 0 ? "numbers" : "at least \(low) numbers" }
  return "\(low) to \(high) numbers"
}

/// The shortest text that reads back as the same number; whole numbers without a point.
public func numberText(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

extension ClosedRange<Double> {
  /// Every number above zero.
  public static var positive: Self { .leastNonzeroMagnitude ... .infinity }
  /// Zero and every number above it.
  public static var nonNegative: Self { 0 ... .infinity }
  /// Every finite number.
  public static var anyNumber: Self { -.infinity ... .infinity }
}

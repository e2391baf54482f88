import Configuration

extension FieldReader {
  /// Refuses the parts of a whole that do not add to 1, and shows the sum.
  ///
  /// - Parameter noun: what the parts are called, such as `shares`.
  mutating func refuse(_ noun: String, unlessWhole parts: [(key: String, value: Double)]) {
    let sum = parts.reduce(0) { $0 + $1.value }
    guard (sum - 1).magnitude > 1e-9 else { return }
    let keys =
      parts.dropLast().map(\.key).joined(separator: ", ") + " and " + parts[parts.count - 1].key
    let gap = shortText((sum - 1).magnitude)
    refuse(
      expected: "\(noun) that add to 1", found: "\(sumText(parts.map(\.value)))",
      help: sum < 1
        ? "\(gap) is missing: raise one of \(keys)" : "\(gap) is too much: lower one of \(keys)")
  }
}

extension FieldReader {
  /// Refuses shares under one key that do not add to 1, and shows the sum.
  mutating func refuse(_ key: String, unlessWhole shares: [Double]) {
    let sum = shares.reduce(0, +)
    guard (sum - 1).magnitude > 1e-9 else { return }
    refuse(
      key, expected: "shares that add to 1", found: sumText(shares),
      help: "\(shortText((sum - 1).magnitude)) is " + (sum < 1 ? "missing" : "too much"))
  }
}

/// A sum with its terms, such as `0.5 + 0.2 = 0.7`.
func sumText(_ terms: [Double]) -> String {
  terms.map(numberText).joined(separator: " + ") + " = " + shortText(terms.reduce(0, +))
}

/// The number without what rounding left behind its twelfth decimal.
private func shortText(_ value: Double) -> String {
  numberText(value.magnitude < 1e3 ? (value * 1e12).rounded() / 1e12 : value)
}

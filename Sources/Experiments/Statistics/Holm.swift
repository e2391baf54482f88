/// Holm's step-down test: many hypotheses, one family-wise chance of a false alarm (Holm 1979).
enum Holm {
  /// Largest probability that any true hypothesis of the family is rejected.
  static let familyWiseError = 0.05

  /// Which hypotheses are rejected; NaN counts as no evidence and is left out of the family.
  static func rejected(_ pValues: [Double]) -> [Bool] {
    let family = pValues.indices.filter { !pValues[$0].isNaN }
      .sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var rejected = [Bool](repeating: false, count: pValues.count)
    for (rank, index) in family.enumerated() {
      guard pValues[index] <= familyWiseError / Double(family.count - rank) else { break }
      rejected[index] = true
    }
    return rejected
  }
}

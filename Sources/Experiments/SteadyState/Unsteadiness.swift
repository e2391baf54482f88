/// Why a variant has no steady state, though one was asked for.
public struct Unsteadiness: Error, Sendable, Equatable {
  public let variant: String
  public let measure: String
  /// What is wrong, and what to do, each as a clause.
  public let reason: String
  public let help: String
}

extension Unsteadiness {
  init?(_ warmUp: WarmUp, of measure: String, variant: String) {
    switch warmUp {
    case .rows: return nil
    case .undefined(let rows):
      reason = "expected a value in every row, found none in \(rows)"
      help = "choose other measures"
    case .tooFew(let rows, let least):
      reason = "expected at least \(least) rows to find the warm-up in, found \(rows)"
      help = "lengthen horizonDays, or shorten measureEveryDays"
    case .notOver(let rows, let all):
      reason =
        "expected the warm-up to end in the first half, found it to last at least \(rows) of \(all) rows"
      help = "lengthen horizonDays, or ask about these dates with analysis: \"horizon\""
    case .trends(let slope):
      let slopes = [slope, WarmUp.mostSlope].map { ($0 * 10).rounded() / 10 }
      reason =
        "expected no trend after the warm-up, found one: t = \(slopes[0]) of its slope, "
        + "where \(slopes[1]) would be the most"
      help = "it has no steady state; ask about these dates with analysis: \"horizon\""
    }
    self.variant = variant
    self.measure = measure
  }
}

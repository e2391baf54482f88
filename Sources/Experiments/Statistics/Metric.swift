public import Economy

/// One row of a summary: a measure, or the share of replicates at or above one of its grades.
public struct Metric: Sendable {
  /// Name of the row, such as `utilisation` or `spiral_grade_dead_share`.
  public let name: String
  public let unit: String
  /// Column in `Measure.all`.
  public let column: Int
  /// Least grade counted; nil for a measure that has a mean.
  public let grade: Int?

  public var measure: Measure { Measure.all[column] }

  /// Every row in the order of measures.
  public static let all: [Metric] = Measure.all.indices.flatMap { column -> [Metric] in
    let measure = Measure.all[column]
    guard measure.kind == .grade else {
      return [Metric(name: measure.name, unit: measure.unit, column: column, grade: nil)]
    }
    return gradeNames.enumerated().map { index, grade in
      let name = "\(measure.name)_\(grade)_share"
      return Metric(name: name, unit: "1", column: column, grade: index + 1)
    }
  }

  /// Grades above 0, ascending.
  private static let gradeNames = ["stressed", "spiral", "confirmed", "dead"]

  /// Values of replicates as this row sees them: grades become 0 or 1, undefined stays NaN.
  func values(_ values: [Double]) -> [Double] {
    guard let grade else { return values }
    return values.map { $0.isNaN ? .nan : $0 >= Double(grade) ? 1 : 0 }
  }
}

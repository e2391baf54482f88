import Kernel

/// The warm-up of a series, or why it has none that could be left out.
enum WarmUp: Equatable {
  /// Rows to leave out.
  case rows(Int)
  /// Rows without a value.
  case undefined(rows: Int)
  case tooFew(rows: Int, least: Int)
  /// Half of the rows and more would have to go.
  case notOver(rows: Int, of: Int)
  /// What is left rises or falls: Student's t of its slope, beyond ``mostSlope``.
  case trends(slope: Double)

  /// Batches of five rows (White 1997), as many as a trend can be told from.
  private static let batch = 5
  private static let leastBatches = 40
  /// Batch means that a trend is looked for in.
  private static let trendBatches = 20
  /// A steady series is refused once in ten thousand.
  static let mostSlope = StudentT.quantile(0.99995, degrees: Double(trendBatches - 2))

  /// MSER-5 (White, Cobb and Spratt 2000, section 2), then a look at the slope of the rest.
  ///
  /// The truncation leaves out the d batches for which Σ (Zᵢ − Z̄)² ÷ (n − d)² over the n − d others
  /// is smallest, among the first half; where it is the last of these, the run is too short.
  init(of series: [Double]) {
    let undefined = series.count(where: \.isNaN)
    guard undefined == 0 else {
      self = .undefined(rows: undefined)
      return
    }
    let least = Self.batch * Self.leastBatches
    guard series.count >= least else {
      self = .tooFew(rows: series.count, least: least)
      return
    }
    let batches = Self.means(of: series[...], each: Self.batch)
    let cut = Self.truncation(batches)
    guard cut < batches.count / 2 else {
      self = .notOver(rows: cut * Self.batch, of: series.count)
      return
    }
    let rest = series.dropFirst(cut * Self.batch)
    let slope = Self.slope(Self.means(of: rest, each: rest.count / Self.trendBatches))
    self = abs(slope) > Self.mostSlope ? .trends(slope: slope) : .rows(cut * Self.batch)
  }

  /// Means of so many rows each; what does not fill a batch is left out at the start.
  private static func means(of rows: ArraySlice<Double>, each size: Int) -> [Double] {
    let rows = rows.dropFirst(rows.count % size)
    return stride(from: rows.startIndex, to: rows.endIndex, by: size).map { first in
      rows[first..<first + size].reduce(0, +) / Double(size)
    }
  }

  /// Batches to leave out, the fewest where several numbers of them are as good.
  private static func truncation(_ batches: [Double]) -> Int {
    var mean = 0.0
    var squares = 0.0
    var best = (cut: 0, score: Double.infinity)
    for cut in batches.indices.reversed() {
      let count = Double(batches.count - cut)
      let difference = batches[cut] - mean
      mean += difference / count
      squares += difference * (batches[cut] - mean)
      guard cut <= batches.count / 2 else { continue }
      let score = squares / (count * count)
      if score <= best.score { best = (cut, score) }
    }
    return best.cut
  }

  /// Student's t of the slope of a least-squares line; infinite where the line is exact.
  private static func slope(_ means: [Double]) -> Double {
    let count = Double(means.count)
    let middle = (count - 1) / 2
    let mean = means.reduce(0, +) / count
    var (squares, products, variation) = (0.0, 0.0, 0.0)
    for (index, value) in means.enumerated() {
      let place = Double(index) - middle
      squares += place * place
      products += place * (value - mean)
      variation += (value - mean) * (value - mean)
    }
    let slope = products / squares
    // Rounding alone makes no trend.
    let scale = max(abs(mean), 1e-300)
    guard abs(slope) * count > 1e-12 * scale else { return 0 }
    let residual = max(0, variation - slope * products)
    return slope / (residual / (count - 2) / squares).squareRoot()
  }
}

import Kernel

/// Finds the positive x at which a noiseless positive function f meets 1, one value at a time.
///
/// Works in logarithms, where a share or a scale acts nearly linearly: the first step assumes
/// f ∝ x, later ones follow the secant, and once two values enclose the root, regula falsi with
/// the Illinois correction (Dowell and Jarratt 1971) never leaves the bracket. It asks, the caller
/// evaluates; the same answers give the same questions.
struct RootFinder {
  private struct Point {
    var x: Double
    var error: Double
  }

  /// Largest change of x in one step outside a bracket.
  private static let longestStride = Elementary.log(10)

  private var below: Point?
  private var above: Point?
  private var last: Point?
  private var beforeLast: Point?

  /// The next x to try after f(x) was found to be `ratio`; both must be positive.
  mutating func next(after x: Double, ratio: Double) -> Double {
    let point = Point(x: Elementary.log(x), error: Elementary.log(ratio))
    let step: Double
    if let (left, right) = bracket(with: point) {
      let slope = (right.error - left.error) / (right.x - left.x)
      step = left.x - left.error / slope
    } else {
      step = point.x + stride(from: point)
    }
    beforeLast = last
    last = point
    return Elementary.exp(step)
  }
}

extension RootFinder {
  /// The enclosing pair after adding a point; the end kept twice in a row has its error halved.
  private mutating func bracket(with point: Point) -> (Point, Point)? {
    let before = last
    if point.error < 0 {
      if let before, before.error < 0, above != nil { above?.error /= 2 }
      below = point
    } else {
      if let before, before.error >= 0, below != nil { below?.error /= 2 }
      above = point
    }
    guard let below, let above, below.x != above.x else { return nil }
    return (below, above)
  }

  private func stride(from point: Point) -> Double {
    var stride = -point.error
    if let last, last.x != point.x, last.error != point.error {
      stride = -point.error * (point.x - last.x) / (point.error - last.error)
    }
    return min(max(stride, -Self.longestStride), Self.longestStride)
  }
}

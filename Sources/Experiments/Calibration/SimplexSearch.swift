import Kernel

/// Finds where a function of a few numbers is least, without derivatives (Nelder and Mead 1965).
///
/// Works in the unit cube: places outside are taken at its face. When the simplex has become small
/// it is laid out once more around the best place, because a simplex that was pressed flat against
/// a face, or ended on a ledge of a function made of steps, finds its way from a fresh one. The same
/// answers give the same questions.
struct SimplexSearch {
  struct Point {
    var place: [Double]
    var value: Double
  }

  /// Edge of the first simplex, and of the second.
  private static let edges = [0.25, 0.08]
  /// A simplex is small when it is this wide along every axis.
  private static let finest = 1e-3

  /// Most evaluations.
  let limit: Int
  /// Counter.
  private(set) var evaluations = 0

  init(limit: Int) { self.limit = limit }

  /// - Parameters:
  ///   - start: a place in the unit cube, which is evaluated first.
  ///   - function: NaN counts as the worst.
  /// - Returns: the best place that was evaluated and the value there.
  mutating func minimum<Failure: Error>(
    from start: [Double], of function: ([Double]) async throws(Failure) -> Double
  ) async throws(Failure) -> Point {
    var best = try await point(start, function)
    for edge in Self.edges where evaluations < limit {
      best = try await descend(from: best, edge: edge, function)
    }
    return best
  }

  private mutating func point<Failure: Error>(
    _ place: [Double], _ function: ([Double]) async throws(Failure) -> Double
  ) async throws(Failure) -> Point {
    let place = place.map { min(max($0, 0), 1) }
    evaluations += 1
    let value = try await function(place)
    return Point(place: place, value: value.isNaN ? .infinity : value)
  }

  private mutating func descend<Failure: Error>(
    from best: Point, edge: Double, _ function: ([Double]) async throws(Failure) -> Double
  ) async throws(Failure) -> Point {
    var simplex = [best]
    for axis in best.place.indices {
      var place = best.place
      place[axis] += place[axis] + edge > 1 ? -edge : edge
      simplex.append(try await point(place, function))
    }
    while evaluations < limit, Self.width(simplex) > Self.finest {
      simplex = Self.sorted(simplex)
      try await step(&simplex, function)
    }
    return Self.sorted(simplex)[0]
  }

  /// Replaces the worst point of an ordered simplex, or draws all towards the best.
  private mutating func step<Failure: Error>(
    _ simplex: inout [Point], _ function: ([Double]) async throws(Failure) -> Double
  ) async throws(Failure) {
    let last = simplex.count - 1
    let (best, worst) = (simplex[0], simplex[last])
    let centre = worst.place.indices.map { axis in
      simplex[..<last].reduce(0) { $0 + $1.place[axis] } / Double(last)
    }
    func away(_ factor: Double) -> [Double] {
      centre.indices.map { centre[$0] + factor * (centre[$0] - worst.place[$0]) }
    }
    let reflected = try await point(away(1), function)
    if reflected.value < best.value {
      let expanded = try await point(away(2), function)
      simplex[last] = expanded.value < reflected.value ? expanded : reflected
    } else if reflected.value < simplex[last - 1].value {
      simplex[last] = reflected
    } else {
      let isBetter = reflected.value < worst.value
      let contracted = try await point(away(isBetter ? 0.5 : -0.5), function)
      if contracted.value < min(worst.value, reflected.value) {
        simplex[last] = contracted
      } else {
        for index in 1...last {
          let place = zip(best.place, simplex[index].place).map { ($0 + $1) / 2 }
          simplex[index] = try await point(place, function)
        }
      }
    }
  }

  /// By value; among equals the older first.
  private static func sorted(_ simplex: [Point]) -> [Point] {
    simplex.enumerated().sorted {
      ($0.element.value, $0.offset) < ($1.element.value, $1.offset)
    }.map(\.element)
  }

  private static func width(_ simplex: [Point]) -> Double {
    simplex[0].place.indices.reduce(0) { width, axis in
      let places = simplex.map { $0.place[axis] }
      return max(width, (places.max() ?? 0) - (places.min() ?? 0))
    }
  }
}

import Kernel
import Testing

@testable import Experiments

struct SimplexSearchTests {
  private func minimum(
    from start: [Double], limit: Int = 300, of function: ([Double]) -> Double
  ) async -> (point: SimplexSearch.Point, evaluations: Int) {
    var search = SimplexSearch(limit: limit)
    let point = await search.minimum(from: start) { place async in function(place) }
    return (point, search.evaluations)
  }

  @Test(arguments: [1, 2, 3, 4])
  func `the bottom of a bowl is found`(axes: Int) async {
    let bottom = [0.31, 0.72, 0.55, 0.13].prefix(axes)
    let found = await minimum(from: Array(repeating: 0.5, count: axes)) { place in
      zip(place, bottom).enumerated().reduce(0) { sum, axis in
        let distance = axis.element.0 - axis.element.1
        return sum + Double(axis.offset + 1) * distance * distance
      }
    }
    for (place, wanted) in zip(found.point.place, bottom) { #expect(abs(place - wanted) < 2e-3) }
  }

  /// Rosenbrock's valley, its bottom (1, 1) at (0.75, 0.75) of a square from -2 to 2.
  @Test func `a bent valley is followed`() async {
    let found = await minimum(from: [0.2, 0.75]) { place in
      let (x, y) = (4 * place[0] - 2, 4 * place[1] - 2)
      return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x)
    }
    #expect(abs(found.point.place[0] - 0.75) < 0.01 && abs(found.point.place[1] - 0.75) < 0.01)
  }

  @Test func `the best place may lie on a face`() async {
    let found = await minimum(from: [0.5, 0.5]) { $0[0] + ($0[1] - 0.4).magnitude }
    #expect(found.point.place[0] == 0)
    #expect(abs(found.point.place[1] - 0.4) < 2e-3)
  }

  @Test func `steps do not end the search where it starts`() async {
    let found = await minimum(from: [0.9]) { place in ((place[0] - 0.2).magnitude * 20).rounded() }
    #expect(abs(found.point.place[0] - 0.2) < 0.026)
  }

  @Test func `the limit holds, and places that cannot be judged are the worst`() async {
    let found = await minimum(from: [0.5, 0.5], limit: 20) { place in
      place[0] > 0.6 ? .nan : -place[0]
    }
    // A step that draws the simplex together is finished.
    #expect(found.evaluations <= 22)
    #expect(found.point.place[0] <= 0.6 && found.point.value <= -0.5)
  }
}

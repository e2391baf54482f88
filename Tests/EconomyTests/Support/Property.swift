import Kernel
import Testing

@testable import Economy

/// A law that must hold after every operation of any sequence, and the search for a sequence that
/// breaks it.
///
/// Operation n of a sequence is a function of the seed and of n alone. What breaks the law is made as
/// small as it gets: operations are dropped, by halves, quarters, … and one by one, then each is put
/// in a simpler form, for as long as the law stays broken.
struct Property<Operation> {
  /// Where a sequence breaks the law, and how.
  struct Breach {
    /// Operations up to and with the one after which the law did not hold.
    let length: Int
    let sentence: String
  }

  /// Draws one operation.
  let draw: (inout RandomStream) -> Operation
  /// Forms of an operation that are simpler, the simplest first; none by default.
  var simpler: (Operation) -> [Operation] = { _ in [] }
  /// Starts from nothing, does the operations in order, and says where the law first breaks; nil where
  /// it holds to the end.
  let firstBreach: ([Operation]) -> Breach?

  func operations(seed: Int, count: Int) -> [Operation] {
    let luck = Luck(seed: UInt64(seed), replicate: 1)
    return (0..<count).map { number in
      var stream = luck.stream(Purpose(rawValue: 60_001), entity: 0, index: UInt32(number))
      return draw(&stream)
    }
  }

  /// Fails the test with the smallest sequence found where some seed breaks the law.
  ///
  /// - Parameter count: operations of each sequence.
  func holds(
    seeds: Range<Int>, count: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for seed in seeds {
      guard let (smallest, breach) = counterexample(seed: seed, count: count) else { continue }
      let lines = smallest.enumerated().map { "  \($0.offset + 1). \($0.element)" }
      Issue.record(
        "seed \(seed): \(breach.sentence) after\n\(lines.joined(separator: "\n"))",
        sourceLocation: sourceLocation)
      return
    }
  }

  /// The smallest sequence found, or nil where the law holds.
  func counterexample(seed: Int, count: Int) -> (operations: [Operation], breach: Breach)? {
    let all = operations(seed: seed, count: count)
    guard let breach = firstBreach(all) else { return nil }
    return shrink(Array(all.prefix(breach.length)), breach)
  }

  /// Drops and simplifies operations for as long as that leaves the law broken.
  func shrink(
    _ operations: [Operation], _ breach: Breach
  ) -> (operations: [Operation], breach: Breach) {
    var smallest = (operations: operations, breach: breach)
    func keep(_ candidate: [Operation]) -> Bool {
      guard let breach = firstBreach(candidate) else { return false }
      smallest = (Array(candidate.prefix(breach.length)), breach)
      return true
    }
    var changed = true
    while changed {
      changed = false
      var size = max(1, smallest.operations.count / 2)
      while size >= 1 {
        // From the end, so that what is dropped leaves the places before it alone.
        var end = smallest.operations.count
        while end > 0 {
          let start = max(0, end - size)
          var candidate = smallest.operations
          candidate.removeSubrange(start..<end)
          if keep(candidate) { changed = true }
          end = min(start, smallest.operations.count)
        }
        size /= 2
      }
      var place = 0
      while place < smallest.operations.count {
        for form in simpler(smallest.operations[place]) {
          var candidate = smallest.operations
          candidate[place] = form
          if keep(candidate) {
            changed = true
            break
          }
        }
        place += 1
      }
    }
    return smallest
  }
}

/// Whole amounts that make an operation simpler: nothing, one, half, then ever less is taken off, so
/// that the smallest is found in few steps.
func simplerAmounts(than amount: Int64) -> [Int64] {
  guard amount > 0 else { return [] }
  var amounts: [Int64] = [0, 1]
  var taken = amount / 2
  while taken > 0 {
    amounts.append(amount - taken)
    taken /= 2
  }
  return amounts.filter { $0 < amount }
}

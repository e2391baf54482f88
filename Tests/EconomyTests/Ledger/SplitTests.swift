import Kernel
import Testing

@testable import Economy

/// The same rule by sorting: whole parts first, then one unit each to the largest remainders.
private func slowShares(of total: Int64, by weights: [Int64]) -> [Int64] {
  let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
  var shares = weights.map { Int64(Int128(total) * Int128($0) / sum) }
  let remainders = weights.map { Int128(total) * Int128($0) % sum }
  let order = weights.indices.sorted {
    remainders[$0] != remainders[$1] ? remainders[$0] > remainders[$1] : $0 < $1
  }
  let left = total - shares.reduce(0, +)
  for place in 0..<Int(left) { shares[order[place]] += 1 }
  return shares
}

private func shares(of total: Int64, by weights: [Int64]) -> [Int64] {
  var shares = [Int64](repeating: -1, count: weights.count)
  let given = Split.largestRemainder(of: total, by: weights, into: &shares)
  #expect(given == shares.reduce(0, +))
  return shares
}

struct SplitTests {
  @Test func `shares follow the weights, and equal remainders favour the lower index`() {
    #expect(shares(of: 10, by: [1, 1, 1]) == [4, 3, 3])
    #expect(shares(of: 11, by: [1, 1, 1]) == [4, 4, 3])
    #expect(shares(of: 7, by: [0, 5, 0, 2]) == [0, 5, 0, 2])
    #expect(shares(of: 1, by: [3, 4]) == [0, 1])
    #expect(shares(of: 100, by: [1, 2, 3]) == [17, 33, 50])
  }

  @Test func `nothing is shared out where nobody has a weight or nothing is there`() {
    #expect(shares(of: 5, by: [0, 0]) == [0, 0])
    #expect(shares(of: 0, by: [1, 2]) == [0, 0])
    #expect(shares(of: 5, by: []) == [])
  }

  @Test(arguments: 0..<40)
  func `no unit is lost, and the shares are those of the slow rule`(seed: Int) {
    var stream = testStream(seed)
    let count = 1 + Int(stream.below(60))
    // Small weights give many equal remainders, large ones products beyond 64 bits.
    let bits = 1 + UInt64(stream.below(56))
    var weights = (0..<count).map { _ in Int64(stream.nextWord64() % (1 << bits)) }
    weights[0] += 1
    let total = Int64(stream.nextWord64() % (1 << (1 + UInt64(stream.below(62)))))
    let shares = shares(of: total, by: weights)
    #expect(shares.reduce(0, +) == total, "seed \(seed)")
    #expect(shares == slowShares(of: total, by: weights), "seed \(seed)")
  }

  @Test func `a total near 2 to the 62 among heavy weights loses nothing`() {
    let weights: [Int64] = [1 << 61, 1 << 61, (1 << 61) - 1, 1]
    let total = Int64(1 << 62) - 1
    #expect(shares(of: total, by: weights) == slowShares(of: total, by: weights))
  }

  @Test func `parts of one share a total without loss`() {
    #expect(Split.largestRemainder(of: 1_000_001, by: [0.95, 0.05, 0]) == [950_001, 50_000, 0])
    #expect(Split.largestRemainder(of: 10, by: [1.0 / 3, 1.0 / 3, 1.0 / 3]) == [4, 3, 3])
    #expect(Split.largestRemainder(of: 1, by: [0, 0, 1]) == [0, 0, 1])
    let huge = Split.largestRemainder(of: 4_600_000_000_000_000_000, by: [0.1, 0.2, 0.7])
    #expect(
      huge == [460_000_000_000_000_000, 920_000_000_000_000_000, 3_220_000_000_000_000_000])
  }
}

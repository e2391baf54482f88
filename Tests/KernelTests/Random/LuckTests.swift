import Kernel
import Testing

struct LuckTests {
  private let luck = Luck(seed: 42, replicate: 3)

  /// The first word, which stands for the draw.
  private func word(_ luck: Luck, _ purpose: UInt16, _ entity: UInt64, _ index: UInt32) -> UInt64 {
    var stream = luck.stream(Purpose(rawValue: purpose), entity: entity, index: index)
    return stream.nextWord64()
  }

  @Test func `each of the five coordinates changes the draw`() {
    let words = [
      word(luck, 1, 1, 1), word(luck, 2, 1, 1), word(luck, 1, 2, 1), word(luck, 1, 1, 2),
      word(luck, 1, 1 << 32, 1), word(Luck(seed: 42, replicate: 4), 1, 1, 1),
      word(Luck(seed: 43, replicate: 3), 1, 1, 1),
      word(Luck(seed: 42 << 32, replicate: 3), 1, 1, 1),
    ]
    #expect(Set(words).count == words.count)
  }

  @Test func `a draw does not depend on other draws`() {
    let alone = word(luck, 5, 17, 2)
    var other = luck.stream(Purpose(rawValue: 5), entity: 16, index: 2)
    for _ in 0..<9 { _ = other.next() }
    #expect(word(luck, 5, 17, 2) == alone)
  }

  @Test func `the words of a stream are the blocks of its counter`() {
    var stream = luck.stream(Purpose(rawValue: 9), entity: 0x1_0000_0002, index: 3)
    let words = (0..<12).map { _ in stream.next() }
    #expect(Set(words).count == 12)
    var again = luck.stream(Purpose(rawValue: 9), entity: 0x1_0000_0002, index: 3)
    let pairs = (0..<6).map { _ in again.nextWord64() }
    for (index, pair) in pairs.enumerated() {
      #expect(pair == UInt64(words[2 * index]) | UInt64(words[2 * index + 1]) << 32)
    }
  }

  @Test(arguments: [0, 1, 7, 64])
  func `many draws at once are the draws alone`(count: Int) {
    let (purpose, first) = (Purpose(rawValue: 3), UInt64(1) << 32 - 5)
    var uniforms = [Double](repeating: 0, count: count)
    var exponentials = uniforms
    luck.fill(&uniforms, withUniform: purpose, from: first, index: 2)
    luck.fill(&exponentials, withExponential: purpose, from: first, index: 2)
    for number in 0..<count {
      var stream = luck.stream(purpose, entity: first + UInt64(number), index: 2)
      let uniform = stream.uniform()
      #expect(uniforms[number] == uniform)
      #expect(exponentials[number] == -Elementary.log(uniform))
    }
  }

  @Test func `a pair of words may begin anywhere in a block`() {
    var single = luck.stream(Purpose(rawValue: 9), entity: 5)
    let words = (0..<40).map { _ in single.next() }
    for skipped in 0..<8 {
      var stream = luck.stream(Purpose(rawValue: 9), entity: 5)
      for _ in 0..<skipped { _ = stream.next() }
      for first in stride(from: skipped, to: 30, by: 2) {
        #expect(stream.nextWord64() == UInt64(words[first]) | UInt64(words[first + 1]) << 32)
      }
    }
  }

  @Test func `a draw of 2¹⁸ words ends where the next would repeat`() async {
    await #expect(processExitsWith: .failure) {
      var stream = Luck(seed: 1, replicate: 0).stream(Purpose(rawValue: 0), entity: 0)
      for _ in 0...1 << 18 { _ = stream.next() }
    }
    var stream = luck.stream(Purpose(rawValue: 0), entity: 0)
    for _ in 0..<1 << 18 { _ = stream.next() }
  }

  @Test func `a thousand replicates have a thousand lucks`() {
    let words = (0..<1000).map { word(Luck(seed: 1, replicate: $0), 0, 0, 0) }
    #expect(Set(words).count == 1000)
  }

  @Test func `draws of neighbours are not correlated`() {
    var product = 0.0
    let pairs = 4000
    for entity in 0..<UInt64(pairs) {
      var first = luck.stream(Purpose(rawValue: 1), entity: entity)
      var second = luck.stream(Purpose(rawValue: 1), entity: entity + 1)
      product += (first.uniform() - 0.5) * (second.uniform() - 0.5)
    }
    // Each product has mean 0 and deviation 1/12; 4 standard errors.
    #expect(abs(product / Double(pairs)) < 4 / (12 * Double(pairs).squareRoot()))
  }

  @Test(arguments: [1, 2, 3, 7, 10, 1000, 0x8000_0001] as [UInt32])
  func `whole numbers below a bound come equally often`(bound: UInt32) {
    let draws = 5000
    let bins = min(Int(bound), 10)
    var counts = [Int](repeating: 0, count: bins)
    for entity in 0..<UInt64(draws) {
      var stream = luck.stream(Purpose(rawValue: 2), entity: entity)
      let number = stream.below(bound)
      #expect(number < bound)
      counts[Int(UInt64(number) * UInt64(bins) / UInt64(bound))] += 1
    }
    // Bins of bounds that they do not divide differ by less than 0.3 % at 1000 and above.
    let shares = (0..<bins).map { bin in
      let lower = (UInt64(bin) * UInt64(bound) + UInt64(bins) - 1) / UInt64(bins)
      let upper = (UInt64(bin + 1) * UInt64(bound) + UInt64(bins) - 1) / UInt64(bins)
      return Double(upper - lower) / Double(bound)
    }
    let statistic = zip(counts, shares).reduce(0) { sum, bin in
      let expected = bin.1 * Double(draws)
      return sum + (Double(bin.0) - expected) * (Double(bin.0) - expected) / expected
    }
    // The 99.9 % point of chi-square with 9 degrees of freedom, above that of fewer.
    #expect(statistic < 27.88)
  }
}

import Kernel
import TestSupport
import Testing

@testable import Economy

/// Feeds a detector with one value a day of each kind; what a test leaves out stays as it was,
/// at a loss.
private func watch(
  _ days: Int,
  price: (Int) -> Double? = { _ in 1 },
  margin: (Int) -> Double? = { _ in -1 },
  capacity: (Int) -> Double = { _ in 100 },
  fill: (Int) -> Double? = { _ in 1 }
) -> SpiralDetector {
  var detector = SpiralDetector()
  for day in 0..<days {
    detector.observe(
      price: price(day), margin: margin(day), capacity: capacity(day), fill: fill(day))
  }
  return detector
}

private func watch(_ history: MonthlyHistory) -> SpiralDetector {
  var detector = SpiralDetector()
  for day in history.days {
    detector.observe(price: day.price, margin: day.margin, capacity: day.nodes, fill: nil)
  }
  return detector
}

/// One value before a span of days, another after it, and a straight line in between.
private func ramp(
  _ day: Int, _ span: ClosedRange<Int>, from start: Double = 1, to end: Double
) -> Double {
  let share = Double(day - span.lowerBound) / Double(span.upperBound - span.lowerBound)
  return start + (end - start) * min(max(share, 0), 1)
}

/// Depth of a fall that gathers pace for 100 days and then stops [0 … 1].
///
/// Two series that fall so have changes that grow together, and correlate at every lag.
private func gatheringFall(_ day: Int, from start: Int) -> Double {
  let depth = ramp(day, start...start + 100, from: 0, to: 1)
  return depth * depth
}

/// Price to exp(−2) and capacity to exp(−1), never to return.
private func collapse(_ days: Int, from start: Int) -> SpiralDetector {
  watch(
    days, price: { Elementary.exp(-2 * gatheringFall($0, from: start)) },
    capacity: { Elementary.exp(-gatheringFall($0, from: start)) })
}

/// A stream of its own for tests of chance: SplitMix64 (Steele, Lea and Flood 2014).
private struct Luck64 {
  var state: UInt64

  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((word ^ (word >> 31)) >> 11) * 0x1p-53
  }

  /// Nearly normal: the sum of twelve uniforms, less 6, of variance 1.
  mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += uniform() }
    return sum
  }
}

@Suite struct SpiralDetectorTests {
  @Test func `a network at rest has no grade`() {
    let network = watch(800)
    #expect(network.worst == .none)
    #expect(network.firstDay(of: .none) == 0)
    #expect(network.firstDay(of: .stressed) == nil)
  }

  @Test func `nothing observed is no grade`() {
    #expect(SpiralDetector().worst == .none)
    #expect(SpiralDetector().firstDay(of: .none) == nil)
  }

  // Stressed: the price halved over the window, and losses on two days of three.

  @Test func `half the price under losses is stressed from the day it is halved`() {
    let network = watch(300, price: { $0 < 120 ? 2 : 1 })
    #expect(network.worst == .stressed)
    #expect(network.firstDay(of: .stressed) == 120)
    // The window that starts on day 120 has seen no fall.
    #expect(network.current == .none)
  }

  @Test func `a little less than half is not stressed`() {
    #expect(watch(300, price: { $0 < 120 ? 1.99 : 1 }).worst == .none)
  }

  @Test(arguments: [(60, SpiralGrade.stressed), (59, .none)])
  func `losses must take sixty of ninety days`(losses: Int, grade: SpiralGrade) {
    // Days 150 … 239 are the last window that still starts before the fall.
    let network = watch(
      800, price: { $0 < 150 ? 2 : 1 }, margin: { (150..<150 + losses).contains($0) ? -1 : 1 })
    #expect(network.worst == grade)
  }

  @Test func `a margin of nobody is no loss`() {
    #expect(watch(300, price: { $0 < 120 ? 2 : 1 }, margin: { _ in nil }).worst == .none)
  }

  @Test func `a slow fall is seen by the long window alone`() {
    // −20 % in 90 days, −60 % in 365.
    let network = watch(500, price: { Elementary.exp(-0.0025 * Double($0)) })
    #expect(network.worst == .stressed)
    #expect(network.firstDay(of: .stressed) == 365)
  }

  // Spiral: capacity falls with it, each after the other.

  @Test(arguments: [100, 400, 511, 3000])
  func `a fall that feeds itself is a spiral, however long the calm before`(calm: Int) {
    let network = collapse(calm + 300, from: calm)
    // exp(−2 · 0.59²) is the first value under one half.
    #expect(network.firstDay(of: .stressed) == calm + 59)
    // At k = 60 the earlier of a pair must itself lie after the start.
    #expect(network.firstDay(of: .spiral) == calm + 61)
    #expect(network.firstDay(of: .confirmed) == calm + 61 + 90)
    #expect(network.worst == .confirmed)
  }

  @Test func `no spiral is seen before day 120`() {
    // The lag of 60 days has 31 pairs no sooner.
    let pace = { (day: Int) in Double(day * day) / 10_000 }
    let network = watch(
      150, price: { Elementary.exp(-2 * pace($0)) }, capacity: { Elementary.exp(-pace($0)) })
    #expect(network.firstDay(of: .stressed) == 90)
    #expect(network.firstDay(of: .spiral) == 120)
  }

  @Test func `operators that follow a price that does not follow them are no spiral`() {
    let network = watch(
      500, price: { ramp($0, 200...210, to: 0.4) }, capacity: { ramp($0, 250...260, to: 0.7) })
    #expect(network.worst == .stressed)
  }

  @Test func `a fall of capacity before that of the price is no spiral`() {
    let network = watch(
      500, price: { ramp($0, 250...260, to: 0.4) }, capacity: { ramp($0, 200...210, to: 0.7) })
    #expect(network.worst == .stressed)
  }

  @Test func `a fall at one constant rate shows no feedback`() {
    let network = watch(
      500, price: { Elementary.exp(-0.01 * Double($0)) },
      capacity: { Elementary.exp(-0.003 * Double($0)) })
    #expect(network.worst == .stressed)
  }

  @Test func `less than a fifth of capacity is no spiral`() {
    let network = watch(
      500, price: { Elementary.exp(-2 * gatheringFall($0, from: 200)) },
      capacity: { Elementary.exp(-0.22 * gatheringFall($0, from: 200)) })
    #expect(network.worst == .stressed)
  }

  @Test func `the same fall at a profit has no grade`() {
    let network = watch(
      700, price: { Elementary.exp(-2 * gatheringFall($0, from: 200)) }, margin: { _ in 1 },
      capacity: { Elementary.exp(-gatheringFall($0, from: 200)) })
    #expect(network.worst == .none)
  }

  // Confirmed: no recovery within a further 90 days.

  @Test(arguments: [(0.81, SpiralGrade.spiral), (0.79, .confirmed)])
  func `four fifths regained is a recovery`(regained: Double, grade: SpiralGrade) {
    let network = watch(
      700, price: { Elementary.exp(-2 * gatheringFall($0, from: 200)) },
      capacity: { $0 < 300 ? Elementary.exp(-gatheringFall($0, from: 200)) : regained })
    #expect(network.worst == grade)
  }

  // Dead: whatever the price.

  @Test func `a tenth of the peak for thirty days is death`() {
    let network = watch(60, capacity: { $0 < 10 ? 100 : 9.9 })
    #expect(network.firstDay(of: .dead) == 10 + 29)
    #expect(network.firstDay(of: .spiral) == 10 + 29)
    #expect(network.current == .dead)
  }

  @Test func `exactly a tenth is not death`() {
    #expect(watch(200, capacity: { $0 < 10 ? 100 : 10 }).worst == .none)
  }

  @Test func `twenty-nine days and a breath are not death`() {
    #expect(watch(200, capacity: { $0 % 30 == 0 ? 100 : 0 }).worst == .none)
  }

  @Test func `the dead may rise and stay the worst that was seen`() {
    let network = watch(200, capacity: { (50..<100).contains($0) ? 0 : 100 })
    #expect(network.current == .none)
    #expect(network.worst == .dead)
  }

  @Test(arguments: [
    (49.0, 0.49 as Double?, SpiralGrade.dead), (49, 0.5, .none), (50, 0.49, .none),
    (49, nil, .none),
  ])
  func `poor service is death on less than half the peak`(
    capacity: Double, fill: Double?, grade: SpiralGrade
  ) {
    let network = watch(100, capacity: { $0 < 10 ? 100 : capacity }, fill: { _ in fill })
    #expect(network.worst == grade)
    #expect(network.firstDay(of: .dead) == (grade == .dead ? 10 + 29 : nil))
  }

  @Test func `without a token only death is graded`() {
    func network(shrinkingTo end: Double) -> SpiralDetector {
      watch(800, price: { _ in nil }, capacity: { ramp($0, 200...300, to: end) })
    }
    #expect(network(shrinkingTo: 0.2).worst == .none)
    #expect(network(shrinkingTo: 0).worst == .dead)
  }

  @Test func `a network that never had capacity is not dead`() {
    #expect(watch(200, capacity: { _ in 0 }, fill: { _ in 0 }).worst == .none)
  }

  @Test func `grades are ordered from health to death`() {
    #expect(SpiralGrade.allCases == SpiralGrade.allCases.sorted())
    #expect(SpiralGrade.allCases.map(\.rawValue) == [0, 1, 2, 3, 4])
  }

  @Test func `a capacity that is no number traps`() async {
    await #expect(processExitsWith: .failure) { _ = watch(1, capacity: { _ in .nan }) }
  }
}

/// What the grade must say of history, and of chance.
@Suite struct SpiralAnchorTests {
  @Test func `Pocket was stressed and no spiral`() {
    let pocket = MonthlyHistory.pocket
    let network = watch(pocket)
    #expect(network.worst == .stressed)
    // Pay fell under the break-even in October 2022; eight months later that is two thirds of a
    // year. Capacity shrank by a fifth, and price and capacity did not feed each other.
    #expect(network.firstDay(of: .stressed) == pocket.day(of: "2023-06"))
  }

  @Test func `Helium was stressed by price and margin`() {
    let helium = MonthlyHistory.helium
    let network = watch(helium)
    #expect(network.worst == .stressed)
    #expect(network.firstDay(of: .stressed) == helium.day(of: "2022-11"))
  }

  /// Capacity halves in seven weeks and is whole again six months after the start, like that of
  /// Bitcoin in 2021 (180, under 90, 180 EH/s); the price halves with it and stays low.
  private func dip(lossesFrom: Int) -> SpiralDetector {
    watch(
      1200, price: { ramp($0, 400...449, to: 0.45) }, margin: { $0 < lossesFrom ? 1 : -1 },
      capacity: {
        ramp($0, 400...449, from: 180, to: 88) + ramp($0, 449...582, from: 0, to: 92)
      })
  }

  @Test func `a dip like that of Bitcoin in 2021 is not confirmed`() {
    #expect(dip(lossesFrom: .max).worst == .none)
    #expect(dip(lossesFrom: 400).worst == .stressed)
    // Losses in all the year before are harsher than history was: a spiral, and then a recovery.
    #expect(dip(lossesFrom: 0).worst == .spiral)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `three in ten pairs of unrelated falls look like a spiral on some day`() {
    // Independent walks of ln price (−0.004 ± 0.05 a day) and ln capacity (−0.001 ± 0.005).
    var luck = Luck64(state: 1)
    let networks = 400
    var flagged = 0
    for _ in 0..<networks {
      var price = 0.0
      var capacity = 0.0
      var detector = SpiralDetector()
      for _ in 0..<1000 {
        price += -0.004 + 0.05 * luck.normal()
        capacity += -0.001 + 0.005 * luck.normal()
        detector.observe(
          price: Elementary.exp(price), margin: -1, capacity: Elementary.exp(capacity), fill: 1)
      }
      if detector.worst >= .spiral { flagged += 1 }
    }
    // 0.29 of 100 such networks in an independent program; four standard errors of the difference
    // are 4 √(0.29 · 0.71 · (1/100 + 1/400)) = 0.20.
    #expect(abs(Double(flagged) / Double(networks) - 0.29) < 0.20)
  }
}

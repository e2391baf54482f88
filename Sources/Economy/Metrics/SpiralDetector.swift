import Kernel

/// How far a network is from health towards death, in order.
enum SpiralGrade: Int, Comparable, CaseIterable, Sendable {
  case none, stressed, spiral, confirmed, dead

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Grades a network once a day by what is known that day, over windows of 90 and of 365 days.
///
/// Day 0 is the first one observed. Over the window of `W` days that ends on day `T`:
///
/// - *stressed*: price(T) ≤ 0.5 price(T − W), and the median margin was negative on at least two
///   thirds of the days T − W + 1 … T;
/// - *spiral*: stressed, capacity(T) ≤ 0.8 capacity(T − W), and feedback: writing p and c for the
///   changes of ln price and ln capacity over 30 days, corr(p(t), c(t + k)) > 0 and
///   corr(c(t), p(t + k)) > 0 at every k of 0, 30, 60 days;
/// - *confirmed*: graded a spiral 90 days ago by either window, and capacity is still below 80 %
///   of where that window started;
/// - *dead*, whatever the window: for 30 days on end capacity was under 10 % of its peak so far, or
///   both fill was under 50 % and capacity under 50 % of its peak.
///
/// The grade of a day is the highest that applies. A value that is not there meets no condition:
/// a network without a token can only be dead, and a day without demand ends a run of poor fill.
///
/// A change belongs to a window when it *ends* there; it may begin up to 30 days earlier. Were it
/// to begin there too, 90 days would leave a single pair at k = 60 and no correlation. This way
/// they leave 31, which is also the fewest a correlation is taken from, so that no spiral is seen
/// before day 120. Changes that are all alike have no correlation: a fall at one constant rate
/// shows no feedback.
///
/// The signs of five correlations are weak evidence. Of networks at a loss whose ln price and ln
/// capacity drift down as independent walks (−0.004 ± 0.05 and −0.001 ± 0.005 a day), about three
/// in ten are graded a spiral on some day of 1,000; compare shares between variants, and trust the
/// grade of one run less.
///
/// Memory is fixed, whatever the horizon. A day costs two logarithms, and a stressed and shrunken
/// one also up to five correlations over the window.
///
/// The definition is this project's own; no published one was found.
struct SpiralDetector: Sendable {
  /// State: the grade of the day observed last.
  private(set) var current = SpiralGrade.none
  /// State: the highest grade of any day so far.
  private(set) var worst = SpiralGrade.none

  /// Counter: days observed.
  private var days = 0
  private var prices = RecentDays()
  private var capacities = RecentDays()
  private var margins = RecentDays()
  /// Changes of ln price and ln capacity over the 30 days that end on each day.
  private var priceChanges = RecentDays()
  private var capacityChanges = RecentDays()
  /// Capacity that each day's spiral must regain not to be confirmed; -∞ without a spiral.
  private var recoveries = RecentDays()
  private var quarter = Window(length: 90)
  private var year = Window(length: 365)
  private var peakCapacity = 0.0
  /// Counters: days on end, up to the last one, on which a condition of death held.
  private var vanishedDays = 0
  private var failingDays = 0
  /// State: by grade, the first day graded so or higher.
  private var firstDays = [Int?](repeating: nil, count: SpiralGrade.allCases.count)

  init() {}

  /// Takes in one more day.
  ///
  /// - Parameters:
  ///   - price: Token price [USD], or nil where there is no token.
  ///   - margin: Median margin of the operators [USD, any period], or nil where there are none.
  ///   - capacity: Capacity on offer [any unit that stays the same], at least 0.
  ///   - fill: Share of the day's demand that was served [0 … 1], or nil where there was none.
  mutating func observe(price: Double?, margin: Double?, capacity: Double, fill: Double?) {
    precondition(
      capacity >= 0 && capacity.isFinite,
      "capacity must be a finite number of at least 0, found \(capacity)")
    let today = days
    days += 1
    prices[today] = price ?? .nan
    capacities[today] = capacity
    margins[today] = margin ?? .nan
    priceChanges[today] = prices.logChange(over: Rule.changeDays, to: today)
    capacityChanges[today] = capacities.logChange(over: Rule.changeDays, to: today)
    quarter.slide(to: today, margins)
    year.slide(to: today, margins)

    current = max(spiralGrade(on: today), isDead(capacity: capacity, fill: fill) ? .dead : .none)
    for grade in SpiralGrade.allCases where grade <= current && firstDays[grade.rawValue] == nil {
      firstDays[grade.rawValue] = today
    }
    worst = max(worst, current)
  }

  /// The first day graded so or higher [days since the first observation].
  func firstDay(of grade: SpiralGrade) -> Int? { firstDays[grade.rawValue] }
}

extension SpiralDetector {
  /// The thresholds of the definition.
  private enum Rule {
    static let priceLeft = 0.5
    static let capacityLeft = 0.8
    static let changeDays = 30
    static let recoveryDays = 90
    static let fewestPairs = 31
    static let vanishedShare = 0.1
    static let failingShare = 0.5
    static let failingFill = 0.5
    static let deadDays = 30
  }

  /// The grade short of dead; leaves behind what must be regained not to be confirmed.
  private mutating func spiralGrade(on today: Int) -> SpiralGrade {
    let short = grade(on: today, over: quarter)
    let long = grade(on: today, over: year)
    recoveries[today] = max(
      short == .spiral ? startOfShrinking(today, quarter) : -.infinity,
      long == .spiral ? startOfShrinking(today, year) : -.infinity)
    let isConfirmed = capacities[today] < recoveries[today - Rule.recoveryDays]
    return max(short, long, isConfirmed ? .confirmed : .none)
  }

  private func startOfShrinking(_ today: Int, _ window: Window) -> Double {
    Rule.capacityLeft * capacities[today - window.length]
  }

  private func grade(on today: Int, over window: Window) -> SpiralGrade {
    let start = today - window.length
    guard prices.hasFallen(to: Rule.priceLeft, from: start, until: today), window.isLossMaking
    else { return .none }
    guard capacities.hasFallen(to: Rule.capacityLeft, from: start, until: today),
      hasFeedback(from: start, until: today)
    else { return .stressed }
    return .spiral
  }

  /// Whether price and capacity followed each other, both ways and at every lag.
  private func hasFeedback(from start: Int, until today: Int) -> Bool {
    func follows(_ later: RecentDays, _ earlier: RecentDays, after lag: Int) -> Bool {
      let pairs = earlier.pairs(with: later, lag: lag, from: start, until: today)
      return pairs.count >= Rule.fewestPairs && pairs.correlation > 0
    }
    return follows(capacityChanges, priceChanges, after: 0)
      && follows(capacityChanges, priceChanges, after: 30)
      && follows(priceChanges, capacityChanges, after: 30)
      && follows(capacityChanges, priceChanges, after: 60)
      && follows(priceChanges, capacityChanges, after: 60)
  }

  private mutating func isDead(capacity: Double, fill: Double?) -> Bool {
    peakCapacity = max(peakCapacity, capacity)
    let hasVanished = capacity < Rule.vanishedShare * peakCapacity
    let isFailing =
      (fill ?? .nan) < Rule.failingFill && capacity < Rule.failingShare * peakCapacity
    vanishedDays = hasVanished ? vanishedDays + 1 : 0
    failingDays = isFailing ? failingDays + 1 : 0
    return vanishedDays >= Rule.deadDays || failingDays >= Rule.deadDays
  }
}

/// The last days up to now, and on how many of them operators lost money.
private struct Window {
  let length: Int
  private var lossDays = 0

  init(length: Int) { self.length = length }

  var isLossMaking: Bool { 3 * lossDays >= 2 * length }

  mutating func slide(to today: Int, _ margins: RecentDays) {
    if margins[today] < 0 { lossDays += 1 }
    if margins[today - length] < 0 { lossDays -= 1 }
  }
}

/// A number a day for the last 512 days, which cover the longest window; NaN where undefined.
///
/// A day before the first one reads as undefined, so that no condition needs to ask whether its
/// window is full: every comparison with NaN is false.
private struct RecentDays {
  private static let mask = 511
  private var values = [Double](repeating: .nan, count: mask + 1)

  subscript(day: Int) -> Double {
    get { values[day & Self.mask] }
    set { values[day & Self.mask] = newValue }
  }

  /// Whether the value of one day is at most a share of that of an earlier one.
  func hasFallen(to share: Double, from start: Int, until end: Int) -> Bool {
    self[start] > 0 && self[end] <= share * self[start]
  }

  /// ln(value(end) / value(end − span)), undefined unless both are positive.
  func logChange(over span: Int, to end: Int) -> Double {
    let start = self[end - span]
    guard start > 0, self[end] > 0 else { return .nan }
    return Elementary.log(self[end] / start)
  }

  /// The pairs of this column on day t and another on day t + lag, both within a span of days.
  func pairs(with other: RecentDays, lag: Int, from start: Int, until end: Int) -> Pairs {
    var pairs = Pairs()
    for day in start...(end - lag) { pairs.add(self[day], other[day + lag]) }
    return pairs
  }
}

/// Count, means and second moments of pairs of numbers, both defined.
///
/// Updated one pair at a time (Welford 1962), which loses nothing to cancellation.
private struct Pairs {
  private(set) var count = 0
  private var meanX = 0.0
  private var meanY = 0.0
  private var squaresX = 0.0
  private var squaresY = 0.0
  private var products = 0.0

  mutating func add(_ x: Double, _ y: Double) {
    guard x.isFinite, y.isFinite else { return }
    count += 1
    let offX = x - meanX
    let offY = y - meanY
    meanX += offX / Double(count)
    meanY += offY / Double(count)
    squaresX += offX * (x - meanX)
    squaresY += offY * (y - meanY)
    products += offX * (y - meanY)
  }

  /// Pearson's r, or 0 where one side does not vary by more than rounding (deviation 1e-9).
  var correlation: Double {
    let noise = 1e-18 * Double(count)
    guard squaresX > noise, squaresY > noise else { return 0 }
    return products / (squaresX * squaresY).squareRoot()
  }
}

import Configuration
import Kernel

/// The process of potential arrivals that state can only thin (Lewis and Shedler 1979).
///
/// ceiling(t) = base x hour of day x day of week x growth(t) x headroom [jobs/h]. It depends on
/// the date alone, so potential arrival n is the same under every mechanism that is compared.
struct ArrivalCeiling: Sendable {
  let perHour: Double?
  let perHourPerNode: Double?
  /// Multipliers, mean 1: `[24]` and `[7]` from Monday on.
  let byHour: [Double]
  let byWeekday: [Double]
  /// Weekday of day 0, 0 being Monday.
  private let firstWeekday: Int
  /// Growth of the base rate [1/year], by whole days.
  let growth: Double
  let headroom: Double
  let law: ArrivalLaw
  /// Observed arrivals in place of all that; nil: drawn ones.
  let trace: ArrivalTrace?

  /// The ceiling of a table of arrivals: its rows are all that there could be.
  init(replaying trace: ArrivalTrace) {
    self.trace = trace
    perHour = trace.perHour
    perHourPerNode = nil
    byHour = Array(repeating: 1, count: 24)
    byWeekday = Array(repeating: 1, count: 7)
    firstWeekday = 0
    growth = 0
    headroom = 1
    law = .poisson
  }

  init(reading fields: inout FieldReader) {
    perHour = fields.optionalNumber(
      "arrivalsPerHour", "jobs that would come if cost, purse and cloud kept none away",
      unit: "jobs/h", in: 0...1e9, example: 12)
    perHourPerNode = fields.optionalNumber(
      "arrivalsPerHourPerNode", "the same for each node active at the start",
      unit: "jobs/h/node", in: 0...1e6)
    if (perHour == nil) == (perHourPerNode == nil) {
      fields.refuse(
        perHour == nil ? nil : "arrivalsPerHour",
        expected: "one of arrivalsPerHour and arrivalsPerHourPerNode",
        found: perHour == nil ? "neither" : "both",
        help: "write one of the two, or \"trace\" to replay a table")
    }
    byHour = fields.numbers(
      "byHour", "multipliers of the hours of the day", in: 0...100, count: 24...24,
      default: Array(repeating: 1, count: 24))
    byWeekday = fields.numbers(
      "byWeekday", "multipliers of the days of the week, Monday to Sunday", in: 0...100,
      count: 7...7, default: Array(repeating: 1, count: 7))
    // 1 January 1970 was a Thursday.
    firstWeekday = ((fields.startDay + 3) % 7 + 7) % 7
    growth = fields.number(
      "growthPerYear", "growth of the base rate", unit: "1/year", in: -0.99...100, default: 0)
    headroom = fields.number(
      "headroom", "how far demand can rise above its base", in: 1...100, default: 2)
    law =
      fields.rule(
        "arrivals", "how potential arrivals follow each other", from: ArrivalLaw.choices,
        default: "poisson") ?? .poisson
    trace = nil
  }

  /// The key of something that differs, or nil.
  func difference(from other: ArrivalCeiling) -> String? {
    if trace != other.trace { return "arrivalTrace" }
    if perHour != other.perHour { return "arrivalsPerHour" }
    if perHourPerNode != other.perHourPerNode { return "arrivalsPerHourPerNode" }
    if byHour != other.byHour { return "byHour" }
    if byWeekday != other.byWeekday { return "byWeekday" }
    if growth != other.growth { return "growthPerYear" }
    if headroom != other.headroom { return "headroom" }
    return law == other.law ? nil : "arrivals"
  }

  /// Jobs an hour that would come at the opening cost, on a day and hour [jobs/h].
  func base(nodes: Int) -> Double {
    perHour ?? (perHourPerNode ?? 0) * Double(nodes)
  }

  /// The base rate's multiplier in an hour since the start, or before it [1].
  func shape(hour: Int) -> Double {
    let (day, hour) = Self.floored(hour, by: 24)
    let grown =
      growth == 0 ? 1 : Elementary.pow(1 + growth, Double(day) / Span.daysPerYear)
    return byHour[hour] * byWeekday[Self.floored(day + firstWeekday, by: 7).rest] * grown
  }

  /// Quotient and rest, which is never negative.
  private static func floored<Whole: BinaryInteger>(
    _ number: Whole, by divisor: Whole
  ) -> (quotient: Whole, rest: Whole) {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }

  /// The ceiling where it is the same at all times and not 0; else nil [jobs/h].
  func flat(nodes: Int) -> Double? {
    let isFlat = trace == nil && growth == 0 && (byHour + byWeekday).allSatisfy { $0 == 1 }
    let top = base(nodes: nodes) * headroom
    return isFlat && top > 0 ? top : nil
  }

  /// The next potential arrival after `time` under a flat ceiling [jobs/h].
  ///
  /// `load` is a unit exponential: the integrated ceiling between the two arrivals [jobs].
  static func next(after time: SimTime, load: Double, flat rate: Double) -> SimTime {
    time + .hours(min(load / rate, 1e8))
  }

  /// The next potential arrival after `time`, or nil when there is none before `horizon`.
  func next(after time: SimTime, load: Double, base: Double, horizon: SimTime) -> SimTime? {
    let top = base * headroom
    if top <= 0 { return nil }
    let hourly = SimDuration.hours(1)
    var left = load
    var from = time
    while from <= horizon {
      let hour = Int(Self.floored(from.microseconds, by: hourly.microseconds).quotient)
      let end = SimTime(microseconds: Int64(hour + 1) * hourly.microseconds)
      let rate = top * shape(hour: hour)
      let room = rate * (end - from).inHours
      if left < room {
        let next = from + .hours(left / rate)
        return next <= horizon ? next : nil
      }
      left -= room
      from = end
    }
    return nil
  }
}

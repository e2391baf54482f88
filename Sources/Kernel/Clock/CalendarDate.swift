/// A day of the proleptic Gregorian calendar, without clock time, zone or leap seconds.
///
/// Arithmetic is exact: the day number follows from counting years from 1 March, so that the leap
/// day comes last, and from 400-year cycles of 146,097 days (Richards, "Explanatory Supplement to
/// the Astronomical Almanac", 3rd ed. 2013, §15.11).
public struct CalendarDate: Hashable, Comparable, Sendable {
  public let year: Int
  /// Month of the year, 1 ... 12.
  public let month: Int
  /// Day of the month, 1 ... 31.
  public let day: Int

  /// Nil where the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard 1...12 ~= month, 1...Self.days(inMonth: month, of: year) ~= day else { return nil }
    self.init(unchecked: year, month, day)
  }

  /// Reads `2024-01-31`; nil for any other form and for days that do not exist.
  public init?(parsing text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let dash = UInt8(ascii: "-")
    guard bytes.count == 10, bytes[4] == dash, bytes[7] == dash,
      let year = Self.number(bytes[0..<4]),
      let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The day `count` days after 1 January 1970.
  public init(daysSince1970 count: Int) {
    let sinceMarch0000 = count + Self.from1March0000To1970
    let cycle = sinceMarch0000.dividedDown(by: 146_097)
    let dayOfCycle = sinceMarch0000 - cycle * 146_097
    // Take out the leap days before this one; what is left is whole years of 365 days.
    let leapDays = dayOfCycle / 1460 - dayOfCycle / 36_524 + dayOfCycle / 146_096
    let yearOfCycle = (dayOfCycle - leapDays) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      unchecked: cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0),
      month,
      dayOfYear - Self.daysBefore(monthFromMarch: monthFromMarch) + 1)
  }

  /// Days after 1 January 1970; negative before it.
  public var daysSince1970: Int {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let monthFromMarch = month <= 2 ? month + 9 : month - 3
    let cycle = yearFromMarch.dividedDown(by: 400)
    let yearOfCycle = yearFromMarch - cycle * 400
    let dayOfYear = Self.daysBefore(monthFromMarch: monthFromMarch) + day - 1
    let dayOfCycle = 365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
    return cycle * 146_097 + dayOfCycle - Self.from1March0000To1970
  }

  public func adding(days: Int) -> Self {
    Self(daysSince1970: daysSince1970 + days)
  }

  /// The same day of a later month, or that month's last day where it is shorter.
  public func adding(months: Int) -> Self {
    let monthsSinceYear0 = year * 12 + (month - 1) + months
    let newYear = monthsSinceYear0.dividedDown(by: 12)
    let newMonth = monthsSinceYear0 - newYear * 12 + 1
    return Self(
      unchecked: newYear, newMonth, min(day, Self.days(inMonth: newMonth, of: newYear)))
  }

  /// Days from one date to another; negative where the second is earlier.
  public static func days(from start: Self, to end: Self) -> Int {
    end.daysSince1970 - start.daysSince1970
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CalendarDate: CustomStringConvertible {
  /// ISO 8601, as in `2024-01-31`.
  public var description: String {
    "\(yearMonth)-\(Self.padded(day, to: 2))"
  }

  /// The month alone, as in `2024-01`.
  public var yearMonth: String {
    "\(Self.padded(year, to: 4))-\(Self.padded(month, to: 2))"
  }
}

extension CalendarDate {
  /// Days from 1 March of year 0 to 1 January 1970.
  private static var from1March0000To1970: Int { 719_468 }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Whether the year has a 29 February.
  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1 March to the first day of a month, counting March as 0: months come in runs of
  /// five that take 153 days.
  private static func daysBefore(monthFromMarch: Int) -> Int {
    (153 * monthFromMarch + 2) / 5
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }
}

extension Int {
  /// The quotient rounded towards −∞, where `/` rounds towards zero.
  fileprivate func dividedDown(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

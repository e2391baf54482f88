import Kernel
import Testing

struct CalendarDateTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2024-01-01", 19_723),
    ("2100-03-01", 47_541), ("1600-01-01", -135_140), ("0001-01-01", -719_162),
    ("9999-12-31", 2_932_896),
  ])
  func `days are counted from 1970`(text: String, days: Int) throws {
    let date = try #require(CalendarDate(parsing: text))
    #expect(date.daysSince1970 == days)
    #expect(CalendarDate(daysSince1970: days) == date)
    #expect(date.description == text)
  }

  @Test func `every day of eight centuries follows the one before it`() throws {
    let first = try #require(CalendarDate(parsing: "1700-01-01"))
    var previous = first
    for count in (first.daysSince1970 + 1)...(first.daysSince1970 + 2 * 146_097) {
      let date = CalendarDate(daysSince1970: count)
      let follows =
        if date.day > 1 {
          (date.year, date.month, date.day) == (previous.year, previous.month, previous.day + 1)
        } else if date.month > 1 {
          date.year == previous.year && date.month == previous.month + 1 && previous.day >= 28
        } else {
          date.year == previous.year + 1 && previous.month == 12 && previous.day == 31
        }
      guard follows, date.daysSince1970 == count, previous < date else {
        Issue.record("\(previous) is followed by \(date)")
        return
      }
      previous = date
    }
    #expect(previous.description == "2500-01-01")
  }

  @Test(arguments: [
    "", "2024-1-01", "2024-13-01", "2024-00-10", "2023-02-29", "1900-02-29", "2024-04-31",
    "2024-01-00", "24-01-01", "2024/01/01", "2024-01-01 ", "+024-01-01", "２０２４-01-01",
  ])
  func `what is no date is refused`(text: String) {
    #expect(CalendarDate(parsing: text) == nil)
  }

  @Test(arguments: [
    ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"),
    ("2024-03-31", -1, "2024-02-29"), ("2024-11-15", 14, "2026-01-15"),
    ("2024-01-15", -13, "2022-12-15"), ("2024-02-29", 48, "2028-02-29"),
  ])
  func `months keep the day where they can`(start: String, months: Int, end: String) throws {
    let date = try #require(CalendarDate(parsing: start))
    #expect(date.adding(months: months).description == end)
  }

  @Test func `days between dates count leap days`() throws {
    let start = try #require(CalendarDate(parsing: "2024-01-01"))
    let end = try #require(CalendarDate(parsing: "2025-01-01"))
    #expect(CalendarDate.days(from: start, to: end) == 366)
    #expect(start.adding(days: 366) == end)
    #expect(start.yearMonth == "2024-01")
  }
}

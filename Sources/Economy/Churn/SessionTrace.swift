import Configuration
import Kernel

/// Observed sessions, replayed: each node follows one of the hosts of a table, drawn by its identity.
///
/// A host is away before its first session and after its last, unless the table is repeated. Sessions
/// that touch are one.
struct SessionTrace: Sendable, Equatable {
  struct Session: Sendable, Equatable {
    let start: SimTime
    var end: SimTime
  }

  /// Sessions of each host, in order.
  let hosts: [[Session]]
  /// Time after which the table begins again; nil: never.
  let period: SimDuration?

  static let choice = Choice<SessionRule>(
    name: "trace", summary: "Sessions of a table, replayed.",
    source: "model-facts §1.1: the failure trace archive has this form"
  ) { fields in .trace(SessionTrace(reading: &fields)) }

  init(reading fields: inout FieldReader) {
    let errors = fields.errorCount
    let table = fields.table("table", "one row a session", isRequired: true)
    let host = fields.text("host", "column that names the host", example: "host")
    let starts = fields.dates(
      "start", "column of the session's start, a date or days since the start of the scenario",
      of: table, example: "start_date")
    let ends = fields.dates("end", "column of its end", of: table, example: "end_date")
    let days = fields.optionalNumber(
      "repeatEveryDays", "time after which the table begins again; the rows lie within it",
      unit: "days", in: 1...36_525, example: 30)
    period = days.map { .days($0) }
    let names = table.flatMap { Self.names(host, of: $0, &fields) } ?? []
    guard fields.errorCount == errors else {
      hosts = []
      return
    }
    var columns: [String: Int] = [:]
    var hosts: [[Session]] = []
    for row in 0..<min(names.count, starts.count, ends.count) {
      let session = Session(
        start: SimTime(microseconds: Int64((starts[row] * 8.64e10).rounded())),
        end: SimTime(microseconds: Int64((ends[row] * 8.64e10).rounded())))
      let column = columns[names[row]] ?? hosts.count
      if column == hosts.count {
        columns[names[row]] = column
        hosts.append([])
      }
      let isInside = days.map { starts[row] >= 0 && ends[row] <= $0 } ?? true
      let before = hosts[column].last
      if !isInside || session.end <= session.start || session.start < before?.end ?? session.start {
        fields.refuse(
          "table",
          expected: "sessions of each host in order that do not overlap"
            + (days == nil ? "" : ", within repeatEveryDays"),
          found: "row \(row + 1): \"\(names[row])\" from day \(numberText(starts[row])) to "
            + numberText(ends[row]),
          help: "sort the table by host and start")
        break
      }
      if let before, before.end == session.start {
        hosts[column][hosts[column].count - 1].end = session.end
      } else {
        hosts[column].append(session)
      }
    }
    if let table, hosts.isEmpty {
      fields.refuse("table", expected: "at least one session", found: "\(table.cells.count) rows")
    }
    self.hosts = hosts
  }

  private static func names(
    _ column: String, of table: Table, _ fields: inout FieldReader
  ) -> [String]? {
    if let names = table.texts(column) { return names }
    fields.refuse(
      "host", expected: "a column of the table", found: "\"\(column)\"",
      help: "one of " + table.columns.joined(separator: ", "))
    return nil
  }

  /// Ends in an hour online, of all hosts together [1/h].
  var endsPerHour: Double {
    let sessions = hosts.joined()
    let hours = sessions.reduce(0) { $0 + ($1.end - $1.start).inHours }
    return hours > 0 ? Double(sessions.count) / hours : 0
  }

  func opening(of node: SessionLuck, at now: SimTime) -> SimTime {
    guard let (session, shift) = session(of: node, at: now) else { return .farFuture }
    return max(session.start + shift, now)
  }

  func end(of node: SessionLuck, at now: SimTime) -> SimTime {
    guard let (session, shift) = session(of: node, at: now) else { return .farFuture }
    return session.end + shift
  }

  private static func floored(_ time: Int64, by period: Int64) -> Int64 {
    let (quotient, rest) = time.quotientAndRemainder(dividingBy: period)
    return rest < 0 ? quotient - 1 : quotient
  }

  /// The first session that ends after `now`, and by how much it is shifted; nil after the last.
  private func session(
    of node: SessionLuck, at now: SimTime
  ) -> (session: Session, shift: SimDuration)? {
    guard !hosts.isEmpty, now < .farFuture else { return nil }
    var stream = node.luck.stream(.sessionTrace, entity: node.node)
    let sessions = hosts[Int(stream.below(UInt32(hosts.count)))]
    // Times before the start are those of a burn-in.
    let rounds = period.map { Self.floored(now.microseconds, by: $0.microseconds) } ?? 0
    let shift = SimDuration(microseconds: rounds * (period?.microseconds ?? 0))
    let time = SimTime(microseconds: now.microseconds - shift.microseconds)
    var low = 0
    var high = sessions.count
    while low < high {
      let middle = low + (high - low) / 2
      if sessions[middle].end > time { high = middle } else { low = middle + 1 }
    }
    if low < sessions.count { return (sessions[low], shift) }
    return period.map { (sessions[0], shift + $0) }
  }
}

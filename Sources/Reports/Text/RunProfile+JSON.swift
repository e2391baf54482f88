import Experiments

extension RunProfile {
  var json: JSONValue {
    .object([
      ("replicates", .integer(replicates)),
      ("kinds", .array(rows.map(json))),
      ("total", json(total)),
      (
        "own",
        .object([
          ("ns_per_event", .number(ownNanosecondsPerEvent)),
          ("ms", .number(ownMilliseconds)),
          ("share_of_time", .number(ownShareOfTime)),
        ])
      ),
    ])
  }

  private func json(_ row: Row) -> JSONValue {
    .object([
      ("kind", .string(row.name)),
      ("words", .string(row.words)),
      ("events", row.events.map(JSONValue.integer) ?? .null),
      ("stale", row.stale.map(JSONValue.integer) ?? .null),
      ("share_of_events", .number(shareOfEvents(row))),
      ("ms", .number(row.milliseconds)),
      ("share_of_time", .number(shareOfTime(row))),
      ("ns_per_event", .number(row.nanosecondsPerEvent)),
    ])
  }
}

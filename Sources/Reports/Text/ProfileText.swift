public import Experiments

/// The profile of `run` as text.
public enum ProfileText {
  public static func text(_ profile: RunProfile) -> String {
    var table = TextTable([
      ("kind", .left), ("events", .right), ("stale", .right), ("of events", .right),
      ("time [ms]", .right), ("of time", .right), ("ns an event", .right), ("what happens", .left),
    ])
    for row in profile.rows + [profile.total] {
      table.add([
        row.name, row.events.map(NumberText.short) ?? "", row.stale.map(NumberText.short) ?? "",
        row.events == nil ? "" : NumberText.percent(profile.shareOfEvents(row)),
        NumberText.short(row.milliseconds), NumberText.percent(profile.shareOfTime(row)),
        row.events == nil ? "" : NumberText.short(row.nanosecondsPerEvent), row.words,
      ])
    }
    let replicates = "\(profile.replicates) replicate\(profile.replicates == 1 ? "" : "s")"
    return """

      where the time went: \(replicates), variants and threads added up
      \(table.text)\
      timing them took \(NumberText.short(profile.ownNanosecondsPerEvent)) ns an event, \
      \(NumberText.percent(profile.ownShareOfTime)) of the time; it is taken out above

      """
  }
}

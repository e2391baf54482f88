import Configuration

/// When rewards become free: some at once, the rest in equal daily parts.
struct RewardVesting: Sendable, Equatable {
  /// Where locked rewards go that are lost.
  enum Destination: String, CaseIterable, Sendable { case burn, treasury }

  let immediate: Double
  let days: Int
  /// Shares of what is locked that an operator loses when it leaves, and when a fault is proven [1].
  let lostOnExit: Double
  let lostOnFault: Double
  let lostTo: Destination

  init(reading fields: inout FieldReader) {
    immediate = fields.share(
      "immediateShare", "share of a reward that is free at once", default: 1,
      source: "assumption: all of it; Filecoin 0.25, Aethir and Fluence 0")
    days = fields.count(
      "vestingDays",
      "days over which the rest becomes free, in equal daily parts; settlements hand it over",
      unit: "days",
      in: 0...3650, default: 0, source: "assumption: at once; Filecoin 180, Aethir 45, Fluence 182")
    lostOnExit = fields.share(
      "forfeitOnExit", "share of what is locked that is lost when an operator leaves", default: 0,
      source: "assumption: none")
    lostOnFault = fields.share(
      "forfeitOnFault", "share of what is locked that is lost when a fault is proven", default: 0,
      source: "assumption: none; Fluence: all of it")
    lostTo = fields.choice(
      "forfeitedTo", "where locked rewards go that are lost", default: Destination.burn,
      source: "assumption")
    if immediate < 1, days == 0, !fields.isRecording {
      fields.refuse(
        "immediateShare",
        expected: "vestingDays of at least 1 for the "
          + "\(numberText(((1 - immediate) * 1e12).rounded() / 1e12)) that is not free at once",
        found: "0", help: "add vestingDays: 180, or set immediateShare to 1")
    }
  }

  /// Whether a part of rewards is locked.
  var locks: Bool { immediate < 1 && days > 0 }
}

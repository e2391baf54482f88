import Configuration

/// How an epoch's emission is shared out: parts of it, each by one weight of the operators, and what
/// each may get of them, when.
struct RewardAllocation: Sendable {
  /// Parts by weight, aligned with ``RewardWeight/all``.
  let parts: [Double]
  let treasury: Double
  /// Parts for others, aligned with ``RewardReceiver/all``.
  let otherParts: [Double]
  let limits: RewardLimits
  let eligibility: RewardEligibility
  let vesting: RewardVesting

  init(reading fields: inout FieldReader) {
    parts = RewardWeight.all.map { weight in
      fields.share(
        weight.key, weight.meaning, default: 0, source: weight.source,
        example: weight.key == RewardWeight.work.key ? 1 : nil)
    }
    treasury = fields.share("treasury", "part for the protocol's treasury", default: 0)
    otherParts = RewardReceiver.all.map { receiver in
      fields.share(receiver.key, receiver.meaning, default: 0, source: receiver.source)
    }
    var all: [(key: String, value: Double)] = []
    for (weight, part) in zip(RewardWeight.all, parts) { all.append((weight.key, part)) }
    all.append(("treasury", treasury))
    for (receiver, part) in zip(RewardReceiver.all, otherParts) { all.append((receiver.key, part)) }
    let usual = [RewardWeight.work, .online, .registered].map(\.key) + ["treasury"]
    fields.refuse(
      "parts", unlessWhole: all.filter { usual.contains($0.key) || fields.has($0.key) })
    limits = RewardLimits(reading: &fields)
    eligibility = RewardEligibility(reading: &fields)
    vesting = RewardVesting(reading: &fields)
    let isPlain = limits.areNone && limits.ofSpend == nil && eligibility.asksNothing
    if part(.rank) > 0, !fields.isRecording, !isPlain || vesting.locks {
      fields.refuse(
        "rank", expected: "rank without caps, probation, uptime, types and vesting",
        found: "one of them beside it", help: "leave them out, or reward by another weight")
    }
  }

  func part(_ weight: RewardWeight) -> Double {
    RewardWeight.all.firstIndex { $0.key == weight.key }.map { parts[$0] } ?? 0
  }

  func part(_ receiver: RewardReceiver) -> Double {
    RewardReceiver.all.firstIndex { $0.key == receiver.key }.map { otherParts[$0] } ?? 0
  }

  /// What operators get in all [1].
  var operatorsPart: Double {
    zip(RewardReceiver.all, otherParts).reduce(parts.reduce(0, +)) { sum, entry in
      entry.0.isOperators ? sum + entry.1 : sum
    }
  }
}

import Configuration

/// Operators buy their own work for the reward on it.
///
/// A dollar of such work comes back as the provider's share p and as r dollars of emission shared out
/// by work, both of the last settlement: gain = p + r - 1 [USD/USD]. The class comes with
/// min(1, (gain - least) / (full - least)) of its rate, from nothing at the least gain; what it pays
/// is charged to the operators by the work they were paid for. The power of the machines is the
/// operators' own cost in any case. Where `costToDemand` is cut the whole rate comes.
struct SelfDealing: Sendable {
  let leastGain: Double
  let fullGain: Double

  init(reading fields: inout FieldReader) {
    leastGain = fields.number(
      "leastGain", "gain on a dollar from which on operators buy their own work", unit: "USD/USD",
      in: 0...100, default: 0, source: "assumption")
    fullGain = fields.number(
      "fullGain", "gain on a dollar at which the class comes with its whole rate", unit: "USD/USD",
      in: 0.001...1000, default: 0.2, source: "assumption")
    if fullGain <= leastGain {
      fields.refuse(
        "fullGain", expected: "a gain above leastGain (\(numberText(leastGain)))",
        found: numberText(fullGain), help: "between the two the rate rises from nothing to all")
    }
  }

  /// Share of the rate that comes [1].
  func share(gain: Double) -> Double {
    min(1, max(0, (gain - leastGain) / (fullGain - leastGain)))
  }
}

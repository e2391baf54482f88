internal import Configuration
internal import Economy

/// What the question is about: these dates, or the state that a run settles into.
public enum Analysis: Sendable, Equatable {
  /// Everything from day 0 on counts; so many days before it may fill the queues.
  case horizon(burnInDays: Int)
  /// What follows the warm-up counts, in which these measures settle.
  case steadyState(measures: [String])
}

extension Analysis {
  static let choices: [Choice<Analysis>] = [
    Choice(
      name: "horizon",
      summary: "Asks about these dates: everything from day 0 on counts, and nothing is cut."
    ) { fields in
      .horizon(
        burnInDays: fields.count(
          "burnInDays",
          "days before day 0 in which jobs come and nodes serve, price and entry frozen",
          unit: "days", in: 0...3650, default: 0))
    },
    Choice(
      name: "steadyState",
      summary:
        "Asks about the long run: leaves the warm-up out that MSER-5 finds in the mean of ten "
        + "pilots; refused where what follows trends.",
      source: "White, Cobb and Spratt 2000, \"A comparison of five steady-state truncation "
        + "heuristics for simulation\", section 2"
    ) { fields in
      .steadyState(
        measures: fields.measures(
          "measures", "measures that must have settled; those without a value are passed over",
          default: ["jobs_in_system", "online_gpus", "token_price_usd"]))
    },
  ]
}

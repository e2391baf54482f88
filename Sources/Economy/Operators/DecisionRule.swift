import Configuration
import Kernel

/// Entry and exit on profit inside a band (Dixit 1989), with attrition that has other causes.
///
/// A candidate enters when the pay it expects per node and day exceeds `entryMultiple` times its
/// running cost plus what the capital asks; an operator leaves, with a chance at each look, when
/// expected pay is below `exitMultiple` times running cost plus the interest on what the machine
/// would fetch, and always when a month's bills are unpaid. Between the two nobody moves. What the
/// machine could earn elsewhere moves the band up. Band: model-facts §2.5; capital: design §5.
struct DecisionRule: Sendable {
  /// Days between two looks of an operator.
  let every: SimDuration
  /// Day of a candidate's first look [days].
  let firstLook: Distribution
  /// Time from the decision to enter to the first node online [days].
  let lead: Distribution
  let entryMultiple: Double
  let exitMultiple: Double
  /// Return asked of capital and its loss of value [1/year].
  let hurdle: Double
  let depreciation: Double
  /// Interest on the resale value of a machine that stays [1/year].
  let interest: Double
  /// Chance to act at a look that says leave [1].
  let actOnLoss: Double
  /// Exits for other reasons [1/year].
  let attrition: Double
  /// Time for which every look must have said leave before anybody does.
  let patience: SimDuration
  /// Whether those who left may come back, and after which time.
  let reentry: Bool
  let reentryAfter: SimDuration

  init(reading fields: inout FieldReader) {
    every = .days(
      fields.number(
        "everyDays", "time between two looks", unit: "days", in: 1...365, default: 30))
    firstLook = fields.distribution(
      "firstLookDays", "day of a candidate's first look", default: .uniform(0, 30))
    lead = fields.distribution(
      "leadDays", "time from the decision to the first node online [days]",
      default: .uniform(1, 14))
    entryMultiple = fields.number(
      "entryMultiple", "expected pay ÷ (running cost + capital cost) that brings an entry",
      in: 0...100, default: 1.5, source: "model-facts §2.5, H")
    exitMultiple = fields.number(
      "exitMultiple", "expected pay ÷ running cost below which an operator leaves", in: 0...100,
      default: 0.75, source: "model-facts §2.5, L")
    hurdle = fields.number(
      "hurdlePerYear", "return asked of capital", unit: "1/year", in: 0...10, default: 0.15,
      source: "model-facts §2.5, median of surveys")
    depreciation = fields.number(
      "depreciationPerYear", "loss of value of the machine", unit: "1/year", in: 0...10,
      default: 0.25, source: "model-facts §2.2, consumer GPU, first year")
    interest = fields.number(
      "interestPerYear", "interest on the resale value of a machine that stays", unit: "1/year",
      in: 0...10, default: 0.05)
    actOnLoss = fields.share(
      "actOnLossShare", "chance to act at a look that says leave", default: 0.15,
      source: "model-facts §1.4, fitted to Pocket, a month")
    attrition = fields.number(
      "attritionPerYear", "exits for reasons other than pay", unit: "1/year", in: 0...10,
      default: 0, source: "")
    patience = .days(
      fields.number(
        "patienceDays", "time for which every look must have said leave before an operator does",
        unit: "days", in: 0...3650, default: 0))
    reentry = fields.flag("reentry", "those who left may come back", default: false)
    reentryAfter = .days(
      fields.number(
        "reentryAfterDays", "time for which those who left stay away", unit: "days", in: 0...36_525,
        default: 0))
    if entryMultiple < exitMultiple {
      fields.refuse(
        "exitMultiple", expected: "at most entryMultiple (\(entryMultiple))",
        found: "\(exitMultiple)", help: "an operator would enter and leave at the same pay")
    }
  }

  /// Pay per node and day that brings a candidate in [USD/node-day].
  ///
  /// - Parameters:
  ///   - elsewhere: what the machine would leave in another use [USD/node-day].
  ///   - owns: whether it is there already; else the other use has to pay for it too.
  func entryPay(
    running: Double, capital: Double, elsewhere: Double = 0, owns: Bool = true
  ) -> Double {
    let perDay = capital * (hurdle + depreciation) / Span.daysPerYear
    return entryMultiple * (running + perDay) + (owns ? elsewhere : max(0, elsewhere - perDay))
  }

  /// Pay per node and day below which an operator leaves, to sell or to do something else
  /// [USD/node-day].
  func exitPay(running: Double, resale: Double, elsewhere: Double = 0) -> Double {
    exitMultiple * running + max(resale * interest / Span.daysPerYear, elsewhere)
  }
}

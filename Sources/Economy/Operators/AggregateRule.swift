import Configuration
import Kernel

/// Nodes of a type that follow pay as a whole, month by month, in place of decisions of their own.
struct AggregateRule: Sendable, Equatable {
  let law: Law
  /// Months by which pay is seen late.
  let lag: Int
  /// Whether those who left come back.
  let reentry: Bool
  /// Whether nodes leave at all.
  let leaves: Bool
  /// Deviation of a month's growth of ln(nodes) that pay does not explain [1].
  let noise: Double

  enum Law: Sendable, Equatable {
    /// d ln N per month = a + b ln r, with r the pay of a node and month [USD/node-month].
    case growth(intercept: Double, slope: Double)
    /// N* = A r^e; a share of the log gap is closed each month. A is `multiple` times that of the
    /// first month.
    case target(elasticity: Double, multiple: Double, up: Double, down: Double)
  }

  static let choices: [Choice<AggregateRule>] = [
    Choice(
      name: "fitted", summary: "The growth of the number of nodes is linear in the log of pay.",
      source: "model-facts §1.4: Pocket 2022-25, 36 months, R² 0.43; one-step forecasts only"
    ) { fields in
      let intercept = fields.number(
        "intercept", "growth of ln(nodes) in a month at a pay of 1 USD a node-month",
        unit: "1/month", in: -10...10, default: -0.183, source: "model-facts §1.4, Pocket")
      let slope = fields.number(
        "slope", "more growth per unit of ln(pay)", unit: "1/month", in: 0...10, default: 0.042,
        source: "model-facts §1.4, Pocket; pay and growth stand still at 79 USD a node-month")
      return AggregateRule(.growth(intercept: intercept, slope: slope), reading: &fields)
    },
    Choice(
      name: "target", summary: "The number of nodes closes in on a power of pay.",
      source: "model-facts §1.4: free run over Pocket 2022-25, RMS log error 0.083"
    ) { fields in
      let elasticity = fields.number(
        "elasticity", "of the wanted number of nodes to pay", in: 0...5, default: 0.26,
        source: "model-facts §1.4; range 0.20 to 0.38")
      let multiple = fields.number(
        "wantedMultiple", "nodes wanted at the pay of the first month ÷ nodes there then",
        in: 0.01...1000, default: 1, source: "assumption: at rest to begin with")
      let up = fields.share(
        "upShare", "share of the log gap closed in a month when growing", default: 0.6,
        source: "model-facts §1.4, first growth wave")
      let down = fields.share(
        "downShare", "share of the log gap closed in a month when shrinking", default: 0.15,
        source: "model-facts §1.4")
      return AggregateRule(
        .target(elasticity: elasticity, multiple: multiple, up: up, down: down), reading: &fields)
    },
  ]

  private init(_ law: Law, reading fields: inout FieldReader) {
    self.law = law
    lag = fields.count(
      "lagMonths", "months by which pay is seen late", in: 0...24, default: 0,
      source: "model-facts §1.4: Pocket 0 to 1, Helium 2")
    reentry = fields.flag(
      "reentry", "those who left may come back", default: false,
      source: "model-facts §1.4: leavers of Pocket did not")
    leaves = fields.flag(
      "leaves", "nodes leave when the rule wants fewer; else their number stands still",
      default: true)
    noise = fields.number(
      "noise",
      "deviation of a month's growth of ln(nodes) that pay does not explain, for all "
        + "nodes of the type together", in: 0...2, default: 0,
      source: "assumption: none; fit it to observations")
  }

  /// Pay below this counts as this: logarithms need some [USD/node-month].
  static let leastPay = 0.01

  /// Change of ln(nodes) in a month.
  ///
  /// - Parameters:
  ///   - pay: of a node, a month as seen with the lag [USD/node-month].
  ///   - nodes: as wanted a month ago.
  ///   - anchor: nodes and pay of the first month.
  ///   - chance: a standard normal number, the luck of the month.
  func growth(
    pay: Double, nodes: Double, anchor: (nodes: Double, pay: Double), chance: Double = 0
  ) -> Double {
    let growth = expected(pay: pay, nodes: nodes, anchor: anchor) + noise * chance
    return leaves ? growth : max(growth, 0)
  }

  private func expected(
    pay: Double, nodes: Double, anchor: (nodes: Double, pay: Double)
  ) -> Double {
    let pay = max(pay, Self.leastPay)
    switch law {
    case .growth(let intercept, let slope):
      return intercept + slope * Elementary.log(pay)
    case .target(let elasticity, let multiple, let up, let down):
      let first = max(anchor.pay, Self.leastPay)
      let gap =
        Elementary.log(multiple * anchor.nodes / nodes) + elasticity * Elementary.log(pay / first)
      return gap * (gap > 0 ? up : down)
    }
  }
}

/// What is remembered of a type that follows an aggregate rule.
struct AggregateState: Sendable {
  /// Parameter: slots of the type in the order of their own luck: the first comes first and leaves
  /// last.
  let order: [UInt32]
  /// Counter: pay and node-days since the last look.
  var income = 0.0
  var nodeDays = 0.0
  /// State: pay of the months seen so far, as far back as the lag asks [USD/node-month].
  var pays: [Double] = []
  /// State: nodes wanted, in parts too, so that small changes add up.
  var wanted: Double
  /// State: nodes and pay of the first month that had any.
  var anchor: (nodes: Double, pay: Double)?
}

import Configuration
import Kernel

/// How operators expect pay: from the pay per node-day that the network published.
enum Expectation: Sendable {
  /// The last settlement's.
  case last
  /// An exponentially weighted mean over so many days.
  case average(days: Double)
  /// Dollars and tokens as an average over so many days, the tokens valued at the mean price that
  /// the coming days will bring. A bound: nobody knows it.
  case perfectForesight(ahead: Double, days: Double)
  /// What a table says, whatever the network pays.
  case given(PayPath)

  static let choices: [Choice<Expectation>] = [
    Choice(name: "last", summary: "The pay of the last settlement.", source: "") { _ in .last },
    Choice(
      name: "average", summary: "An exponentially weighted mean of past pay.", source: ""
    ) { fields in
      .average(days: memory(&fields))
    },
    Choice(
      name: "perfectForesight",
      summary: "Past pay in dollars and tokens, at the token prices to come; a bound.",
      source: "exact for a price that the network does not move; dated price shocks surprise"
    ) { fields in
      let ahead = fields.number(
        "aheadDays", "days whose mean price is foreseen", unit: "days", in: 1...3650, default: 365)
      return .perfectForesight(ahead: ahead, days: memory(&fields))
    },
    Choice(
      name: "given", summary: "The pay of a table, such as a run before has recorded.",
      source: "exact"
    ) { fields in
      .given(PayPath(reading: &fields))
    },
  ]

  private static func memory(_ fields: inout FieldReader) -> Double {
    fields.number("days", "memory of the mean", unit: "days", in: 0.1...3650, default: 30)
  }

  /// Weight of a new observation that stands for `days`, when `seen` days stand behind the mean.
  func weight(days: Double, seen: Double) -> Double {
    switch self {
    case .last, .given: 1
    case .average(let memory), .perfectForesight(_, let memory):
      // Corrected for the start: the first observation counts fully.
      max(-Elementary.expm1(-days / memory), days / (seen + days))
    }
  }

  /// Whether tokens are valued at the prices to come.
  var seesPrices: Bool {
    switch self {
    case .perfectForesight: true
    case .last, .average, .given: false
    }
  }

  /// Refuses foresight of a price that depends on what operators do.
  func check(token: TokenSettings?, cut: ArrowSet, _ fields: inout FieldReader) {
    guard seesPrices, !fields.isRecording else { return }
    guard let token else {
      fields.warn(
        "operators", expected: "a token, whose price perfectForesight foresees", found: "none",
        help: "pay in dollars is expected as its average")
      return
    }
    if case .exogenous = token.market.rule { return }
    if cut.contains(.revenueToPrice) { return }
    fields.refuse(
      "operators",
      expected: "an expectation other than perfectForesight, or a price from outside",
      found: "a price that depends on entry and exit",
      help: "choose market exogenous or trace, cut revenueToPrice, or run once and give the pay of "
        + "that run as a table: {rule: \"given\", …}")
  }
}

/// Pay per node-day by date.
struct PayPath: Sendable {
  /// Days in order, and the pay from each on [USD/node-day].
  private let path: MarketSettings.PricePath
  private let ahead: Double

  init(reading fields: inout FieldReader) {
    ahead = fields.number(
      "aheadDays", "days whose mean pay is foreseen; 0: the pay of the day", unit: "days",
      in: 0...3650, default: 0)
    let errors = fields.errorCount
    let table = fields.table("table", "days and pay, in order", isRequired: true)
    let days = fields.dates(
      "date", "column of the first day of each pay", of: table, example: "start_date")
    let pays = fields.column("payUSDPerNodeDay", "the pay [USD/node-day]", of: table)
    let ordered = zip(days, days.dropFirst()).allSatisfy { $0 < $1 }
    guard !days.isEmpty, days.count == pays.count, ordered, pays.allSatisfy({ 0...1e9 ~= $0 })
    else {
      if table != nil, fields.errorCount == errors {
        fields.refuse(
          "table", expected: "a table of pay of at least 0 on days in order",
          found: "\(pays.count) rows", help: "sort the table and leave out days without pay")
      }
      path = MarketSettings.PricePath(days: [0], prices: [0])
      return
    }
    path = MarketSettings.PricePath(days: days, prices: pays)
  }

  /// The mean pay of the days ahead, each with the pay that holds when it begins [USD/node-day].
  func pay(from day: Double) -> Double {
    let count = max(1, Int(ahead.rounded()))
    return (0..<count).reduce(0) { $0 + path.price(day: day + Double($1)) } / Double(count)
  }
}

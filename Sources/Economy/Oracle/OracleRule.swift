import Configuration
import Kernel

/// What settlements take a token to be worth, read from the venue before each of them.
///
/// Everything a settlement values in dollars goes by the reading: pay, emission, bonds and what is
/// slashed of them. Orders are carried out at the venue's own price.
protocol OracleRule: Sendable {
  /// How far back it looks.
  var reach: SimDuration { get }
  /// Whether the price at which a settlement buys is a reading of its own.
  var readsOwnTrades: Bool { get }

  /// - Parameters:
  ///   - spot: what the venue quotes now [USD/token].
  ///   - prices: what it quoted before, and now.
  ///   - last: the reading before this one; nil at the start.
  func reading(
    spot: Double, _ prices: PriceHistory, at now: SimTime, after last: OracleReading?
  ) -> OracleReading
}

extension OracleRule {
  var reach: SimDuration { .zero }
  var readsOwnTrades: Bool { false }
}

/// A price and when it was taken.
struct OracleReading: Sendable, Equatable {
  /// [USD/token]
  let price: Double
  let taken: SimTime
}

/// How the token is valued at settlement, and what happens while nobody can say.
struct OracleSettings: Sendable {
  /// What settlements do while readings have stopped.
  enum OnOutage: String, CaseIterable, Sendable {
    /// They go by the last reading.
    case hold
    /// They pay and issue nothing: what jobs are owed waits in escrow for the first settlement after
    /// the outage, and the emission of those epochs is left out.
    case halt
  }

  let rule: any OracleRule
  let onOutage: OnOutage

  private init(_ rule: any OracleRule, reading fields: inout FieldReader) {
    self.rule = rule
    onOutage = fields.choice(
      "onOutage",
      "what settlements do while readings have stopped: hold the last one, or pay and issue nothing",
      default: OnOutage.hold)
  }

  private init() {
    rule = SpotOracle()
    onOutage = .hold
  }

  /// What holds where nothing is said.
  static let spot = OracleSettings()

  /// Every rule by which the token is valued.
  static let choices: [Choice<OracleSettings>] = [
    SpotOracle.choice, TwapOracle.choice, LagOracle.choice, StaleOracle.choice,
    MedianOracle.choice, SmoothedOracle.choice,
  ].map { choice in
    Choice(name: choice.name, summary: choice.summary, source: choice.source) { fields in
      OracleSettings(choice.read(&fields), reading: &fields)
    }
  }
}

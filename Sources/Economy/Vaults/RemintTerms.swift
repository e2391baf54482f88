import Configuration
import Kernel

/// Credits of one dollar, made by locking tokens at the oracle's price and redeemed in tokens at it.
///
/// With V tokens in the vault (of which Q wait in line), S credits in circulation and price P, the
/// collateral ratio is R = (V - Q) P / S. Credits are made while R > `haltAt`; below `warnAt` a line
/// forms. They are always redeemed, while there is a price: out of what was locked for credits, and
/// what that does not cover is issued.
struct RemintTerms: Sendable {
  /// Part of the credits made that the vault keeps [1].
  let spread: Double
  /// Tokens of the treasury that the vault starts with [tokens].
  let seed: Double
  let warnAt: Double
  let haltAt: Double
  /// Fewest credits that are made at a time [credits].
  let minimum: Double
  /// The line: blocks without a warning, their growth for each 0.001 of R below `warnAt`, their most.
  let blocks: Double
  let growth: Double
  let mostBlocks: Double
  let block: SimDuration

  init(reading fields: inout FieldReader) {
    let source = "protocols-render §3.3, AEP-76"
    spread = fields.share(
      "spread", "part of the credits made that the vault keeps", default: 0.0025, source: source)
    seed = fields.number(
      "seedTokens", "tokens of the treasury that the vault starts with", unit: "tokens",
      in: 0...1e12, default: 0, source: "assumption; Akash 300,000")
    warnAt = fields.number(
      "warnAt", "collateral ratio below which making credits takes longer", in: 0...10,
      default: 0.95, source: source)
    haltAt = fields.number(
      "haltAt", "collateral ratio at which no more credits are made", in: 0...10, default: 0.9,
      source: source)
    minimum = fields.number(
      "minimumCredits", "fewest credits that are made at a time", unit: "credits", in: 0...1e9,
      default: 10, source: source)
    blocks = fields.number(
      "queueBlocks", "blocks that making credits takes without a warning", unit: "blocks",
      in: 1...1e6, default: 10, source: source)
    growth = fields.number(
      "queueGrowth", "growth of the blocks for each 0.001 of the ratio below warnAt", in: 1...10,
      default: 1.1, source: source)
    mostBlocks = fields.number(
      "queueMostBlocks", "most blocks that it takes", unit: "blocks", in: 1...1e8,
      default: 14_400, source: source)
    block = .seconds(
      fields.number(
        "blockSeconds", "time of a block", unit: "s", in: 0.01...3600, default: 6.1,
        source: "protocols-render §3.2: about 6.1 to 6.5"))
    if haltAt > warnAt {
      fields.refuse(
        "haltAt", expected: "at most warnAt (\(numberText(warnAt)))", found: numberText(haltAt),
        help: "the warning comes before the halt")
    }
  }

  enum Status: Sendable { case healthy, warning, halted }

  /// - Parameter ratio: infinite without credits, NaN without a price.
  func status(at ratio: Double) -> Status {
    // A ratio that is no number halts everything.
    guard ratio > haltAt else { return .halted }
    return ratio > warnAt ? .healthy : .warning
  }

  /// Blocks that making credits takes: n g^((warnAt - R) / 0.001), at most `mostBlocks`.
  func queueBlocks(at ratio: Double) -> Double {
    guard ratio < warnAt else { return blocks }
    return min(mostBlocks, blocks * Elementary.pow(growth, (warnAt - ratio) / 0.001))
  }
}

/// The books of the vault: base units of tokens and credits, apart from the ledger's.
struct CreditVault: Sendable, Equatable {
  /// State: tokens in the vault, those of them that wait in line, and those that were locked for
  /// credits and not paid out again.
  private(set) var tokens: Int64 = 0
  private(set) var waiting: Int64 = 0
  private(set) var remintCredit: Int64 = 0
  /// State: credits that exist, and those of them that the vault keeps.
  private(set) var supply: Int64 = 0
  private(set) var kept: Int64 = 0
  /// Counter: tokens issued because what was locked did not cover a redemption.
  private(set) var reminted: Int64 = 0

  /// Tokens that back credits without having been locked for any.
  mutating func seed(_ units: Int64) { tokens += units }

  /// Credits that were made elsewhere are the vault's from now on, with tokens behind them.
  mutating func adopt(credits: Int64, backedBy units: Int64) {
    supply += credits
    tokens += units
    remintCredit += units
  }

  /// Gives up all credits but those that wait for redemption, and the tokens behind them.
  ///
  /// - Parameters:
  ///   - claimed: credits that wait.
  ///   - price: micro-credits for one base unit of the token; 0 keeps all tokens while any wait.
  /// - Returns: credits that the vault had kept, and units that are free.
  mutating func close(claimed: Int64, price: Double) -> (kept: Int64, freed: Int64) {
    let gone = kept
    (supply, kept) = (claimed, 0)
    if claimed == 0 { return (gone, release(keeping: 0, price: 1)) }
    return (gone, letGo(price: price))
  }

  /// Tokens get in line.
  mutating func wait(_ units: Int64) {
    tokens += units
    waiting += units
  }

  /// Makes credits of tokens that were in line, or go in at once.
  ///
  /// - Parameter price: micro-credits for one base unit of the token.
  /// - Returns: credits of the user, and of the vault.
  mutating func mint(
    _ units: Int64, fromLine: Bool, spread: Double, price: Double
  ) -> (user: Int64, vault: Int64) {
    if fromLine { waiting -= units } else { tokens += units }
    remintCredit += units
    let room = Double(max(0, Int64(4e18) - supply))
    let gross = Int64(min(Double(units) * price, room).rounded(.down))
    let vault = Int64((Double(gross) * spread).rounded(.up))
    supply += gross
    kept += vault
    return (gross - vault, vault)
  }

  /// Takes credits out of circulation for tokens.
  ///
  /// - Parameter room: most units that can be issued at all.
  /// - Returns: units out of the vault, and units that have to be issued.
  mutating func redeem(
    _ credits: Int64, price: Double, room: Int64
  ) -> (vault: Int64, issued: Int64) {
    let due = Int64(min(Double(credits) / price, 4e18).rounded(.down))
    let covered = min(due, remintCredit)
    let issued = min(due - covered, max(0, room))
    supply -= credits
    tokens -= covered
    remintCredit -= covered
    reminted += issued
    return (covered, issued)
  }

  /// Lets go of what waits in line [base units].
  mutating func leaveLine() -> Int64 {
    let waited = waiting
    tokens -= waited
    waiting = 0
    return waited
  }

  /// Lets go of what those who hold credits will not be due.
  ///
  /// - Returns: units above what redemption takes at the price.
  mutating func letGo(price: Double) -> Int64 {
    guard price > 0 else { return 0 }
    return release(keeping: supply - kept, price: price)
  }

  private mutating func release(keeping credits: Int64, price: Double) -> Int64 {
    let due = Int64(min(Double(credits) / price, 4e18).rounded(.up))
    let surplus = max(0, tokens - due)
    tokens -= surplus
    remintCredit = min(remintCredit, tokens)
    return surplus
  }

  /// Tokens that do not wait against credits: infinite without credits, NaN without a price.
  func ratio(price: Double) -> Double {
    guard price > 0 else { return .nan }
    return supply == 0 ? .infinity : Double(tokens - waiting) * price / Double(supply)
  }
}

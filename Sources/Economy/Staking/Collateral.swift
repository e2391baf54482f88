import Configuration
import Kernel

/// What an operator bonds for each of its nodes, and what of it is lost for a fault.
///
/// It is posted before the nodes come: in dollars out of the capital, in tokens bought on the venue
/// at a settlement. What is asked in dollars' worth of tokens, or as a pledge, is fixed in tokens when it
/// is posted, by the oracle and the network of that day, and stays unless it is revalued. After a slash
/// the operator tops it up at the next settlement; while it cannot, its nodes take no work. What is left
/// returns so many days after it leaves.
struct Collateral: Sendable {
  /// Where slashed stake goes.
  enum Destination: String, CaseIterable, Sendable { case burn, treasury, user }

  /// How much a node of multiplier 1 has to have.
  enum Form: Sendable {
    case dollars(Double)
    case tokens(Double)
    /// Dollars' worth of tokens.
    case worth(Double)
    case pledge(Pledge)
  }

  let form: Form
  /// Whether tokens that were fixed when posted follow the price or the rule afterwards.
  let isRevalued: Bool
  /// Multiples of the above, by column of the hardware; empty: all 1.
  let multipliers: [Double]
  let termination: TerminationTerms?
  let dailyFee: DailyFee?
  let unbonding: SimDuration
  /// Slashed for a fault: multiples of the failed job's price, and a share of the stake, together at
  /// most all of it [1].
  let timesPrice: Double
  let shareOfStake: Double
  /// Part of that which a job costs whose node goes away under it [1].
  let interruptionShare: Double
  let destination: Destination

  /// - Parameter hardware: names of its classes; empty: not known.
  init(hardware: [String] = [], reading fields: inout FieldReader) {
    form = Self.form(reading: &fields)
    isRevalued = fields.flag(
      "revalued", "what is asked in tokens follows the price or the rule after it was posted",
      default: false)
    multipliers = Self.multipliers(of: hardware, reading: &fields)
    termination = fields.object("termination", "what is lost by who leaves before a term") {
      TerminationTerms(reading: &$0)
    }
    dailyFee = fields.object("dailyFee", "tokens that every node burns day by day") {
      DailyFee(reading: &$0)
    }
    unbonding = .days(
      fields.number(
        "unbondingDays", "time from leaving to the return of what is bonded", unit: "days",
        in: 0...3650, default: 14, source: "assumption"))
    timesPrice = fields.number(
      "slashTimesPrice", "slashed for a fault, in prices of the failed job", in: 0...1e6,
      default: 0, source: "model-facts §6: S between 0 and 100 R")
    shareOfStake = fields.share(
      "slashShare", "slashed for a fault, as a share of the stake", default: 0.1,
      source: "model-facts §6, MeshNet: 10 % for downtime, 100 % for fraud")
    interruptionShare = fields.share(
      "interruptionShare", "part of that which a job costs whose node goes away under it",
      default: 0,
      source: "model-facts §6, MeshNet: 10 % for downtime, 100 % for fraud; assumption: 0")
    destination = fields.choice(
      "slashedTo", "where slashed stake goes", default: Destination.treasury)
    if asset == .dollars, destination == .burn, !fields.isRecording {
      fields.refuse(
        "slashedTo", expected: "treasury or user, since stake is in dollars", found: "\"burn\"",
        help: "only tokens can be burned; write tokensPerNode, or another destination")
    }
    if asset == .dollars, dailyFee != nil {
      fields.refuse(
        "dailyFee", expected: "collateral in tokens, since the fee is burned in tokens",
        found: "dollars", help: "write tokensPerNode, or leave dailyFee out")
    }
    if isRevalued, !isFixedWhenPosted {
      fields.warn(
        "revalued", expected: "usdInTokensPerNode or a pledge beside it", found: "a fixed amount",
        help: "there is nothing to revalue")
    }
  }

  var asset: Asset {
    switch form {
    case .dollars: .dollars
    case .tokens, .worth, .pledge: .token
    }
  }

  /// Whether what a node has to have is settled on the day it is posted.
  var isFixedWhenPosted: Bool {
    switch form {
    case .dollars, .tokens: false
    case .worth, .pledge: true
    }
  }

  func multiplier(of hardware: Int) -> Double {
    multipliers.isEmpty ? 1 : multipliers[hardware]
  }

  /// What of a stake is lost for a fault [same unit as the arguments].
  func slashed(price: Double, stake: Double) -> Double {
    min(stake, timesPrice * price + shareOfStake * stake)
  }
}

extension Collateral {
  private static let forms = ["usdPerNode", "tokensPerNode", "usdInTokensPerNode", "pledge"]

  private static func form(reading fields: inout FieldReader) -> Form {
    let dollars = fields.optionalNumber(
      "usdPerNode", "dollars bonded for a node", unit: "USD/node", in: 0...1e7, example: 200)
    let tokens = fields.optionalNumber(
      "tokensPerNode", "tokens bonded for a node, in place of dollars", unit: "tokens/node",
      in: 0...1e9)
    let worth = fields.optionalNumber(
      "usdInTokensPerNode", "dollars' worth of tokens bonded for a node, at the oracle",
      unit: "USD/node", in: 0...1e7, source: "Fluence: 200 USD, fixed in FLT when committed")
    let pledge = fields.object("pledge", "tokens by expected reward and by supply") {
      Pledge(reading: &$0)
    }
    let written = forms.filter(fields.hasSome)
    if written.count != 1 {
      fields.refuse(
        written.last, expected: "one of " + forms.joined(separator: ", "),
        found: written.isEmpty ? "none of them" : written.joined(separator: " and "),
        help: "write usdPerNode: 200")
    }
    if let pledge { return .pledge(pledge) }
    if let worth { return .worth(worth) }
    return tokens.map(Form.tokens) ?? .dollars(dollars ?? 0)
  }

  private static func multipliers(
    of hardware: [String], reading fields: inout FieldReader
  ) -> [Double] {
    let given = fields.namedNumbers(
      "multipliers", "multiples of what a node has to have, by class of hardware; 1 by default",
      in: 0...1e4, source: "io.net: 1.25 for an RTX 4090, 10 for an H100", example: "rtx4090")
    if given.isEmpty { return [] }
    var multipliers = [Double](repeating: 1, count: hardware.count)
    for (name, value) in given {
      if let column = hardware.firstIndex(of: name) {
        multipliers[column] = value
      } else {
        fields.refuse(
          name: name, "multipliers", expected: "names of hardware.classes", among: hardware,
          ifNone: "add \"hardware\" to the scenario")
      }
    }
    return multipliers
  }
}

import Configuration
import Kernel

/// What an operator bonds for each of its nodes, and what of it is lost for a fault.
///
/// It is posted before the nodes come: in dollars out of the capital, in tokens bought on the venue
/// at a settlement. After a slash the operator tops it up at the next settlement; while it cannot, its
/// nodes take no work. What is left returns so many days after it leaves.
struct Collateral: Sendable {
  /// Where slashed stake goes.
  enum Destination: String, CaseIterable, Sendable { case burn, treasury, user }

  let asset: Asset
  /// Dollars or tokens a node.
  let perNode: Double
  let unbonding: SimDuration
  /// Slashed for a fault: multiples of the failed job's price, and a share of the stake, together at
  /// most all of it [1].
  let timesPrice: Double
  let shareOfStake: Double
  let destination: Destination

  init(reading fields: inout FieldReader) {
    let dollars = fields.optionalNumber(
      "usdPerNode", "dollars bonded for a node", unit: "USD/node", in: 0...1e7, example: 200)
    let tokens = fields.optionalNumber(
      "tokensPerNode", "tokens bonded for a node, in place of dollars", unit: "tokens/node",
      in: 0...1e9)
    if (dollars == nil) == (tokens == nil), !fields.isRecording {
      fields.refuse(
        dollars == nil ? nil : "tokensPerNode", expected: "either usdPerNode or tokensPerNode",
        found: dollars == nil ? "neither" : "both", help: "write usdPerNode: 200")
    }
    asset = tokens == nil ? .dollars : .token
    perNode = dollars ?? tokens ?? 0
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
    destination = fields.choice(
      "slashedTo", "where slashed stake goes", default: Destination.treasury)
    if asset == .dollars, destination == .burn, !fields.isRecording {
      fields.refuse(
        "slashedTo", expected: "treasury or user, since stake is in dollars", found: "\"burn\"",
        help: "only tokens can be burned; write tokensPerNode, or another destination")
    }
  }

  /// What of a stake is lost for a fault [same unit as the arguments].
  func slashed(price: Double, stake: Double) -> Double {
    min(stake, timesPrice * price + shareOfStake * stake)
  }
}

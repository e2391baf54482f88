import Configuration
import Testing

@testable import Scenarios

/// What does nothing, or not what it says, is told before the run.
struct DoubtTests {
  /// Everything that is said of a network with one host type, and of what a test adds.
  private func said(_ rest: String) -> String {
    let text = """
      {horizonDays: 400,
       hardware: {classes: {gpu: {priceUSD: 100, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 1}}},
       operators: {types: {host: {hardware: "gpu", candidates: 9, activeAtStart: 9}}},
       demand: {classes: {jobs: {arrivalsPerHour: 1}}}, \(rest)}
      """
    do throws(ScenarioError) {
      let scenario = try scenario(text)
      return IssueRenderer(files: scenario.sources).text(for: scenario.warnings)
    } catch {
      return error.description
    }
  }

  private let market = #"market: {rule: "exogenous", openingPriceUSD: 2}"#

  @Test(arguments: [
    (
      "treasury: {topUp: {}}, payment: {provider: 0, protocol: 1}, token: {circulating: 9}",
      "treasury: expected payment.provider above 0 beside topUp, which pays that share of the price, found 0"
    ),
    (
      "token: {circulating: 9}, shocks: {dry: {target: 'liquidity', on: 3, factor: 0.5}}",
      "shocks: expected a market with depth, which dry strikes, found none"
    ),
    (
      "token: {circulating: 9}, shocks: {free: {target: 'unlock', on: 3, share: 0.5}}",
      "shocks: expected token.vesting, which free strikes, found none"
    ),
    (
      "token: 'none', shocks: {dump: {target: 'sale', on: 3, share: 0.5}}",
      "shocks: expected a token, which dump strikes, found none"
    ),
    (
      "treasury: {marketMaking: {usd: 9}}, token: {circulating: 9, treasury: 9}",
      "treasury: expected a market with a pool, which marketMaking lends to, found none"
    ),
    (
      "treasury: {sale: {keepUSD: 9}}, token: {circulating: 9}",
      "treasury: expected tokens of the treasury for sale, found none, and none come in"
    ),
    (
      "token: {circulating: 9, decimals: 2}",
      "token.decimals: expected a base unit worth at most .01 USD, found 2 USD ÷ 10^2 = 0.02 USD"
    ),
    (
      "token: {circulating: 9, staking: {openingShare: 0.5, mostShare: 0.45, restingShare: 0}}",
      "token.staking.openingShare: expected at most mostShare (0.45), found 0.5"
    ),
    (
      "token: {circulating: 900}, "
        + "amendments: {x: {on: 9, moves: [{from: 'unvested', to: 'holders'}]}}",
      "amendments.x.moves: expected token.vesting, whose tokens move, found none"
    ),
    (
      "token: {circulating: 1e6, rewards: {subnets: 1}, emission: {rule: 'fixed', tokensPerEpoch: 1}}, "
        + "subnets: {networks: {a: {funded: false, tokensInPool: 9, alphaInPool: 9}}}",
      "subnets.networks: expected a funded subnet, which shares in the emission, found none"
    ),
    (
      "token: {circulating: 9}, shocks: {crash: {target: 'price', on: 3, factor: 0.4, intensity: 2}}",
      "shocks: expected a factor above 0 on a price at which all trade, found 1 + (0.4 - 1) × 2, cut at 0"
    ),
    (
      "token: {circulating: 1000, cap: 5000, rewards: {work: 1}, "
        + "emission: {rule: 'fixed', tokensPerEpoch: 100}}",
      "warning: token.emission: expected streams within the cap of 5000 tokens, "
        + "found day 0 1000 + emission 40000 = 41000 by the horizon"
    ),
    (
      "token: {circulating: 4e6, decimals: 12, rewards: {work: 1}, "
        + "emission: {rule: 'fixed', tokensPerEpoch: 100000}}",
      "error: token.emission: expected a supply x 10^decimals below 2^62, about 4.6e18, "
        + "found (day 0 4000000 + emission 40000000) x 10^12 by the horizon"
    ),
  ]) func `what cannot work is told`(rest: String, words: String) {
    let said = said("\(market), \(rest)")
    #expect(said.contains(words), "\(said)")
  }

  @Test func `an amendment of what a rule began with is told to do nothing`() {
    let rule = "rule: 'targetUSD', targetUSDPerNode: 3, initialTokens: 500"
    let token = "token: {circulating: 1e6, treasury: 99, rewards: {work: 1}, emission: {\(rule)}}"
    func said(_ set: String) -> String {
      self.said(
        "\(market), \(token), payment: {provider: 1, remint: {}}, "
          + "amendments: {x: {on: 9, set: {\(set)}}}")
    }
    let words = "which counts only when its rule comes into force"
    #expect(said("'token.emission.initialTokens': 400").contains(words))
    #expect(said("'payment.remint.seedTokens': 9").contains(words))
    #expect(!said("'token.emission.targetUSDPerNode': 2").contains(words))
    #expect(
      !said("'token.emission': {rule: 'burnLinked', initialTokens: 400}").contains(words))
    #expect(
      !said(
        "'token.emission.rule': 'burnLinked', 'token.emission.initialTokens': 400, "
          + "'token.emission.targetUSDPerNode': null"
      ).contains(words))
  }
}

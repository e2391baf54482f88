import Configuration
import Testing

@testable import Economy
@testable import Scenarios

/// What is locked and bonded must be there, and come back: found before the run.
struct LocksTests {
  private func issues(_ rest: String) -> [String] {
    let text = """
      {horizonDays: 30, hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
         priceUSDPerGPUHour: 1}}},
       operators: {types: {a: {hardware: "gpu", candidates: 5, activeAtStart: 5,
         nodesPerOperator: {rule: "fixed", value: 2}}}},
       demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: 1,
         sizeHours: {rule: "fixed", value: 4}}}},
       \(rest)}
      """
    do {
      return try Scenario(text: text).warnings.map { "\($0.path): \($0.message)" }
    } catch ScenarioError.issues(let issues, files: _) {
      return issues.map { "\($0.path): \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test func `more stake at day 0 than holders have is refused with the arithmetic`() {
    let market = "market: {rule: 'pool', openingPriceUSD: 1, poolShareOfCap: 0.1}"
    #expect(
      issues(
        "token: {circulating: 1000, treasury: 1000, staking: {openingShare: 0.5}}, \(market)"
      ) == [
        "token.staking: expected at most 880 tokens bonded at day 0: circulating 1000 - 120 of the "
          + "pool and of traders, found 0.5 x 2000 = 1000"
      ])
    #expect(
      issues(
        """
        token: {circulating: 1000, staking: {openingShare: 0.5}}, \(market),
        staking: {collateral: {tokensPerNode: 50}}
        """
      ) == [
        "staking: expected at most 880 tokens bonded at day 0, which holders have, found 500 of "
          + "delegators + 10 nodes of a x 50 = 1000"
      ])
  }

  @Test func `delegators and subnets together take no more than holders have`() {
    #expect(
      issues(
        """
        token: {circulating: 1000, staking: {openingShare: 0.5},
          emission: {rule: "fixed", tokensPerEpoch: 1}, rewards: {subnets: 1}},
        market: {rule: 'exogenous', openingPriceUSD: 1},
        subnets: {rootStake: 200, networks: {a: {tokensInPool: 400, alphaInPool: 400}}}
        """
      ) == [
        "staking: expected at most 1000 tokens bonded at day 0, which holders have, found 500 of "
          + "delegators + 600 in subnets = 1100"
      ])
  }

  @Test func `unbonding that outlasts the run is warned about`() {
    let market = "market: {rule: 'exogenous', openingPriceUSD: 1}"
    #expect(
      issues(
        """
        token: {circulating: 1000, staking: {unbondingDays: 31}}, \(market),
        staking: {collateral: {usdPerNode: 50, unbondingDays: 180}}
        """
      ) == [
        "token.staking.unbondingDays: expected unbonding within the horizon of 30 days, found 31 days",
        "staking.collateral.unbondingDays: expected unbonding within the horizon of 30 days, found "
          + "180 days",
      ])
  }

  @Test func `a slash above the stake is warned about with the arithmetic`() {
    #expect(
      issues("staking: {collateral: {usdPerNode: 50, slashTimesPrice: 12, slashShare: 0.1}}") == [
        "staking: expected a slash within the stake of a node, 50 USD, found 12 prices of the mean "
          + "job x 4 + 0.1 x 50 = 53 USD"
      ])
    #expect(
      issues("staking: {collateral: {usdPerNode: 50, slashTimesPrice: 5}}") == [])
  }
}

import Configuration
import Testing

@testable import Scenarios

/// What cannot be in any economy is said with the sums that show it.
struct ImpossibleEconomicsTests {
  private func text(_ rest: String, decisions: String = "'none'") -> String {
    """
    {horizonDays: 9, token: "none", market: "none",
     hardware: {classes: {
       gpu: {priceUSD: 3650, busyWatts: 500, idleWatts: 50, priceUSDPerGPUHour: 0.5},
       big: {priceUSD: 9000, busyWatts: 900, idleWatts: 90, priceUSDPerGPUHour: 2}}},
     operators: {types: {home: {hardware: "gpu", candidates: 9, activeAtStart: 3,
       electricityUSDPerKWh: {rule: "fixed", value: 0.1},
       decisions: \(decisions)}}},
     \(rest)}
    """
  }

  private let market = #"market: {rule: "exogenous", openingPriceUSD: 2}"#

  @Test func `splits that do not add to one`() {
    #expect(
      messages(text("payment: {provider: 0.5, protocol: 0.2}")) == """
        s/main.json5:8:11: error: payment: expected shares that add to 1, found 0.5 + 0.2 + 0 = 0.7
         8 |  payment: {provider: 0.5, protocol: 0.2}}
           |           ^
          help: 0.3 is missing: raise one of provider, protocol and burn

        """)
    let token = """
      {horizonDays: 9, token: {circulating: 9, rewards: {work: 0.7, treasury: 0.4}},
       \(market)}
      """
    #expect(
      messages(token) == """
        s/main.json5:1:51: error: token.rewards: expected parts that add to 1, found 0.7 + 0 + 0 + 0.4 = 1.1
         1 | {horizonDays: 9, token: {circulating: 9, rewards: {work: 0.7, treasury: 0.4}},
           |                                                   ^
          help: 0.1 is too much: lower one of work, online, registered and treasury

        """)
  }

  @Test func `splits that another file has changed are told where it did`() {
    #expect(
      messages(
        "{extends: \"base.json5\",\n payment: {protocol: 0.5}}",
        with: ["s/base.json5": text("payment: {provider: 0.9, protocol: 0.1}")]) == """
          s/main.json5:2:12: error: payment: expected shares that add to 1, found 0.9 + 0.5 + 0 = 1.4
           2 |  payment: {protocol: 0.5}}
             |            ^
            help: 0.4 is too much: lower one of provider, protocol and burn

          """)
  }

  @Test func `a cap below what exists at the start, and unlocks above it`() {
    func said(_ token: String) -> String {
      messages("{horizonDays: 9, token: {\(token)},\n \(market)}")
    }
    #expect(
      said("circulating: 100, treasury: 50, cap: 120") == """
        s/main.json5:1:63: error: token.cap: expected at least circulating + treasury + vesting = 100 + 50 + 0 = 150, found 120
         1 | {horizonDays: 9, token: {circulating: 100, treasury: 50, cap: 120},
           |                                                               ^
          help: raise the cap by 30, or lower what exists at the start

        """)
    #expect(
      said(
        "circulating: 7, cap: 80, vesting: {a: {tokens: 60, cliff: 1}, b: {tokens: 30, cliff: 1}}")
          == """
          s/main.json5:1:60: error: token.vesting: expected unlocks within the cap of 80 tokens, found a 60 + b 30 = 90
           1 | {horizonDays: 9, token: {circulating: 7, cap: 80, vesting: {a: {tokens: 60, cliff: 1}, b: {tokens: 30, cliff: 1}}},
             |                                                            ^
            help: raise the cap by 17, or lock fewer tokens

          """)
  }

  @Test func `a class that no node can serve`() {
    #expect(
      messages(
        text(
          #"demand: {classes: {train: {arrivalsPerHour: 1, sizeHours: {rule: "fixed", value: 1},"#
            + "\n   hardware: [\"big\"]}}}")) == """
          s/main.json5:9:14: error: demand.classes.train.hardware: expected hardware that some operator type owns: "gpu", found "big"
           9 |    hardware: ["big"]}}}}
             |              ^
            help: no node could ever serve this class; add hardware to it, or an operator type

          """)
  }

  @Test func `a payback that cannot come is a warning`() throws {
    func warnings(_ scenario: Scenario) -> String {
      IssueRenderer(files: scenario.sources).text(for: scenario.warnings)
    }
    // Running 0.5 kW × 24 h × 0.1, capital 3650 × 0.4 ÷ 365; work brings 24 × 0.5.
    let fair = try scenario(text("payment: {provider: 1}", decisions: "{}"))
    #expect(warnings(fair) == "")
    let poor = try scenario(
      text("payment: {provider: 0.5, protocol: 0.5}", decisions: "{entryMultiple: 2}"))
    #expect(
      warnings(poor) == """
        s/main.json5:7:15: warning: operators.types.home.decisions: expected pay that can bring an entry, found at most 24 h × 0.5 USD × 0.5 = 6 USD/node-day, where entry asks 2 × (1.2 running + 4 capital) = 10.4 USD/node-day
         7 |    decisions: {entryMultiple: 2}}}},
           |               ^
          help: the payback cannot come: raise priceUSDPerGPUHour or the emission, or lower priceUSD, the running cost or entryMultiple

        """)
    // 2 tokens a day at 2 USD for three nodes, a quarter of it for the treasury.
    let issuing = """
      token={circulating: 900, emission: {rule: "fixed", tokensPerEpoch: 2}, \
      rewards: {online: 0.75, treasury: 0.25}}
      """
    let paid = try scenario(
      text("payment: {provider: 0.5, protocol: 0.5}", decisions: "{entryMultiple: 2}"),
      setting: [issuing, #"market={rule: "exogenous", openingPriceUSD: 2}"#])
    #expect(
      warnings(paid).contains(
        "24 h × 0.5 USD × 0.5 + 1 of emission at the opening price = 7 USD/node-day"))
  }
}

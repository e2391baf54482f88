import Testing

@testable import Economy

struct MeasureTests {
  /// The names that readers of results rely on: they are never renamed.
  private static let promised = """
    token_price_usd circulating_tokens minted_tokens burned_tokens burn_mint_ratio staked_tokens
    market_cap_usd outside_flow_usd
    active_nodes registered_gpus verified_gpus online_gpus availability utilisation entries exits
    demand_gpu_hours served_gpu_hours fill_rate organic_demand_share demand_clipped_share
    jobs_completed restarts jobs_abandoned lost_gpu_hours
    wait_mean_s start_delay_total_s latency_p50_ms latency_p95_ms latency_p99_ms slo_met_share
    sla_credits_usd
    user_spend_usd protocol_revenue_usd provider_income_usd provider_realised_usd
    provider_margin_usd_per_gpu_day subsidy_share payback_months_p50 runway_months
    useful_gpu_hour_cost_usd social_cost_usd_per_useful_gpu_hour cloud_discount node_gini
    operator_hhi nakamoto_50 price_drawdown capacity_drawdown spiral_grade loop_gain
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  @Test func `names are unique and can be looked up`() {
    let names = Measure.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.indices.allSatisfy { Measure.index(of: names[$0]) == $0 })
    #expect(Measure.index(of: "no_such_measure") == nil)
  }

  @Test(arguments: promised) func `a promised measure is there`(name: String) {
    #expect(Measure.index(of: name) != nil)
  }

  @Test(arguments: Measure.all.indices) func `every measure says what it is`(index: Int) {
    let measure = Measure.all[index]
    #expect(!measure.formula.isEmpty)
    #expect(!measure.unit.isEmpty)
    #expect(measure.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" })
    #expect((measure.kind == .grade) == (measure.interval == .wilson))
  }

  private func value(_ name: String, _ totals: Totals) throws -> Double {
    Measure.all[try #require(Measure.index(of: name))].value(totals)
  }

  @Test func `ratios divide sums, and are undefined where nothing stands below`() throws {
    var totals = Totals(classWeights: [])
    #expect(try value("fill_rate", totals).isNaN)
    #expect(try value("burn_mint_ratio", totals).isNaN)
    totals.servedHours = 30
    totals.abandonedHours = 10
    totals.burned = 3
    totals.minted = 4
    totals.emissionToOperators = 5
    totals.userSpend = 15
    totals.firstWait = 90
    totals.firstStarts = 6
    #expect(try value("fill_rate", totals) == 0.75)
    #expect(try value("burn_mint_ratio", totals) == 0.75)
    #expect(try value("subsidy_share", totals) == 0.25)
    #expect(try value("wait_mean_s", totals) == 15)
  }

  @Test func `levels are integrals over the time of the stretch`() throws {
    var totals = Totals(classWeights: [])
    totals.days = 2
    let hour = Int128(3_600_000_000)
    totals.activeNodes = 480 * hour
    totals.onlineNodes = 120 * hour
    totals.busyNodes = 70 * hour
    totals.lostInside = 10
    totals.providerIncome = 50
    totals.providerCost = 30
    #expect(try value("active_nodes", totals) == 10)
    #expect(try value("availability", totals) == 0.25)
    #expect(try value("utilisation", totals) == 0.5)
    #expect(try value("provider_margin_usd_per_gpu_day", totals) == 1)
  }

  @Test func `the cost of a useful hour weighs classes by their base demand`() throws {
    var totals = Totals(classWeights: [3, 1, 5])
    totals.classes[0].usefulCost = 10
    totals.classes[0].usefulHours = 5
    totals.classes[0].cloudCost = 20
    totals.classes[1].usefulCost = 8
    totals.classes[1].usefulHours = 2
    totals.classes[1].cloudCost = 16
    totals.emissionToOperators = 14
    // (3 x 10/5 + 1 x 8/2) / 4 = 2.5; the class that finished nothing is left out.
    #expect(try value("useful_gpu_hour_cost_usd", totals) == 2.5)
    #expect(try value("social_cost_usd_per_useful_gpu_hour", totals) == 4.5)
    #expect(try value("cloud_discount", totals) == 0.5)
    // What others bear for a class is weighed like what its users do: 3 x 5/5 / 4 + 1 x 2/2 / 4 more.
    totals.classes[0].lostCost = 3
    totals.classes[0].protocolChecks = 2
    totals.classes[1].treasuryCost = 2
    #expect(try value("useful_gpu_hour_cost_usd", totals) == 2.5)
    #expect(try value("social_cost_usd_per_useful_gpu_hour", totals) == 5.5)
  }

  @Test func `token measures are undefined without a token`() throws {
    var totals = Totals(classWeights: [])
    totals.minted = 1
    #expect(try value("minted_tokens", totals).isNaN)
    #expect(try value("market_cap_usd", totals).isNaN)
    totals.circulating = 10
    totals.price = 3
    #expect(try value("minted_tokens", totals) == 1)
    #expect(try value("market_cap_usd", totals) == 30)
  }
}

struct DayMeanTests {
  @Test func `a mean weighs values by their days and skips what is undefined`() {
    var mean = DayMean()
    #expect(mean.value.isNaN)
    mean.add(2, days: 1)
    mean.add(.nan, days: 10)
    mean.add(5, days: 3)
    #expect(mean.value == 4.25)
    var whole = DayMean()
    whole.add(0.25, days: 4)
    whole.append(mean)
    #expect(whole.value == 2.25)
  }
}

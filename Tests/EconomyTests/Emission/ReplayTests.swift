import Configuration
import Kernel
import Testing

@testable import Economy

private func policy(_ text: String) throws -> any EmissionPolicy {
  try rule(text, from: EmissionPolicies.all)
}

/// What published worked examples say that a policy brings over years.
struct ReplayTests {
  /// Docs of io.net, token emission: 71.32 M after 24 months, 300.0 M after 240.
  @Test func `io.net's months add up`() throws {
    let monthly = try policy(
      "{rule: 'exponential', initialTokensPerEpoch: 3333333.333333, factor: 0.989849199}")
    var memory = EmissionMemory()
    func total(_ months: Int) -> Double {
      (0..<months).reduce(0) { $0 + monthly.emission(NetworkSnapshot(epoch: $1), &memory) }
    }
    #expect(abs(total(24) - 71.32e6) < 0.005e6)
    #expect(abs(total(240) - 300.0e6) < 0.05e6)
    // The table of the docs, from July 2024 on: months to 10 tokens, years to the last digit.
    for (month, tokens) in [
      (0, 3_333_333.0), (1, 3_299_497), (2, 3_266_003), (11, 2_979_456), (23, 2_636_128),
    ] {
      let issued = monthly.emission(NetworkSnapshot(epoch: month), &memory)
      #expect(abs(issued - tokens) < 10, "month \(month)")
    }
    let years = [
      37.84, 33.48, 29.62, 26.21, 23.19, 20.52, 18.15, 16.06, 14.21, 12.57, 11.12, 9.84, 8.71, 7.70,
      6.82, 6.03, 5.34, 4.72, 4.18, 3.70,
    ]
    for (year, millions) in years.enumerated() {
      let issued = total(12 * year + 12) - total(12 * year)
      #expect(abs(issued / 1e6 - millions) < 0.0051, "year \(year)")
    }
  }

  /// Akash whitepaper: I(t) = 100 % x 2^(-t / 2 years) of 100 M, so that supply tends to
  /// 100 M (1 + 2 / ln 2). A day brings the integral of the rate over it.
  @Test func `Akash's modelled supply has its asymptote`() throws {
    let factor = Elementary.pow(2, -1.0 / 730)
    let first = 100e6 * 2 / Elementary.log(2) * (1 - factor)
    let daily = try policy(
      "{rule: 'exponential', initialTokensPerEpoch: \(first), factor: \(factor)}")
    var memory = EmissionMemory()
    let supply = (0..<36_500).reduce(100e6) {
      $0 + daily.emission(NetworkSnapshot(epoch: $1), &memory)
    }
    #expect(abs(supply - 388_539_008) < 1)
  }

  /// The halving that Akash published by month (1kx, akash_data_rewards.csv: 4,465,091 AKT in the first,
  /// each 0.984525 of the one before) is no curve of 100 % a year and two years, but has the same end:
  /// 180.58 M when May 2022 was over, and inflation from 54 % in 2020 to 9.6 % in December 2024.
  @Test func `Akash's published months make its modelled supply`() throws {
    let monthly = try policy(
      "{rule: 'exponential', initialTokensPerEpoch: 4465091, factor: 0.984525}")
    var memory = EmissionMemory()
    var supplies = [100e6]
    var inflation: [Double] = []
    for month in 0..<2400 {
      let issued = monthly.emission(NetworkSnapshot(epoch: month), &memory)
      inflation.append(12 * issued / supplies[month])
      supplies.append(supplies[month] + issued)
    }
    #expect(abs(supplies[21] - 180_584_729) < 1000)
    #expect(abs((supplies.last ?? 0) / 388_539_008 - 1) < 5e-5)
    #expect(abs(inflation[0] - 0.54) < 0.005 && abs(inflation[50] - 0.096) < 0.0005)
  }

  /// Akash, governance from its genesis on 25 September 2020: bounds and change of each proposal, with
  /// the 84.34 % bonded of 24 June 2021 throughout, the only share that is known. The forum gives
  /// 47.85 % inflation on that day and 191.39 M tokens in May 2022; the share moves the first by
  /// 2 points for every 0.1, and inflation stood at a bound of a proposal much of the time.
  @Test func `Akash's inflation under its governors is replayed`() throws {
    let proposals = [
      (day: 0, maximum: 0.58, minimum: 0.46, change: 0.12),
      (day: 69, maximum: 0.53, minimum: 0.41, change: 0.24),
      (day: 294, maximum: 0.40, minimum: 0.25, change: 1.0),
      (day: 481, maximum: 0.25, minimum: 0.15, change: 5.0),
    ]
    var memory = EmissionMemory()
    var supply = 100e6
    for (place, terms) in proposals.enumerated() {
      let end = place + 1 < proposals.count ? proposals[place + 1].day : 597
      // An amendment leaves the rate where it is, but for the new bounds.
      let rule = try policy(
        """
        {rule: 'bondedRatio', initialPerYear: 0.58, minimumPerYear: \(terms.minimum),
         maximumPerYear: \(terms.maximum), changePerYear: \(terms.change)}
        """)
      for day in terms.day..<end {
        supply += rule.emission(
          NetworkSnapshot(day: Double(day + 1), supply: supply, staked: 0.8434 * supply), &memory)
        if day == 271 { #expect(abs((memory.level ?? 0) - 0.4785) < 0.02) }
      }
    }
    #expect(abs(supply / 191.39e6 - 1) < 0.01)
  }

  /// Render RNP-006 and RNP-018: 107,374,182 tokens beside the 536,870,912 of before, in years that
  /// fall by 5.5 %; the first year was 760,567 a month, 8.5 % of them, the third 492,132 a month.
  @Test func `Render's years of growth add up to a fifth of what was there`() throws {
    let yearly = try policy(
      "{rule: 'exponential', initialTokensPerEpoch: 5905580, factor: 0.945}")
    var memory = EmissionMemory()
    let growth = (0..<400).reduce(0) { $0 + yearly.emission(NetworkSnapshot(epoch: $1), &memory) }
    #expect(abs(growth - 107_374_182) < 1)
    #expect(abs(growth / 536_870_912 - 0.2) < 1e-8)
    let months = try policy("{rule: 'fixed', tokensPerEpoch: 760567}")
    let first = 12 * months.emission(NetworkSnapshot(), &memory)
    #expect(first == 9_126_804 && abs(first / growth - 0.085) < 1e-4)
    #expect(abs(12 * 492_132 / growth - 0.055) < 1e-5)
  }

  /// Helium HIP-138: 12,236.28691983 HNT a day for 237 days, 2.9 M in all.
  @Test func `Helium's tokens for the return of its networks come in 237 equal days`() throws {
    let extra = try policy("{rule: 'linear', tokens: 2900000, days: 237}")
    var memory = EmissionMemory()
    let days = (1...300).map { extra.emission(NetworkSnapshot(day: Double($0)), &memory) }
    #expect(abs(days[0] - 12_236.286_919_83) < 1e-7)
    #expect(abs(days.reduce(0, +) - 2.9e6) < 1e-6 && days[237] == 0)
  }

  /// Helium HIP-20 as it was: a half-hour brings back 1/336 of the pool, at most 34.24 HNT.
  @Test func `Helium's first rule brought back a week's burns half-hour by half-hour`() throws {
    let rule = try policy(
      "{rule: 'netEmission', smoothingEpochs: 336, capTokensPerEpoch: 34.24}")
    var memory = EmissionMemory()
    let first = rule.emission(NetworkSnapshot(burned: 336), &memory)
    #expect(abs(first - 1) < 1e-7)
    let settled = (0..<10_000).map { _ in rule.emission(NetworkSnapshot(burned: 20), &memory) }
    #expect(abs((settled.last ?? 0) - 20) < 1e-4)
    let most = (0..<10_000).map { _ in rule.emission(NetworkSnapshot(burned: 90), &memory) }
    #expect(most.last == 34.24)
    // 1 % of the issue of 2020, in 48 half-hours.
    #expect(abs(48 * 34.24 - 1643.835_616_43) < 0.5)
  }

  /// Livepeer: 0.020 % a day in January 2023 rose to 0.049 % in June 2024, at 414.7 rounds a year; it
  /// fell in rounds in which more than half was bonded, which are not known.
  @Test func `Livepeer's inflation rises as fast as it did, while too little is bonded`() throws {
    let perDay = 414.7 / 365.25
    let rule = try policy("{rule: 'stakeFeedback', initialPerEpoch: \(0.0002 / perDay)}")
    var memory = EmissionMemory()
    let rounds = Int(414.7 * 17 / 12)
    let rates = (0..<rounds).map { _ in
      rule.emission(NetworkSnapshot(supply: 1, staked: 0.4), &memory) * perDay
    }
    #expect((rates.last ?? 0) >= 0.00049 && (rates.last ?? 0) < 0.00049 * 1.12)
  }

  /// Aethir checker guide: 15 % of 42e9 over 1,460 days for 91,759 licences.
  @Test func `Aethir's checkers get 47.03 tokens a licence and day`() throws {
    let linear = try policy("{rule: 'linear', tokens: 6300000000, days: 1460}")
    var memory = EmissionMemory()
    let day = linear.emission(NetworkSnapshot(day: 700), &memory)
    #expect(abs(day / 1e6 - 4.315) < 0.0005)
    #expect(abs(day / 91_759 - 47.03) < 0.005)
    let days = (1...2000).map { linear.emission(NetworkSnapshot(day: Double($0)), &memory) }
    #expect(abs(days.reduce(0, +) - 6.3e9) < 1)
    #expect(days[1459] > 0 && days[1460] == 0)
  }

  /// Aethir Edge docs: 9.66e9 ATH over ten years, 40 % in the first, each year 0.603 of the one
  /// before; 21 ATH a device and day. 10,000 devices stay far below the schedule.
  @Test func `Aethir's edge devices get the lower of schedule and rate`() throws {
    let lower = try policy(
      """
      {rule: 'minimum', tokensPerEpochPerNode: 21, schedule: {rule: 'exponential',
       initialTokensPerEpoch: \(0.4 * 9.66e9 / 365), factor: 0.603, stepEpochs: 365}}
      """)
    var memory = EmissionMemory()
    func day(_ number: Int, devices: Int) -> Double {
      lower.emission(NetworkSnapshot(epoch: number, activeNodes: devices), &memory)
    }
    #expect(day(10, devices: 10_000) == 210_000)
    // Five years as the docs give them, of a pool that ten years exhaust but for .1 %.
    let years = (0..<10).map { day(365 * $0, devices: .max / 100) * 365 / 9.66e9 }
    for (year, share) in zip(years, [0.4, 0.2412, 0.1454, 0.0877, 0.0529]) {
      #expect(abs(year - share) < 5e-5)
    }
    #expect(abs(years.reduce(0, +) - 1.001) < 5e-4)
    let scheduled = 0.4 * 9.66e9 / 365 * 0.603
    #expect(abs(day(400, devices: 1_000_000) - scheduled) < 1e-6 * scheduled)
    #expect(!lower.isSchedule)
  }

  /// Render RNP-023: at 2 USD, revenue of 356,699 USD a month burns 95,374 RENDER and rewards 88,240,
  /// which is less by 4 % of revenue.
  @Test func `Salad's suppliers get what is burned, less four percent of revenue`() throws {
    let linked = try policy(
      "{rule: 'burnLinked', marginOfSpend: 0.04, leastOfBurn: 0, stepShare: 1000000}")
    var memory = EmissionMemory()
    let issued = linked.emission(
      NetworkSnapshot(price: 2, burned: 95_374, spentUSD: 356_699), &memory)
    #expect(abs(issued - 88_240) < 0.1)
  }

  /// Filecoin: with capacity always above the baseline effective time is time, so that half of all
  /// comes in the first six years; with none only the part by time comes.
  @Test func `Filecoin's parts with all capacity and with none`() throws {
    let text = "{rule: 'capacityCapped', baselineAtAge0: 2.88888888, capacityPerNode: 1}"
    let rule = try policy(text)
    func total(hours: (Int) -> Double) -> Double {
      var memory = EmissionMemory()
      return (0..<2190).reduce(0) { sum, day in
        sum + rule.emission(NetworkSnapshot(epoch: day, onlineHours: hours(day)), &memory)
      }
    }
    #expect(abs(total { _ in 1e9 } / 550e6 - 1) < 1e-9)
    #expect(abs(total { _ in 0 } / 165e6 - 1) < 1e-9)
    // Half of the baseline of each day is effective time that lags one doubling behind:
    // g·C/b₀ = (e^gt - 1) / 2 and θ = ln(1 + g·C/b₀) / g.
    let half = total { 24 * 2.888_888_88 / 2 * Elementary.pow(2, Double($0) / 365) }
    let theta = 365 * Elementary.log(1 + (Elementary.pow(2, 6) - 1) / 2) / Elementary.log(2)
    let expected = 165e6 + 770e6 * (1 - Elementary.pow(2, -theta / 2190))
    // Steps of a day, between which the baseline's growth counts as a line.
    #expect(abs(half / expected - 1) < 1e-5)
  }
}

import Configuration
import Kernel

/// The network's token: how much there is, how more comes, who gets it, and where it trades.
struct TokenSettings: Sendable {
  let name: String
  let decimals: Int
  /// Tokens in free hands at day 0, the pool's and the traders' included [tokens].
  let circulating: Double
  /// Tokens of the protocol's treasury at day 0 [tokens].
  let treasury: Double
  /// Most tokens that may ever have been issued [tokens], and what counts.
  let cap: Double?
  let capCounts: CapCounts
  /// Where rewards come from: the token's own keys first, then those by name.
  private(set) var streams: [EmissionStream]
  private(set) var vesting: [VestingClass]
  /// Nil: holders bond nothing.
  let staking: StakingTerms?
  let market: MarketSettings

  /// What counts against the cap.
  enum CapCounts: String, CaseIterable, Sendable {
    /// All that ever came into being, burned tokens among them.
    case issued
    /// What is there: as many may come again as were burned.
    case supply
  }

  init?(market: MarketSettings?, reading fields: inout FieldReader) {
    name = fields.text("name", "its ticker", default: "TOKEN")
    decimals = fields.count("decimals", "digits behind the point", in: 0...12, default: 6)
    circulating = fields.number(
      "circulating", "tokens in free hands at day 0", unit: "tokens", in: 1...1e12,
      example: 100_000_000)
    treasury = fields.number(
      "treasury", "tokens of the protocol's treasury at day 0", unit: "tokens", in: 0...1e12,
      default: 0)
    cap = fields.optionalNumber(
      "cap", "most tokens that may ever be issued", unit: "tokens", in: 1...1e13,
      example: 1_000_000_000)
    capCounts = fields.choice(
      "capCounts", "what the cap counts: all tokens that ever were, or those that are left",
      default: CapCounts.issued, source: "assumption; Helium and Render issue burned tokens again")
    let emission = fields.rule("emission", "tokens issued per epoch", from: EmissionPolicies.all)
    let emissionScale = fields.number(
      "emissionScale", "a factor on the emission", in: 0...1000, default: 1)
    let rewards = fields.object("rewards", "who gets the emission") { fields in
      RewardAllocation(reading: &fields)
    }
    let named = fields.named("streams", "further sources of rewards, by name") { name, stream in
      EmissionStream(name: name, reading: &stream)
    }.map(\.value)
    streams = [EmissionStream(emission, scale: emissionScale, rewards)] + named
    vesting = fields.named("vesting", "tokens that become free later") { name, vesting in
      VestingClass(name: name, reading: &vesting)
    }.map(\.value)
    staking = fields.object("staking", "holders who bond tokens") { fields in
      StakingTerms(reading: &fields)
    }
    if emission != nil, rewards == nil {
      fields.refuse(
        "emission", expected: "rewards beside it", found: "no rewards",
        help: "write \"rewards\": {work: 1}, or other parts that add to 1")
    }
    let locked = vesting.reduce(0) { $0 + $1.tokens }
    let pools = streams.reduce(0) { $0 + $1.genesisTokens }
    let genesis = circulating + treasury + locked + pools
    Self.checkPools(of: streams, treasury: treasury, &fields)
    if let cap, locked > cap {
      let terms = vesting.map { "\($0.name) \(numberText($0.tokens))" }.joined(separator: " + ")
      fields.refuse(
        "vesting", expected: "unlocks within the cap of \(numberText(cap)) tokens",
        found: "\(terms) = \(numberText(locked))",
        help: "raise the cap by \(numberText(genesis - cap)), or lock fewer tokens")
    } else if let cap, genesis > cap {
      fields.refuse(
        "cap",
        expected: pools > 0
          ? "at least circulating + treasury + vesting + pools = "
            + sumText([circulating, treasury, locked, pools])
          : "at least circulating + treasury + vesting = "
            + sumText([circulating, treasury, locked]), found: numberText(cap),
        help: "raise the cap by \(numberText(genesis - cap)), or lower what exists at the start")
    }
    // Below 2^62, so that the sum of any two balances is below 2^63.
    let scale = Elementary.pow(10, Double(decimals))
    if max(genesis, cap ?? 0) * scale > 4.6e18 {
      fields.refuse(
        "decimals", expected: "largest supply x 10^decimals below 2^62, about 4.6e18",
        found: "\(numberText(max(genesis, cap ?? 0))) x 10^\(decimals) = "
          + numberText(max(genesis, cap ?? 0) * scale), help: "use fewer decimals")
    }
    guard let market else { return nil }
    self.market = market
    check(market, scale, &fields)
    checkOpeningStake(&fields)
  }

  /// What is set aside out of the treasury must be there.
  private static func checkPools(
    of streams: [EmissionStream], treasury: Double, _ fields: inout FieldReader
  ) {
    let aside = streams.filter { $0.treasuryTokens > 0 }
    let sum = aside.reduce(0) { $0 + $1.treasuryTokens }
    guard sum > treasury else { return }
    let terms = aside.map { "\($0.name) \(numberText($0.treasuryTokens))" }
    fields.refuse(
      "streams", expected: "pools within the treasury's \(numberText(treasury)) tokens",
      found: terms.joined(separator: " + ") + (terms.count > 1 ? " = \(numberText(sum))" : ""),
      help: "raise the treasury by \(numberText(sum - treasury)), or lower poolTokens")
  }

  /// Tokens of the treasury that no pool was made of [tokens].
  var treasuryLeft: Double { treasury - streams.reduce(0) { $0 + $1.treasuryTokens } }

  /// Reserves are whole units: a pool must have some, and dollars must fit the ledger.
  private func check(_ market: MarketSettings, _ scale: Double, _ fields: inout FieldReader) {
    if market.openingPrice / scale > 0.01 {
      fields.warn(
        "decimals", expected: "a base unit worth at most .01 USD",
        found: "\(numberText(market.openingPrice)) USD ÷ 10^\(decimals) = "
          + "\(numberText(market.openingPrice / scale)) USD",
        help: "payments of less than a base unit are lost: use more decimals")
    }
    let dollars = market.openingDollars(circulating: circulating)
    if dollars > 1e12 {
      fields.refuse(
        "circulating", expected: "traders and a pool with at most 1e12 USD at day 0",
        found: "\(dollars) USD", help: "lower circulating or the opening price")
    }
    switch market.rule {
    case .pool(let pool), .anchored(let pool, _):
      let tokens = circulating * pool.shareOfCap
      let units = min(tokens * scale, tokens * pool.openingPrice * 1e6)
      if units < 1 {
        fields.refuse(
          "circulating", expected: "a pool that holds a base unit and a micro-dollar at least",
          found: "\(tokens) tokens at \(pool.openingPrice) USD",
          help: "raise circulating, poolShareOfCap or decimals")
      }
    case .orderBook, .exogenous, .networkValue, .imbalance: break
    }
  }

  /// Largest part that an open stream gives to a receiver [1].
  func part(_ receiver: RewardReceiver) -> Double {
    streams.filter(\.isOpen).compactMap { $0.rewards?.part(receiver) }.max() ?? 0
  }

  /// Puts further streams and vesting classes where they stand in the lists, and closed ones in their
  /// midst.
  mutating func align(streams names: [String], vesting classes: [String]) {
    let further = streams.dropFirst()
    streams =
      [streams[0]]
      + names.map { name in
        further.first { $0.name == name } ?? EmissionStream(closed: name)
      }
    vesting = classes.map { name in
      vesting.first { $0.name == name } ?? VestingClass(closed: name)
    }
  }

  /// The key path of something of day 0 that differs from `other`, or nil.
  func structuralDifference(from other: TokenSettings) -> String? {
    if decimals != other.decimals { return "token.decimals" }
    if circulating != other.circulating { return "token.circulating" }
    return treasury == other.treasury ? nil : "token.treasury"
  }
}

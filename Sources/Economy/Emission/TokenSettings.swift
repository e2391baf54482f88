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
  /// Most tokens that may ever have been issued, burned ones included [tokens].
  let cap: Double?
  let emission: (any EmissionPolicy)?
  let emissionScale: Double
  let rewards: RewardAllocation?
  let vesting: [VestingClass]
  /// Nil: holders bond nothing.
  let staking: StakingTerms?
  let market: MarketSettings

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
    emission = fields.rule("emission", "tokens issued per epoch", from: EmissionPolicies.all)
    emissionScale = fields.number(
      "emissionScale", "a factor on the emission", in: 0...1000, default: 1)
    rewards = fields.object("rewards", "who gets the emission") { fields in
      RewardAllocation(reading: &fields)
    }
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
    let genesis = circulating + treasury + locked
    if let cap, locked > cap {
      let terms = vesting.map { "\($0.name) \(numberText($0.tokens))" }.joined(separator: " + ")
      fields.refuse(
        "vesting", expected: "unlocks within the cap of \(numberText(cap)) tokens",
        found: "\(terms) = \(numberText(locked))",
        help: "raise the cap by \(numberText(genesis - cap)), or lock fewer tokens")
    } else if let cap, genesis > cap {
      fields.refuse(
        "cap",
        expected: "at least circulating + treasury + vesting = "
          + sumText([circulating, treasury, locked]), found: numberText(cap),
        help: "raise the cap by \(numberText(genesis - cap)), or lower what exists at the start")
    }
    // Below 2^62, so that the sum of any two balances is below 2^63.
    let scale = Elementary.pow(10, Double(decimals))
    if max(genesis, cap ?? 0) * scale > 4.6e18 {
      fields.refuse(
        "decimals", expected: "largest supply x 10^decimals below 2^62",
        found: "\(max(genesis, cap ?? 0)) x 10^\(decimals)", help: "use fewer decimals")
    }
    guard let market else { return nil }
    self.market = market
    check(market, scale, &fields)
    checkOpeningStake(&fields)
  }

  /// Reserves are whole units: a pool must have some, and dollars must fit the ledger.
  private func check(_ market: MarketSettings, _ scale: Double, _ fields: inout FieldReader) {
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

  /// Part of what is issued that goes to the vault which promised pay comes from [1].
  var rewardVaultPart: Double { emission == nil ? 0 : rewards?.rewardVault ?? 0 }

  func structuralDifference(from other: TokenSettings) -> String? {
    if decimals != other.decimals { return "token.decimals" }
    if circulating != other.circulating { return "token.circulating" }
    if treasury != other.treasury { return "token.treasury" }
    if vesting != other.vesting { return "token.vesting" }
    if let mine = staking?.openingShare, let theirs = other.staking?.openingShare, mine != theirs {
      return "token.staking.openingShare"
    }
    return market.structuralDifference(from: other.market)
  }
}

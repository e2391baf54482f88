import Configuration

/// One subnet: who works for it, what its pool holds at the start, and who sells.
struct Subnet: Sendable {
  enum PoolKind: String, CaseIterable, Sendable { case constantProduct, weighted }

  /// How the miners' share of what it issues is shared out.
  enum Pay: String, CaseIterable, Sendable {
    /// By dollars of the jobs they finished, or by the time they were online.
    case work, online
    /// By the rank that validators give.
    case rank
  }

  let name: String
  /// Whether it is there at this stage of a run, and not at others alone.
  private(set) var isThere = true
  let miners: [String]
  let pay: Pay
  /// Nil: the network's ranking.
  let ranking: Ranking?
  let pool: PoolKind
  /// Whether it shares in the emission; without, it still issues its own token.
  let isFunded: Bool
  /// Reserves, and what stakers hold beside them, at day 0 [tokens, alpha, alpha].
  let tokens: Double
  let alpha: Double
  let alphaHeld: Double
  /// Days since its first emission, at day 0; then its average price is that of the pool.
  let age: Double
  /// For the rules that share out by what is written: its share, and its weight at the root.
  let share: Double
  let weight: Double
  let ownerSellShare: Double
  let minerBurnShare: Double
  /// Tokens a day that holders stake here, and dollars a day of users that buy its token and burn
  /// it.
  let inflow: Double
  let revenue: Double
  /// Day on which it is dissolved; nil: never.
  let end: Double?

  init(name: String, types: [String], reading fields: inout FieldReader) {
    self.name = name
    miners = fields.texts(
      "miners", "types of operator that work for it", default: [], example: ["hobbyist"])
    pay = fields.choice("pay", "how miners share what is theirs", default: Pay.work)
    ranking = fields.object("ranking", "validators of this subnet; else those of the network") {
      Ranking(types: types, reading: &$0)
    }
    pool = fields.choice(
      "pool", "law of its pool", default: PoolKind.constantProduct,
      source: "protocol facts §2.3: at the launch of 2025; weighted since June 2026")
    isFunded = fields.flag(
      "funded", "whether it shares in the emission; without, it still issues its own token",
      default: true, source: "protocol facts §2.2: off for subnets registered after 2026-06-23")
    tokens = fields.number(
      "tokensInPool", "tokens in its pool at day 0; they come out of circulation", unit: "tokens",
      in: 0...1e12, example: 1000)
    alpha = fields.number(
      "alphaInPool", "its own tokens in its pool at day 0", unit: "alpha", in: 0...1e12,
      example: 1000)
    alphaHeld = fields.number(
      "alphaHeld", "its own tokens that stakers hold at day 0", unit: "alpha", in: 0...1e12,
      default: 0)
    age = fields.number(
      "ageDays", "days since its first emission, at day 0", unit: "days", in: 0...36_525,
      default: 0)
    share = fields.share("share", "its share where sharing is fixed", default: 0)
    weight = fields.number(
      "weight", "its weight at the root where sharing is by root", in: 0...1e9, default: 0)
    ownerSellShare = fields.share(
      "ownerSellShare", "share of its part that the owner sells at once", default: 0.5,
      source: "assumption")
    minerBurnShare = fields.share(
      "minerBurnShare", "share of the miners' part that is not issued", default: 0,
      source: "protocol facts §2.2; chosen by owners")
    inflow = fields.number(
      "inflowTokensPerDay", "tokens a day that holders stake here, while they have any",
      unit: "tokens/day", in: 0...1e9, default: 0)
    revenue = fields.number(
      "revenueUSDPerDay", "dollars a day of users that buy its own token and burn it",
      unit: "USD/day", in: 0...1e9, default: 0,
      source: "protocol facts §2: each subnet sells in its own way; unknown")
    end = fields.optionalMoment(
      "endsOn", "day on which it is dissolved and its pool paid out", example: "2026-06-01")
    check(types, &fields)
  }

  private func check(_ types: [String], _ fields: inout FieldReader) {
    guard !fields.isRecording else { return }
    for type in miners where !types.contains(type) {
      fields.refuse(
        name: type, "miners", expected: "types of operators.types", among: types,
        ifNone: "add \"operators\" to the scenario")
    }
    if tokens == 0 || alpha == 0 {
      fields.refuse(
        tokens == 0 ? "tokensInPool" : "alphaInPool",
        expected: "a pool with reserves on both sides",
        found: "0", help: "a pool without reserves has no price")
    }
  }

  /// An amount in base units.
  func units(of amount: KeyPath<Subnet, Double>, _ scale: Double) -> Int64 {
    max(0, Int64((self[keyPath: amount] * scale).rounded()))
  }

  /// The same subnet, at a stage that does not name it.
  var absent: Subnet {
    var absent = self
    absent.isThere = false
    return absent
  }

  /// The key of something it began with that differs from `other`, or nil.
  func structuralDifference(from other: Subnet) -> String? {
    if tokens != other.tokens { return "tokensInPool" }
    if alpha != other.alpha { return "alphaInPool" }
    if alphaHeld != other.alphaHeld { return "alphaHeld" }
    return age == other.age ? nil : "ageDays"
  }
}

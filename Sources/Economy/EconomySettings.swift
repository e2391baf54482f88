public import Configuration
import Kernel

/// Everything that one variant of a scenario says about the network, checked.
public struct EconomySettings: Sendable {
  var epoch: SimDuration
  let cut: ArrowSet
  /// Empty: there is one place, and no distance.
  let regions: [Region]
  private(set) var hardware: [HardwareClass]
  let roundTrips: RoundTrips
  let operators: OperatorsSettings
  let eligibility: EligibilitySettings?
  let demand: DemandSettings
  /// Speed of each hardware class for each class of demand, `[demand x hardware]`.
  private let speeds: [Double]
  let matching: MatchingRule
  let pricing: Pricing
  let loss: LossSettings
  let trust: TrustSettings
  /// Nil: nobody bonds anything.
  let collateral: Collateral?
  /// Who scores operators where rewards go by rank.
  let ranking: Ranking
  /// Nil: no token; then there is no market either.
  private(set) var token: TokenSettings?
  /// Nil: nobody trades a token of its own.
  private(set) var subnets: SubnetsSettings?
  let oracle: OracleSettings
  let payment: PaymentSplit
  /// Nil: the protocol spends nothing but what other rules say.
  let treasury: TreasurySettings?
  let shocks: [Shock]
  /// How these settings came into force; nil: they hold from the start.
  public var passage: Passage?
  /// Time between two rows of `flows.csv`, and between two looks at concentration.
  let flowsEvery: SimDuration
  let concentrationEvery: SimDuration

  /// Hardware classes, operator types and demand classes are each numbered in one byte.
  static let mostKinds = 256

  public init(reading fields: inout FieldReader) {
    epoch = .hours(
      fields.number(
        "epochHours", "time between two settlements", unit: "h", in: 0.01...8760, default: 24))
    cut = ArrowSet(fields.choices("cut", "arrows of the loop that are cut", default: [Arrow]()))
    let regions = fields.named(
      "regions", "parts of the world by name", atMost: Self.mostKinds
    ) { name, region in
      Region(name: name, reading: &region)
    }.map(\.value)
    self.regions = regions
    roundTrips = RoundTrips(of: regions, reading: &fields)
    let hardware =
      fields.section("hardware", "kinds of GPU") { fields in
        let classes = fields.named("classes", "kinds of GPU by name", atMost: Self.mostKinds) {
          name, hardware in
          HardwareClass(name: name, reading: &hardware)
        }.map(\.value)
        classes.checkSuccessors(&fields)
        return classes
      }
    self.hardware = hardware
    let operators = fields.section("operators", "the supply side") { fields in
      OperatorsSettings(hardware: hardware, regions: regions, reading: &fields)
    }
    self.operators = operators
    let clouds = fields.named("clouds", "clouds that users could rent from, by name") {
      name, cloud in
      Cloud(name: name, reading: &cloud)
    }.map(\.value)
    eligibility = fields.object("eligibility", "which nodes may work") { fields in
      EligibilitySettings(reading: &fields)
    }
    demand = fields.section("demand", "the demand side") { fields in
      DemandSettings(
        hardware: hardware, regions: regions, operators: operators, clouds: clouds,
        reading: &fields)
    }
    speeds = demand.classes.flatMap { jobs in hardware.map { $0.speed(for: jobs.workload) } }
    matching =
      fields.rule(
        "matching", "which node gets a job", from: MatchingRule.choices, default: "random")
      ?? .randomIdle
    pricing =
      fields.rule("pricing", "how the asked price moves", from: Pricing.choices, default: "posted")
      ?? .posted
    loss = fields.section("loss", "jobs whose node goes away", LossSettings.init(reading:))
    let classes = demand.classes.map(\.name)
    trust = fields.section("trust", "work that is checked") { fields in
      let candidates = operators.types.reduce(0) { $0 + $1.roster.candidates }
      return TrustSettings(
        operators: candidates > 0 ? candidates : nil, classes: classes, reading: &fields)
    }
    collateral = fields.section("staking", "what is bonded") { fields in
      fields.object("collateral", "what operators bond for their nodes") { fields in
        Collateral(hardware: hardware.map(\.name), reading: &fields)
      }
    }
    ranking = fields.section("ranking", "validators who score operators") { fields in
      Ranking(types: operators.types.map(\.name), reading: &fields)
    }
    let market = fields.rule("market", "where the token trades", from: MarketSettings.choices)
    if fields.hasSome("token"), !fields.hasSome("market") {
      fields.refuse(
        "token", expected: "a market beside the token", found: "none",
        help: "add \"market\", or write \"token\": \"none\"")
    }
    let token = fields.object("token", "the network's token") { fields in
      TokenSettings(market: market, reading: &fields)
    }.flatMap { $0 }
    subnets = fields.object("subnets", "markets of work with tokens of their own") { fields in
      SubnetsSettings(types: operators.types.map(\.name), reading: &fields)
    }
    self.token = token
    oracle =
      fields.rule(
        "oracle", "what settlements take the token to be worth", from: OracleSettings.choices,
        default: "spot") ?? .spot
    payment = fields.section("payment", "what becomes of a paid dollar") { fields in
      PaymentSplit(hardware: hardware.map(\.name), token: token, reading: &fields)
    }
    treasury = fields.object("treasury", "what the protocol spends of its own") { fields in
      TreasurySettings(reading: &fields)
    }
    let intensity = fields.number(
      "shockIntensity", "multiplies the intensity of every shock", in: 0...100, default: 1)
    shocks = fields.named("shocks", "what happens from outside") { name, shock in
      Shock(
        name: name, scale: intensity, regions: regions.map(\.name),
        vesting: token?.vesting.map(\.name) ?? [], hardware: hardware.map(\.name),
        reading: &shock)
    }.map(\.value)
    flowsEvery = .days(
      fields.number(
        "flowsEveryDays", "time between two rows of flows.csv", unit: "days", in: 0.01...3650,
        default: 30))
    concentrationEvery = .days(
      fields.number(
        "concentrationEveryDays", "time over which income is compared between operators",
        unit: "days", in: 0.01...3650, default: 30))
    check(&fields)
  }

  mutating func align(streams: [String], vesting: [String], subnets all: [Subnet]) {
    token?.align(streams: streams, vesting: vesting)
    subnets?.align(all)
  }

  /// The successor of a class has come.
  mutating func supersede(hardware column: Int) { hardware[column].supersede() }

  /// Newer generations than those of the file have come, or gone.
  mutating func value(hardware column: Int, at newness: Double) {
    hardware[column].newness = newness
  }

  /// Work per hour of a hardware class on jobs of a class of demand, against its reference GPU [1].
  @inline(__always)
  func speed(of column: Int, for kind: Int) -> Double { speeds[kind * hardware.count + column] }

  /// The key path of something that differs from `other` and that no amendment may change, or nil.
  public func structuralDifference(from other: EconomySettings) -> String? {
    if hardware.map(\.name) != other.hardware.map(\.name) { return "hardware.classes" }
    for (mine, theirs) in zip(hardware, other.hardware) {
      if mine.availableFrom != theirs.availableFrom {
        return "hardware.classes.\(mine.name).availableFrom"
      }
      if mine.successor?.name != theirs.successor?.name {
        return "hardware.classes.\(mine.name).supersededBy"
      }
    }
    if regions != other.regions { return "regions" }
    if operators.types.map(\.name) != other.operators.types.map(\.name) { return "operators.types" }
    if operators.repairCrew != other.operators.repairCrew { return "operators.repairCrew" }
    if operators.outages != other.operators.outages { return "operators.outages" }
    if operators.expectation.seesPrices != other.operators.expectation.seesPrices {
      return "operators.expectation"
    }
    if let key = matching.structuralDifference(from: other.matching) { return "matching.\(key)" }
    if cut.contains(.revenueToPrice) != other.cut.contains(.revenueToPrice) { return "cut" }
    for (mine, theirs) in zip(operators.types, other.operators.types) {
      if let key = mine.structuralDifference(from: theirs) {
        return "operators.types.\(mine.name).\(key)"
      }
    }
    if demand.classes.map(\.name) != other.demand.classes.map(\.name) { return "demand.classes" }
    if let path = ceilingDifference(from: other) { return path }
    for (mine, theirs) in zip(demand.classes, other.demand.classes)
    where mine.trace != theirs.trace {
      return "demand.classes.\(mine.name).trace"
    }
    for (mine, theirs) in zip(demand.classes, other.demand.classes)
    where !mine.contract.isSameKind(as: theirs.contract) {
      return "demand.classes.\(mine.name).contract"
    }
    if shocks != other.shocks { return "shocks" }
    if let mine = subnets, let theirs = other.subnets,
      let key = mine.structuralDifference(from: theirs)
    {
      return "subnets.\(key)"
    }
    guard let token, let theirs = other.token else {
      return (token == nil) == (other.token == nil) ? nil : "token"
    }
    return token.structuralDifference(from: theirs)
  }

  /// The key path of something whose luck differs from `other`'s, or nil: a class or type at
  /// another place, or a class whose potential arrivals differ.
  ///
  /// Base rate, shape, growth and headroom make the ceiling that luck is drawn on: what is compared
  /// may thin it, not change it.
  public func ceilingDifference(from other: EconomySettings) -> String? {
    // Luck is keyed by the place of a class or type in the file.
    for (place, mine) in demand.classes.enumerated() {
      let theirs = other.demand.classes.firstIndex { $0.name == mine.name }
      if let theirs, theirs != place { return "demand.classes.\(mine.name)" }
    }
    for (place, mine) in operators.types.enumerated() {
      let theirs = other.operators.types.firstIndex { $0.name == mine.name }
      if let theirs, theirs != place { return "operators.types.\(mine.name)" }
    }
    for mine in demand.classes {
      guard let theirs = other.demand.classes.first(where: { $0.name == mine.name }),
        let ceiling = mine.ceiling, let before = theirs.ceiling
      else { continue }
      if let key = ceiling.difference(from: before) { return "demand.classes.\(mine.name).\(key)" }
    }
    return nil
  }
}

extension EconomySettings {
  private func check(_ fields: inout FieldReader) {
    operators.expectation.check(token: token, cut: cut, &fields)
    if !fields.hasSome("token"), payment.needsToken {
      fields.refuse(
        "payment", expected: "dollars only, since there is no token", found: "a share in tokens",
        help: "give the network a token and a market, or pay in dollars")
    }
    if !fields.hasSome("token"), collateral?.asset == .token {
      fields.refuse(
        "staking", expected: "collateral in dollars, since there is no token",
        found: "tokensPerNode", help: "write usdPerNode, or give the network a token and a market")
    }
    subnets?.check(token, &fields)
    if let part = token?.part(.subnets), part > 0, subnets == nil, !fields.isRecording {
      fields.refuse(
        "token", expected: "subnets beside rewards.subnets = \(numberText(part))", found: "none",
        help: "add \"subnets\": {networks: {NAME: {tokensInPool: 1000, alphaInPool: 1000}}}")
    }
    if !fields.hasSome("token"), fields.hasSome("oracle") {
      fields.warn(
        "oracle", expected: "a token, whose price the oracle reads", found: "none",
        help: "give the network a token and a market, or leave oracle out")
    }
    checkShocks(&fields)
    if payment.usesCredits,
      let prepaid = demand.classes.first(where: { $0.contract.prepaid != nil })
    {
      fields.refuse(
        "demand", expected: "contracts on demand beside payment in credits, which are bought ahead",
        found: "prepaid in \(prepaid.name)", help: "leave the contract out, or pay in dollars")
    }
    if payment.stakers > 0 || token?.part(.stakers) ?? 0 > 0, token?.staking == nil {
      let key = payment.stakers > 0 ? "payment" : "token"
      fields.refuse(
        key, expected: "token.staking beside a share for stakers", found: "none",
        help: "write \"staking\": {} in the token, or give the share to others")
    }
    if operators.types.isEmpty, let first = demand.classes.first, !fields.isRecording {
      fields.warn(
        "operators", expected: "a type of operator, who serves \(first.name)", found: "none",
        help: "no job is ever done: add operators.types, or leave demand out")
    }
    if hardware.isEmpty, !operators.types.isEmpty {
      fields.refuse(
        "hardware", expected: "at least one class", found: "none",
        help: "operators own machines of hardware.classes")
    }
    checkVaults(&fields)
    checkNeeds(&fields)
    checkRewards(&fields)
    checkMatching(&fields)
    checkEligibility(&fields)
    checkLocks(&fields)
  }
}

import Configuration
import Kernel

/// Markets of work inside a network, each with a token of its own ("alpha") and a pool of the two.
///
/// At every settlement the part of the emission that is theirs goes into the pools by a rule; each
/// subnet issues its own token to miners, validators with their stakers, and its owner; miners sell
/// some of theirs into the pool; stakers move to where the yield is higher; who comes to mine burns.
///
/// Source: Bittensor, protocol facts §2.
struct SubnetsSettings: Sendable {
  /// What limits the alpha that an epoch's emission brings into a pool.
  enum InjectionLimit: String, CaseIterable, Sendable {
    /// The root proportion of what the subnet issues (2026).
    case rootShare
    /// All of what the subnet issues (2025).
    case issuance
  }

  /// What becomes of emission above that limit.
  enum Excess: String, CaseIterable, Sendable {
    /// It buys alpha from the pool, which the protocol keeps.
    case buys
    /// It joins a weighted pool alone, whose weights move; what finds no room buys.
    case joins
  }

  /// Shares of what a subnet issues; they add to 1.
  struct Parts: Sendable {
    let miners: Double
    let stakers: Double
    let owner: Double

    init(reading fields: inout FieldReader) {
      let source = "protocol facts §2.3: 18 % and half of the rest each"
      miners = fields.share("miners", "share of those who work", default: 0.41, source: source)
      stakers = fields.share(
        "stakers", "share of validators and who stakes with them", default: 0.41, source: source)
      owner = fields.share("owner", "share of the subnet's owner", default: 0.18, source: source)
      fields.refuse(
        "shares", unlessWhole: [("miners", miners), ("stakers", stakers), ("owner", owner)])
    }
  }

  private(set) var list: [Subnet]
  let sharing: any SubnetSharing
  /// What each subnet's own token may come to, and what a block issues of it at first [tokens].
  let cap: Double
  let perBlock: Double
  let blocksPerDay: Double
  let parts: Parts
  let injectionLimit: InjectionLimit
  let excess: Excess
  /// Weight of the network's token beside alpha as stake [1], and what is staked of it at day 0.
  let rootWeight: Double
  let rootStake: Double
  let fee: Double
  let average: PriceAverage
  /// Days in which the average of net inflow halves.
  let flowHalfLife: Double
  let registration: RegistrationPrice.Terms?
  let stakers: StakerMoves?
  /// Column of the subnet that a type of operator works for, `[operator types]`.
  private(set) var subnetOfType: [Int?]

  init(types: [String], reading fields: inout FieldReader) {
    let source = "protocol facts §2.3, subtensor 2026-06-30"
    let list = fields.named("networks", "the subnets by name", atMost: 256) { name, subnet in
      Subnet(name: name, types: types, reading: &subnet)
    }.map(\.value)
    self.list = list
    sharing =
      fields.rule(
        "sharing", "how emission is shared out between them", from: SubnetSharings.all,
        default: "price", source: "protocol facts §2.2, June 2026") ?? PriceSharing()
    cap = fields.number(
      "alphaCap", "most that a subnet may issue of its own token", unit: "alpha", in: 1...1e12,
      default: 21e6, source: "protocol facts §2.1")
    perBlock = fields.number(
      "alphaPerBlock", "what a block issues of it before the first halving", unit: "alpha",
      in: 0...1e9, default: 1, source: "protocol facts §2.1")
    blocksPerDay = fields.number(
      "blocksPerDay", "blocks of a day", unit: "1/day", in: 1...250_000, default: 7200,
      source: "protocol facts §2.1: 12 s")
    parts = fields.section("parts", "who gets what a subnet issues", Parts.init(reading:))
    injectionLimit = fields.choice(
      "injectionLimit", "most alpha that an epoch's emission brings into a pool",
      default: .rootShare, source: source)
    excess = fields.choice(
      "excess", "what becomes of emission above that", default: .buys, source: source)
    rootWeight = fields.share(
      "rootWeight", "weight of the network's token as stake, beside alpha", default: 0.18,
      source: "protocol facts §2.3; the code's default is 0.0527")
    rootStake = fields.number(
      "rootStake", "tokens that are staked on no subnet at day 0; they come out of circulation",
      unit: "tokens", in: 0...1e12, default: 0)
    fee = fields.number(
      "fee", "share of what comes into a pool that is not traded", in: 0...0.5,
      default: 33.0 / 65535, source: source)
    average = PriceAverage(
      base: fields.share(
        "averageBase", "most that a block's price weighs in the average", default: 0.000_003,
        source: "protocol facts §2.2"),
      half: fields.number(
        "averageHalfBlocks", "age at which it weighs half of that", unit: "blocks", in: 0...1e9,
        default: 201_600, source: "protocol facts §2.2"))
    flowHalfLife = fields.number(
      "flowHalfLifeDays", "time in which the average of net inflow halves", unit: "days",
      in: 0.01...3650, default: 30, source: "protocol facts §2.2")
    registration = fields.object("registration", "what a place for a node costs, and burns") {
      RegistrationPrice.Terms(reading: &$0)
    }
    stakers = fields.object("stakers", "how stakers move between subnets") {
      StakerMoves(reading: &$0)
    }
    subnetOfType = types.map { type in list.firstIndex { $0.miners.contains(type) } }
    check(&fields)
  }

  /// Base units that are issued by block.
  func issuance(scale: Double) -> SubnetIssuance {
    SubnetIssuance(
      cap: Int64(min(cap * scale, 4.6e18)), perBlock: Int64(min(perBlock * scale, 4e18).rounded()))
  }

  /// Tokens that pools and root take out of circulation at day 0 [tokens].
  var openingTokens: Double { list.reduce(rootStake) { $0 + $1.tokens } }
}

extension SubnetsSettings {
  private func check(_ fields: inout FieldReader) {
    guard !fields.isRecording else { return }
    if list.isEmpty {
      fields.refuse(
        "networks", expected: "at least one subnet", found: "none",
        help: "add networks: {NAME: {tokensInPool: 1000, alphaInPool: 1000}}, or leave subnets out")
    }
    for (column, subnet) in list.enumerated() {
      for type in subnet.miners {
        guard let other = list[..<column].first(where: { $0.miners.contains(type) }) else {
          continue
        }
        fields.refuse(
          "networks", expected: "each type of operator in one subnet",
          found: "\(type) in \(other.name) and in \(subnet.name)",
          help: "an operator mines for one subnet: make a type of its own for the other")
      }
      let held = subnet.alpha + subnet.alphaHeld
      if held > cap {
        fields.refuse(
          "alphaCap",
          expected: "at least what \(subnet.name) has at day 0: "
            + sumText([subnet.alpha, subnet.alphaHeld]), found: numberText(cap),
          help: "raise alphaCap by \(numberText(held - cap)), or lower what exists")
      }
    }
    if !list.isEmpty, !list.contains(where: \.isFunded) {
      fields.warn(
        "networks", expected: "a funded subnet, which shares in the emission", found: "none",
        help: "rewards.subnets is not issued then: leave funded out of one of them")
    }
    if sharing is FixedSharing, !list.isEmpty {
      let sum = list.reduce(0) { $0 + $1.share }
      if (sum - 1).magnitude > 1e-9 {
        fields.refuse(
          "networks", expected: "shares that add to 1, since sharing is fixed",
          found: sumText(list.map(\.share)),
          help: "set share of " + list.map(\.name).joined(separator: ", "))
      }
    }
    if excess == .joins, !list.contains(where: { $0.pool == .weighted }) {
      fields.refuse(
        "excess", expected: "a weighted pool for it to join", found: "\"joins\"",
        help: "write pool: \"weighted\" in a subnet, or excess: \"buys\"")
    }
  }

  /// What does not fit the token and the market beside it.
  func check(_ token: TokenSettings?, _ fields: inout FieldReader) {
    guard let token else {
      if !fields.hasSome("token") {
        fields.refuse(
          "subnets", expected: "a token that pools can hold", found: "none",
          help: "give the network a token and a market, or leave subnets out")
      }
      return
    }
    let scale = Elementary.pow(10, Double(token.decimals))
    if cap * scale > 4.6e18 {
      fields.refuse(
        "subnets", expected: "alphaCap x 10^decimals below 2^62, about 4.6e18",
        found: "\(numberText(cap)) x 10^\(token.decimals) = \(numberText(cap * scale))",
        help: "lower one of the two")
    }
    for subnet in list where min(subnet.tokens, subnet.alpha) * scale < 1 {
      fields.refuse(
        "subnets", expected: "a pool of \(subnet.name) with a base unit on either side at least",
        found: "\(numberText(subnet.tokens)) tokens and \(numberText(subnet.alpha)) alpha",
        help: "raise tokensInPool and alphaInPool: a pool without reserves has no price")
    }
    let taken = token.market.tradersShare
    let free = token.heldAtStart
    if openingTokens > free * (1 - 1e-9) {
      fields.refuse(
        "subnets",
        expected: "pools and root within what holders have at day 0, "
          + "\(numberText(token.circulating)) x (1 - \(numberText(taken)))",
        found: sumText([rootStake] + list.map(\.tokens)),
        help: "raise token.circulating, or lower tokensInPool and rootStake")
    }
  }

  /// Puts subnets where they stand in a list, and absent ones in their midst.
  mutating func align(_ all: [Subnet]) {
    subnetOfType = subnetOfType.map { column in
      column.flatMap { own in all.firstIndex { $0.name == list[own].name } }
    }
    list = all.map { subnet in list.first { $0.name == subnet.name } ?? subnet.absent }
  }

  /// The key path of something that subnets of both began with and that differs, or nil.
  func structuralDifference(from other: SubnetsSettings) -> String? {
    for mine in list {
      guard let theirs = other.list.first(where: { $0.name == mine.name }) else { continue }
      if let key = mine.structuralDifference(from: theirs) { return "networks.\(mine.name).\(key)" }
    }
    return rootStake == other.rootStake ? nil : "rootStake"
  }
}

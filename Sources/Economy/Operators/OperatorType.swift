import Configuration
import Kernel

/// A kind of operator: who might come, with what, at which cost, and how they decide.
struct OperatorType: Sendable {
  let name: String
  let roster: Roster
  /// Column of the hardware class in ``EconomySettings/hardware``.
  let hardware: Int
  let regions: RegionShares
  /// Line between its nodes and the network, and what it carries towards them [Mbps].
  let access: AccessLine
  let download: Distribution
  let churn: ChurnSettings?
  let costs: Costs
  let tokens: TokenHabits
  /// Nil: operators neither enter nor leave by decisions of their own.
  let decisions: DecisionRule?
  /// Nil: every result is right.
  let cheating: Cheating?
  /// Share of the nodes that are claimed and not there [1].
  let spoofedShare: Double
  /// Nil: their number follows no rule for all of them.
  let aggregate: AggregateRule?
  /// What their machines could do elsewhere; nil: only be sold, with interest on the proceeds.
  let alternative: Alternative?

  /// Candidates and what belongs to them from the start; no amendment may change it.
  struct Roster: Sendable {
    let candidates: Int
    let activeAtStart: Int
    /// Largest fleet a draw may give.
    let largestFleet: Int
  }

  /// What a node costs its operator.
  struct Costs: Sendable {
    /// Tariff of an operator [USD/kWh], and whether it holds in a region that has one of its own.
    let tariff: Distribution
    let namesTariff: Bool
    /// Site, line and care [USD/node-day].
    let operating: Double
    /// Deviation of the logarithm of an operator's costs around these [1].
    let spread: Double
    /// Share of candidates that own the machines already [1].
    let ownedShare: Double
    /// Dollars an operator starts with, in days of running cost.
    let cashDays: Double
  }

  struct TokenHabits: Sendable {
    /// Share of tokens received that is sold at the next market step [1].
    let sellShare: Double
    /// Whether bills that dollars do not cover are paid from tokens that were kept.
    let forcedSale: Bool
  }

  let nodesPerOperator: Distribution

  init(
    name: String, hardware classes: [HardwareClass], regions: [Region] = [],
    reading fields: inout FieldReader
  ) {
    self.name = name
    self.regions = RegionShares(of: regions, reading: &fields)
    let candidates = fields.count(
      "candidates", "operators who might ever take part", in: 1...5_000_000)
    let active = fields.count(
      "activeAtStart", "of these, in the network at day 0", in: 0...5_000_000)
    if active > candidates {
      fields.refuse(
        "activeAtStart", expected: "at most candidates (\(candidates))", found: "\(active)",
        help: "raise candidates or lower activeAtStart")
    }
    let largest = fields.count(
      "largestFleet", "most nodes an operator may own", in: 1...16_000_000, default: 1000)
    nodesPerOperator = fields.distribution(
      "nodesPerOperator", "nodes of one operator, rounded, at least 1", default: .fixed(1))
    roster = Roster(
      candidates: candidates, activeAtStart: min(active, candidates), largestFleet: largest)
    let wanted = fields.text("hardware", "name of the hardware class", example: "rtx4090")
    if let column = classes.firstIndex(where: { $0.name == wanted }) {
      hardware = column
    } else {
      hardware = 0
      fields.refuse(
        name: wanted, "hardware", expected: "a class of hardware.classes",
        among: classes.map(\.name), ifNone: "add \"hardware\" to the scenario")
    }
    access = fields.choice(
      "access", "line of its nodes", default: AccessLine.datacentre, source: "assumption")
    download = fields.distribution(
      "downloadMbps", "what the line of an operator carries towards it [Mbps]",
      default: .fixed(300), source: "model-facts §4.2: median 298 in the US")
    churn = fields.object("churn", "sessions and failures of the nodes") { churn in
      ChurnSettings(regions: regions, reading: &churn)
    }
    costs = Costs(reading: &fields)
    tokens = TokenHabits(
      sellShare: fields.share(
        "sellShare", "share of tokens received that is sold at the next market step",
        default: 0.7, source: "model-facts §5.4: public miners as proxy; DePIN unknown"),
      forcedSale: fields.flag(
        "forcedSale",
        "tokens that were kept are sold at the next market step where dollars do not cover bills",
        default: true, source: "model-facts §5.4: miners sold inventory under stress"))
    decisions = fields.object("decisions", "entry and exit") { decisions in
      DecisionRule(reading: &decisions)
    }
    cheating = fields.rule("cheats", "results that are wrong", from: Cheating.choices)
    spoofedShare = fields.share(
      "spoofedShare", "share of the nodes that are claimed and not there", default: 0,
      source: "model-facts §6: 97.6 % of the claims at io.net in April 2024")
    aggregate = fields.rule(
      "aggregate", "a rule for the number of nodes, in place of decisions",
      from: AggregateRule.choices)
    alternative = fields.rule(
      "alternative",
      "what their machines could do elsewhere; none: be sold, with interest on the proceeds",
      from: Alternative.choices)
    check(classes.isEmpty ? nil : classes[hardware], &fields)
  }
}

extension OperatorType {
  private func check(_ hardware: HardwareClass?, _ fields: inout FieldReader) {
    guard !fields.isRecording else { return }
    if aggregate != nil, decisions != nil {
      fields.refuse(
        "aggregate", expected: "either decisions or aggregate", found: "both",
        help: "operators decide one by one, or their number follows a rule: leave one of them out")
    }
    guard let hardware, let day = hardware.availableFrom, day > 0 else { return }
    if roster.activeAtStart > 0 {
      fields.refuse(
        "activeAtStart", expected: "0, since \(hardware.name) comes on day \(numberText(day))",
        found: "\(roster.activeAtStart)", help: "let them enter later, or take availableFrom away")
    }
    if costs.ownedShare > 0 {
      fields.refuse(
        "ownedShare", expected: "0, since \(hardware.name) comes on day \(numberText(day))",
        found: numberText(costs.ownedShare), help: "nobody owns what cannot be bought yet")
    }
  }

  /// Where a candidate is, as a column of the regions.
  func region(of number: Int, type: Int, _ luck: Luck) -> Int {
    if regions.isOne { return regions.column(at: 0) }
    var stream = luck.stream(.region, entity: Identity.candidate(type: type, number: number))
    return regions.column(at: stream.uniform())
  }

  /// The law of the tariffs in a region [USD/kWh].
  func tariff(in region: Int, of regions: [Region]) -> Distribution {
    if costs.namesTariff || regions.isEmpty { return costs.tariff }
    return regions[region].tariff ?? costs.tariff
  }

  /// The mean tariff over its regions [USD/kWh].
  func meanTariff(_ all: [Region]) -> Double {
    regions.mean { tariff(in: $0, of: all).mean }
  }

  /// The key of something that belongs to candidates from the start and differs, or nil.
  func structuralDifference(from other: OperatorType) -> String? {
    if roster.candidates != other.roster.candidates { return "candidates" }
    if roster.activeAtStart != other.roster.activeAtStart { return "activeAtStart" }
    if roster.largestFleet != other.roster.largestFleet { return "largestFleet" }
    if nodesPerOperator != other.nodesPerOperator { return "nodesPerOperator" }
    if hardware != other.hardware { return "hardware" }
    if regions != other.regions { return "regions" }
    if download != other.download { return "downloadMbps" }
    if costs.tariff != other.costs.tariff { return "electricityUSDPerKWh" }
    if costs.spread != other.costs.spread { return "costSpread" }
    if spoofedShare != other.spoofedShare { return "spoofedShare" }
    if (aggregate == nil) != (other.aggregate == nil) { return "aggregate" }
    return costs.ownedShare == other.costs.ownedShare ? nil : "ownedShare"
  }
}

extension OperatorType.Costs {
  fileprivate init(reading fields: inout FieldReader) {
    namesTariff = fields.hasSome("electricityUSDPerKWh")
    tariff = fields.distribution(
      "electricityUSDPerKWh", "tariff of an operator, cut at 1,000 [USD/kWh]",
      default: .fixed(0.165), source: "model-facts §2.3, world, residential")
    operating = fields.number(
      "operatingUSDPerNodeDay", "site, line and care", unit: "USD/node-day", in: 0...1e4,
      default: 0)
    spread = fields.number(
      "costSpread", "deviation of the logarithm of an operator's costs", in: 0...3, default: 0)
    ownedShare = fields.share(
      "ownedShare", "share of candidates that own the machines already", default: 0, source: "")
    cashDays = fields.number(
      "cashDays", "dollars to start with, in days of running cost", unit: "days", in: 0...3650,
      default: 60)
  }
}

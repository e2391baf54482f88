import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct SocialCostTests {
  private static let useful = [
    "price", "waiting", "retries", "delay", "deadlines", "redundancy", "verification",
  ]
  private static let beside = ["lost_work", "protocol_verification", "treasury", "emission"]

  /// Of each class, useful and social cost by its parts; and the total over classes.
  @Test(arguments: [
    [],
    ["trust={audits: {share: 0.5}}", "loss.restart='checkpoint'"],
    ["trust={redundancy: {copies: 2, paidBy: 'protocol'}, audits: {paidBy: 'user'}}"],
    [
      "demand.classes.render.subsidy={share: 0.2}",
      "demand.classes.train.sla={completionHours: 0, paidBy: 'treasury'}",
    ],
  ])
  func `parts of the social cost add up to it, and classes to the total`(settings: [String]) throws
  {
    let dollars = [
      "payment.protocol=0.4", "payment.burn=0", "payment.protocolPaidIn=\"dollars\"",
    ]
    let run = try SmallNetwork.scenario(dollars + settings).finished()
    let rows = run.breakdown().filter { $0.dimension == "class" }
    var weighted = 0.0
    var weights = 0.0
    var parts = Set<String>()
    for (index, demand) in run.state.settings.demand.classes.enumerated() {
      func value(_ name: String) -> Double? {
        rows.first { $0.key == demand.name && $0.measure == name }?.value
      }
      func sum(_ names: [String]) -> Double {
        names.compactMap { name in
          let part = value(name + "_usd_per_useful_gpu_hour") ?? 0
          if part != 0 { parts.insert(name) }
          return part
        }.reduce(0, +)
      }
      let cost = try #require(value("useful_gpu_hour_cost_usd"))
      let social = try #require(value("social_cost_usd_per_useful_gpu_hour"))
      #expect(abs(sum(Self.useful) - cost) < 1e-9)
      #expect(abs(sum(Self.useful + Self.beside) - social) < 1e-9)
      weighted += social * run.state.whole.classes[index].weight
      weights += run.state.whole.classes[index].weight
    }
    let total = try run.measured("social_cost_usd_per_useful_gpu_hour")
    #expect(abs(weighted / weights - total) < 1e-9)
    #expect(parts.isSuperset(of: ["price", "lost_work", "emission"]))
    if !settings.isEmpty {
      #expect(parts.contains("protocol_verification") || parts.contains("treasury"))
    }
    let lost = run.state.whole.classes.reduce(0) { $0 + $1.lostCost }
    let priced = try run.measured("lost_gpu_hours_usd")
    #expect(abs(lost - priced) < 1e-9)
  }

  /// Jobs of 3 h at 0.5 USD on nodes that stay for 12 h on average and start again from nothing: a
  /// job loses 12 (e^¼ - 1) - 3 = 0.4083 h, so that 0.4083 ÷ 3 x 0.5 = 0.0681 USD of each of its
  /// hours is lost beside what its users pay.
  @Test func `lost work is priced as it was asked for`() throws {
    let run = try PlainNetwork.scenario(
      days: 400, nodes: 20,
      classes: "jobs: {arrivalsPerHour: 2, sizeHours: {rule: 'fixed', value: 3}, "
        + "hardware: ['gpu']}",
      others: "loss: {detectionSeconds: 0}",
      setting: [
        "operators.types.host.churn={sessionHours: {rule: 'exponential', mean: 12}, "
          + "offlineHours: {rule: 'exponential', mean: 1}}"
      ]
    ).finished()
    let social = try run.measured("social_cost_usd_per_useful_gpu_hour")
    // 19,200 jobs lose 0.41 h each with a deviation of 0.98 h: 0.0012 USD; four deviations.
    let useful = try run.measured("useful_gpu_hour_cost_usd")
    #expect(abs(social - useful - 0.0681) < 0.005)
  }

  /// Every lost hour has a price: of attempts that a check threw out, and of spot jobs.
  @Test func `whatever loses work, all of it is priced`() throws {
    let run = try PlainNetwork.scenario(
      classes: "jobs: {arrivalsPerHour: 3, hardware: ['gpu'], sizeHours: {rule: 'exponential', "
        + "mean: 2}}, spot: {arrivalsPerHour: 3, hardware: ['gpu'], contract: 'spot', "
        + "sizeHours: {rule: 'exponential', mean: 2}}",
      others: "trust: {audits: {share: 0.5}}",
      setting: ["operators.types.host.cheats={rule: 'slips', jobsShare: 0.3}"]
    ).finished()
    let hours = try run.measured("lost_gpu_hours")
    #expect(try run.measured("preemptions") > 100 && run.measured("faults_caught") > 100)
    #expect(abs(try run.measured("lost_gpu_hours_usd") - 0.5 * hours) < 1e-6 * hours)
  }
}

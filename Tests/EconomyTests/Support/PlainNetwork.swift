@testable import Economy
@testable import Scenarios

/// A network of plain machines that never fail, for laws of demand that can be worked out by hand.
enum PlainNetwork {
  /// - Parameters:
  ///   - classes: the members of `demand.classes`; `gpu` is the only hardware, at 0.5 USD/GPU-h.
  ///   - others: further members of the scenario.
  static func text(
    days: Int = 30, nodes: Int = 10, classes: String, others: String = ""
  ) -> String {
    """
    {start: "2025-01-01", horizonDays: \(days), seed: 3, replicates: 1,
     hardware: {classes: {gpu: {priceUSD: 1, busyWatts: 0, idleWatts: 0,
       priceUSDPerGPUHour: 0.5}}},
     operators: {types: {host: {hardware: "gpu", candidates: \(nodes), activeAtStart: \(nodes)}}},
     demand: {classes: {\(classes)}}\(others.isEmpty ? "" : ", " + others)}
    """
  }

  static func scenario(
    days: Int = 30, nodes: Int = 10, classes: String, others: String = "",
    tables: [String: String] = [:], setting settings: [String] = []
  ) throws -> Scenario {
    try Scenario(
      text: text(days: days, nodes: nodes, classes: classes, others: others), tables: tables,
      setting: settings)
  }

  /// What the user is told about a scenario that is wrong.
  static func refusal(
    classes: String, others: String = "", tables: [String: String] = [:]
  ) -> String {
    do {
      _ = try scenario(classes: classes, others: others, tables: tables)
      return ""
    } catch {
      return "\(error)"
    }
  }
}

extension NetworkRun {
  /// Dollars that moved for a reason over the whole run, in micro-dollars.
  func moved(_ reason: Reason) -> Int64 {
    var run = self
    let rows = run.takeFlows().filter { $0.asset == "USD" && $0.reason == reason.name }
    return rows.reduce(0) { $0 + (Int64($1.amount.filter { $0 != "." }) ?? 0) }
  }

  /// A measure of a class of demand over the whole run.
  func measured(_ name: String, of demand: String) -> Double {
    breakdown().first { $0.measure == name && $0.key == demand }?.value ?? .nan
  }
}

import Kernel

extension Measure {
  /// How nodes come and go.
  static let churn = [
    Measure("sessions_ended", "sessions", .flow, "sessions whose node was taken away") {
      $0.sessionsEnded
    },
    Measure(
      "drained_nodes", "nodes", .flow, "nodes that finished their job after a notice and left"
    ) { $0.drained },
    Measure("node_failures", "failures", .flow, "nodes that broke, transient errors included") {
      $0.failures
    },
    Measure("transient_errors", "failures", .flow, "failures that a restart cured") {
      $0.transientErrors
    },
    Measure("outages", "outages", .flow, "outages with a shared cause that began") { $0.outages },
    Measure(
      "outage_share", "1", .ratio,
      "node-hours in a session but cut off by outages / node-hours registered and not online"
    ) { Totals.hours($0.cutOffNodes) / Totals.hours($0.activeNodes - $0.onlineNodes) },
    Measure(
      "repair_share", "1", .ratio,
      "node-hours broken, the line for a crew included / node-hours registered and not online"
    ) { Totals.hours($0.brokenNodes) / Totals.hours($0.activeNodes - $0.onlineNodes) },
    Measure("mttf_hours", "h", .ratio, "online node-hours / node_failures") {
      Totals.hours($0.onlineNodes) / $0.failures
    },
    Measure("mttr_hours", "h", .ratio, "node-hours broken / node_failures") {
      Totals.hours($0.brokenNodes) / $0.failures
    },
  ]
}

import Testing

@testable import Economy
@testable import Scenarios

/// Twenty hosts with a node each at 1 USD/h, jobs of 2 h, and whatever else a test lays over them.
enum CheckedNetwork {
  static func scenario(
    days: Double = 20, hosts: Int = 20, host: String = "", jobs: String = "",
    payment: String = "provider: 0.9, protocol: 0.1, burn: 0", _ rest: String = "",
    arrivalsPerHour: Double = 2, sizeHours: Double = 2
  ) throws -> Scenario {
    try Scenario(
      text: """
        {start: "2025-01-01", horizonDays: \(days), seed: 3,
         hardware: {classes: {gpu: {priceUSD: 100, busyWatts: 100, idleWatts: 10,
           priceUSDPerGPUHour: 1}}},
         operators: {types: {host: {hardware: "gpu", candidates: \(hosts),
           activeAtStart: \(hosts), \(host)}}},
         demand: {classes: {jobs: {hardware: ["gpu"], arrivalsPerHour: \(arrivalsPerHour), headroom: 1,
           sizeHours: {rule: "fixed", value: \(sizeHours)}, \(jobs)}}},
         payment: {\(payment)}, loss: {detectionSeconds: 0}, \(rest)}
        """)
  }

  /// The totals of the whole run.
  static func run(
    days: Double = 20, hosts: Int = 20, host: String = "", jobs: String = "",
    payment: String = "provider: 0.9, protocol: 0.1, burn: 0", _ rest: String = ""
  ) throws -> NetworkState {
    try scenario(days: days, hosts: hosts, host: host, jobs: jobs, payment: payment, rest)
      .finished().state
  }
}

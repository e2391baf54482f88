import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct ClientsTests {
  private func clients(_ text: String) throws -> Clients {
    try read(text) { Clients(reading: &$0) }
  }

  @Test func `shares fall as a power of the rank`() throws {
    let four = try clients("{count: 4, zipf: 1}")
    // 1, 1/2, 1/3, 1/4 of 25/12.
    let shares = [12.0, 6, 4, 3].map { $0 / 25 }
    for client in 0..<4 {
      let share = four.share(ofFirst: client + 1) - four.share(ofFirst: client)
      #expect(abs(share - shares[client]) < 1e-12)
    }
    #expect(
      [0, 0.47, 0.49, 0.71, 0.73, 0.87, 0.89, 0.999].map(four.client) == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(try clients("{count: 1}").client(at: 0.5) == 0)
    #expect(try clients("{count: 3, zipf: 0}").client(at: 0.6) == 1)
  }

  @Test func `a hundred clients are as unequal as observed`() throws {
    // model-facts §3.2: the top five clients have 43 % of the load.
    #expect(abs(try clients("{}").share(ofFirst: 5) - 0.43) < 0.02)
  }

  @Test func `a client stays or leaves as a whole`() throws {
    let scenario = try PlainNetwork.scenario(
      days: 20, nodes: 1,
      classes: "jobs: {arrivalsPerHour: 2, headroom: 1, hardware: ['gpu'], clients: {count: 1}}",
      others: "cut: ['jobsToNodes'], shocks: {fall: {target: 'demand', on: 10, factor: 0.4}}")
    var stayed = 0
    for replicate in 1...40 {
      var run = scenario.run(replicate: UInt32(replicate))
      try run.run(until: .days(20))
      let arrived = try run.takeSeries().column("jobs_arrived").dropFirst()
      let (before, after) = (arrived.prefix(10).reduce(0, +), arrived.suffix(10).reduce(0, +))
      // Poisson with a mean of 480: 4 standard deviations.
      #expect(abs(before - 480) < 88)
      #expect(after == 0 || abs(after - 480) < 88)
      if after > 0 { stayed += 1 }
    }
    // Binomial with a mean of 16: 4 standard deviations of √(40 x 0.24).
    #expect(abs(Double(stayed) - 16) < 12.4)
  }
}

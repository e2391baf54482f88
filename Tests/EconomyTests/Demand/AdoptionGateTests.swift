import Kernel
import Testing

@testable import Economy
@testable import Scenarios

struct AdoptionGateTests {
  private func gate(_ text: String) throws -> AdoptionGate {
    try read(text) { AdoptionGate(reading: &$0) }
  }

  @Test func `users come above one level and go below another`() throws {
    let gate = try gate("{measure: 'availability', above: 0.9, until: 0.7, memoryDays: 1}")
    var memory = AdoptionGate.Memory()
    func learn(_ value: Double) -> Bool {
      memory.learn(value, days: 1, gate)
      return memory.isOpen
    }
    #expect(!learn(.nan) && memory.value == nil)
    #expect(!learn(0.5))
    // What is remembered nears 1 as 1 - e^-n/2: 0.816, then 0.932.
    #expect(!learn(1))
    #expect(learn(1))
    #expect(abs((memory.value ?? 0) - (1 - 0.5 * Elementary.exp(-2))) < 1e-14)
    // 0.6 for two days leaves 0.722 and 0.645.
    #expect(learn(0.6))
    #expect(!learn(0.6))
    #expect(!learn(.nan))
  }

  @Test func `a segment is away until it has seen enough`() throws {
    let scenario = try PlainNetwork.scenario(
      days: 10,
      classes: """
        jobs: {arrivalsPerHour: 1, hardware: ["gpu"],
          adoptsAbove: {measure: "availability", above: 0.99}},
        never: {arrivalsPerHour: 1, hardware: ["gpu"],
          adoptsAbove: {measure: "availability", above: 1.5}}
        """)
    var run = try scenario.finished()
    // The first measurement is on day 1; from then on all come.
    let arrived = try run.takeSeries().column("jobs_arrived").dropFirst()
    #expect(arrived.first == 0 && arrived.dropFirst().allSatisfy { $0 > 0 })
    #expect(run.measured("served_gpu_hours", of: "never") == 0)
    #expect(try run.measured("adoption_share") == 0.45)
  }

  @Test func `users who would come and go at once are refused`() throws {
    let said = try complaints(about: "{measure: 'availability', above: 0.9, until: 0.95}") {
      AdoptionGate(reading: &$0)
    }
    #expect(said == ["expected a level not above 0.9, where the users come, found 0.95"])
  }
}

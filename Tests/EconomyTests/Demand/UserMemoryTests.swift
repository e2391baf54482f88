import Configuration
import Kernel
import Testing

@testable import Economy

private func demand(_ text: String) throws -> DemandClass {
  let hardware = try read(
    "{priceUSD: 1, busyWatts: 1, idleWatts: 1, priceUSDPerGPUHour: 2}"
  ) { HardwareClass(name: "gpu", reading: &$0) }
  return try read("{arrivalsPerHour: 1, hardware: ['gpu']\(text)}") {
    DemandClass(name: "jobs", hardware: [hardware], reading: &$0)
  }
}

struct UserMemoryTests {
  @Test func `users forget at the rate of their memory and learn what they met`() throws {
    var users = UserMemory(reference: 2)
    let plain = try demand("")
    let kept = Elementary.exp(-0.1)
    users.paid = 30
    users.usefulHours = 10
    users.abandonedHours = 30
    users.learn(plain, asked: 2, days: 3, memoryDays: 30)
    // A cost of 3 and a service of one quarter, weighed by 1 - e^(-3/30).
    #expect(abs(users.cost - (2 * kept + 3 * (1 - kept))) < 1e-14)
    #expect(abs(users.service - (kept + 0.25 * (1 - kept))) < 1e-14)
    #expect([users.paid, users.usefulHours, users.abandonedHours] == [0, 0, 0])
    #expect(users.response == 1)
  }

  @Test func `an epoch without jobs teaches the asked price alone`() throws {
    var users = UserMemory(reference: 2)
    users.learn(try demand(""), asked: 2, days: 1, memoryDays: 1)
    #expect(users.cost == 2)
    users.learn(try demand(""), asked: 4, days: 1, memoryDays: 1)
    #expect(abs(users.cost - (4 - 2 * Elementary.exp(-1))) < 1e-14)
    #expect(users.service == 1)
  }

  @Test func `demand answers to cost and service by their elasticities`() throws {
    var users = UserMemory(reference: 2)
    users.cost = 4
    users.service = 0.5
    func response(_ text: String) throws -> Double {
      users.respond(try demand(text))
      return users.response
    }
    #expect(try response("") == 1)
    #expect(abs(try response(", priceElasticity: -1") - 0.5) < 1e-15)
    #expect(abs(try response(", serviceElasticity: 2") - 0.25) < 1e-15)
    #expect(abs(try response(", priceElasticity: -2, serviceElasticity: 1") - 0.125) < 1e-15)
  }

  @Test func `a class that nobody could serve is refused`() throws {
    let said = try complaints(about: "{arrivalsPerHour: 1, hardware: ['gpu', 'nope']}") {
      DemandClass(name: "jobs", hardware: [], reading: &$0)
    }
    #expect(said == ["expected names of hardware.classes, found \"gpu\", \"nope\""])
  }
}

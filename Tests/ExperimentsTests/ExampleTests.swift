import Economy
import Experiments
import Scenarios
import Testing

/// What the examples say of themselves.
struct ExampleTests {
  private func means(_ file: String, _ measure: String) async throws -> [String: Double] {
    let scenario = try shippedScenario("Examples/\(file)", setting: ["replicates=3"])
    let run = try await Replicated(scenario)
    var means: [String: Double] = [:]
    for (index, variant) in scenario.variants.enumerated() {
      means[variant.name] = run.mean(measure, in: index).value
    }
    return means
  }

  @Test func `a discount of 60 % survives what is exact, and shrinks with what is not`()
    async throws
  {
    let left = try await means("true-cost", "cloud_discount")
    func discount(_ name: String) throws -> Double { try #require(left[name]) }
    // 1 - (1 - d) k; jobs wait a second in twenty days.
    for (name, exact) in [("list", 0.6), ("copies", 0.2), ("list45", 0.45), ("copies45", -0.1)] {
      #expect(abs(try discount(name) - exact) < 1e-3, "\(name)")
    }
    // Three hours that are lost with probability 1 - exp(-3/12) and paid when they are done: the
    // time of lost attempts is 12 (e^¼ - 1) - 3 = 0.408 h a job, and 5 minutes until a loss is seen
    // for each of e^¼ - 1 = 0.284 losses. At 0.50 USD that is 0.0720 USD for each of 3 GPU-hours;
    // 34,000 jobs of three replicates leave a deviation of 0.0008.
    #expect(abs(try discount("strangers") - (0.6 - 0.0720)) < 0.0035)
    // What `about` prints, of eight replicates; these are three of them.
    for (name, said) in [("saved", 0.57), ("crowded", 0.44), ("checked", 0.56)] {
      #expect(abs(try discount(name) - said) < 0.015, "\(name)")
    }
    let social = try await means("true-cost", "social_cost_usd_per_useful_gpu_hour")
    // Users pay 0.4720, and 0.408 h of each 3 h are lost at 0.40 USD.
    #expect(abs(try #require(social["strangers"]) - (0.4720 + 0.0544)) < 0.006)
    #expect(abs(try #require(social["list"]) - 0.4) < 1e-3)
  }

  @Test func `the parts of what a useful hour costs add up to it`() async throws {
    let scenario = try shippedScenario("Examples/true-cost", setting: ["replicates=1"])
    let sink = RowSink()
    let plan = Plan(scenario, options: RunOptions())
    _ = try await Experiment(plan, of: scenario, threads: 2).run(into: sink, watch: Watch())
    for rows in sink.rows.values {
      func value(_ name: String) -> Double? {
        rows.breakdown.first { $0.dimension == "class" && $0.measure == name }?.value
      }
      let names = [
        "price", "waiting", "retries", "delay", "deadlines", "redundancy", "verification",
      ]
      let parts = names.compactMap { value($0 + "_usd_per_useful_gpu_hour") }
      let whole = try #require(value("useful_gpu_hour_cost_usd"))
      #expect(parts.count >= 3 && abs(parts.reduce(0, +) - whole) < 1e-9)
      #expect(try #require(value("cloud_usd_per_useful_gpu_hour")) == 1)
      let beside = ["lost_work", "protocol_verification", "treasury", "emission"].compactMap {
        value($0 + "_usd_per_useful_gpu_hour")
      }
      let social = try #require(value("social_cost_usd_per_useful_gpu_hour"))
      #expect(abs(whole + beside.reduce(0, +) - social) < 1e-9)
    }
  }

  /// 1 - 0.6 d of the work that moves: shares of exponential jobs vary by 1 % over three replicates.
  @Test func `moving 60 % of the work takes 42 % off the bill at 70 % off, and less otherwise`()
    async throws
  {
    let bills = try await means("hybrid-migration", "users_bill_usd_per_gpu_hour")
    let exact = [
      ("before", 1.0), ("claim", 0.58), ("sixty", 0.64), ("specialist", 0.79), ("copies", 0.76),
    ]
    for (name, bill) in exact { #expect(abs(try #require(bills[name]) - bill) < 0.01, "\(name)") }
    #expect(abs(try #require(bills["copies45"]) - 1.05) < 0.01)
  }

  /// Shares of the work of each class by GPU: nothing says them but what classes ask for and pay.
  @Test func `training goes to data centres, inference and rendering to consumer cards`()
    async throws
  {
    let scenario = try shippedScenario("Examples/training-split", setting: ["replicates=1"])
    let sink = RowSink()
    let plan = Plan(scenario, options: RunOptions())
    _ = try await Experiment(plan, of: scenario, threads: 2).run(into: sink, watch: Watch())
    func share(_ variant: String, _ work: String, on cards: [String]) throws -> Double {
      let index = try #require(scenario.variants.firstIndex { $0.name == variant })
      let rows = try #require(sink.rows.first { $0.key.variant == index }).value.breakdown
        .filter { $0.dimension == "class_gpu" && $0.key.hasPrefix(work + "/") }
      let hours = rows.filter { row in cards.contains { row.key == "\(work)/\($0)" } }
      return hours.reduce(0) { $0 + $1.value } / rows.reduce(0) { $0 + $1.value }
    }
    let (consumer, centre) = (["rtx3090", "rtx4090"], ["a100", "h100"])
    #expect(try share("asked", "training", on: centre) == 1)
    #expect(try share("asked", "inference", on: consumer) == 1)
    #expect(try share("asked", "rendering", on: consumer) == 1)
    // Some 100 training jobs of very different sizes: a third of them either way.
    #expect(try abs(share("none", "training", on: consumer) - 0.45) < 0.2)
    #expect(try share("none", "rendering", on: centre) > 0.02)
    #expect(try share("glut", "inference", on: ["a100"]) > 0.99)
    #expect(try share("glut", "rendering", on: consumer) > 0.99)
  }
}

import Foundation
import Synchronization
import Testing

@testable import Experiments
@testable import Reports
@testable import depinsim

/// `check` from the command line to the exit code, on a network of nothing but luck.
final class CheckCommandTests: Sendable {
  private let folder: String
  private let out = Mutex("")
  private let err = Mutex("")

  init() throws {
    folder = NSTemporaryDirectory() + "depinsim-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder + "/checks", withIntermediateDirectories: true)
  }

  private static func queue(_ more: String = "", arrivals: Double = 0.5) -> String {
    """
    {
      horizonDays: 20, replicates: 12, seed: 1, token: "none", market: "none",
      hardware: {
        classes: { machine: { priceUSD: 0, busyWatts: 0, idleWatts: 0, priceUSDPerGPUHour: 0 } },
      },
      operators: { types: { owner: { hardware: "machine", candidates: 1, activeAtStart: 1 } } },
      demand: { classes: { jobs: {
        arrivalsPerHour: \(arrivals), headroom: 1,
        sizeHours: { rule: "exponential", mean: 1 }, hardware: ["machine"],
      } } },
      \(more)
    }
    """
  }

  private func write(_ text: String, to name: String = "queue.json5") {
    _ = FileManager.default.createFile(
      atPath: folder + "/checks/" + name, contents: Data(text.utf8))
  }

  private func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: folder + "/" + name).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Checks the folder and gives the exit code and what went to standard output.
  private func check(_ options: String...) async -> (code: ExitCode, out: String) {
    out.withLock { $0 = "" }
    err.withLock { $0 = "" }
    let console = Console(
      out: { [self] text in out.withLock { $0 += text } },
      err: { [self] text in err.withLock { $0 += text } })
    let words =
      ["check", folder + "/checks", "--references", folder + "/ref", "--out", folder + "/out"]
      + options
    let command = Result { () throws(UsageError) in try CommandLineParser.parse(words) }
    let code = await console.perform(command)
    return (code, out.withLock { $0 })
  }

  @Test func `a scenario without a reference fails until one is made, then its bytes are equal`()
    async
  {
    write(Self.queue())
    #expect(
      await check() == (
        .failed,
        """
        queue: failed: no reference

        queue
          no reference; look at the result and make one with --update

        """
      ))
    #expect(await check("--update") == (.done, "queue: new reference: first reference\n"))
    #expect(await check() == (.done, "queue: passed: equal bytes\n"))
    #expect(await check("--threads", "1", "--quiet") == (.done, ""))
    let reference = text("ref/queue.json")
    #expect(await check("--update") == (.done, "queue: passed: equal bytes\n"))
    #expect(text("ref/queue.json") == reference)
  }

  @Test func `a change of the economy fails, is shown, and is accepted by an update`() async throws
  {
    write(Self.queue())
    #expect(await check("--update").code == .done)
    write(Self.queue(arrivals: 0.8))
    let junit = folder + "/junit/result.xml"
    let changed = await check("--junit", junit)
    #expect(changed.code == .failed)
    #expect(changed.out.contains("(unpaired, because the scenario was another, Holm 5 %)\n"))
    #expect(changed.out.contains("base: jobs_completed"))
    let xml = try #require(text("junit/result.xml"))
    #expect(xml.contains("<testcase classname=\"queue.base\" name=\"jobs_completed\" time=\"0\">"))
    #expect(try #require(text("out/check.csv")).contains(",jobs_completed,"))
    let update = await check("--update")
    #expect(update.code == .done)
    #expect(update.out.contains("metrics moved beyond luck; the scenario was another\n"))
    #expect(update.out.contains("base: jobs_completed"))
    #expect(await check().code == .done)
  }

  @Test func `an assertion that does not hold fails, also in an update`() async {
    let claim = "assertions: { work: { always: \"active_nodes >= 2\" } },"
    write(Self.queue(claim))
    let failed = """
        base: work: always active_nodes >= 2: failed: holds in 0 of 12 replicates; first broken \
      in replicate 1 on day 0, at 1

      """
    #expect(
      await check("--update") == (
        .failed,
        "queue: new reference: first reference; 0 of 1 assertions hold\n" + failed
      ))
    #expect(
      await check() == (
        .failed, "queue: failed: equal bytes; 0 of 1 assertions hold\n\nqueue\n" + failed
      ))
  }

  @Test func `a wrong scenario ends with 2 and nothing runs`() async {
    write(Self.queue())
    write("{ horizonDays: -1 }", to: "wrong.json5")
    #expect(await check("--update") == (.usage, ""))
    #expect(text("ref/queue.json") == nil)
  }

  @Test func `a folder without scenarios ends with 2`() async {
    #expect(await check().code == .usage)
    #expect(
      err.withLock { $0 } == """
        error: \(folder)/checks: expected a folder with scenarios in it, found none
          help: scenarios end in .json5, and folders inside it are not looked into

        """)
  }

  @Test func `a reference that cannot be read ends with 3`() async throws {
    write(Self.queue())
    try FileManager.default.createDirectory(
      atPath: folder + "/ref/queue.json", withIntermediateDirectories: true)
    #expect(await check().code == .unable)
    #expect(err.withLock { $0 }.contains("expected a reference of \"queue\" as check writes it"))
  }

  @Test func `a reference that cannot be read leaves the others their verdicts`() async throws {
    write(Self.queue())
    write(Self.queue(), to: "other.json5")
    let junit = folder + "/junit.xml"
    #expect(await check("--update", "--junit", junit).code == .done)
    #expect(text("junit.xml")?.contains("errors=\"0\"") == true)
    _ = FileManager.default.createFile(
      atPath: folder + "/ref/other.json", contents: Data("{}".utf8))
    let (code, out) = await check("--junit", junit)
    #expect(code == .unable && out == "queue: passed: equal bytes\n")
    let words = try #require(text("junit.xml"))
    #expect(words.contains("tests=\"1\" failures=\"0\" errors=\"1\""))
    #expect(
      words.contains("<error message=\"error: \(folder)/ref/other.json: expected a reference"))
    // A scenario that is wrong leaves no older report behind.
    write("{", to: "other.json5")
    #expect(await check("--junit", junit).code == .usage)
    #expect(text("junit.xml") == nil)
  }

  @Test func `a report does not take the place of something else`() async {
    write(Self.queue())
    #expect(await check("--junit", folder + "/checks/queue.json5").code == .usage)
    #expect(text("checks/queue.json5") == Self.queue())
  }

  @Test(arguments: ["active_nodes", "all", "one value"])
  func `a reference that is not whole does not pass`(lack: String) async throws {
    write(Self.queue())
    #expect(await check("--update").code == .done)
    let file = folder + "/ref/queue.json"
    let data = try #require(FileManager.default.contents(atPath: file))
    var reference = try #require(
      JSONSerialization.jsonObject(with: data) as? [String: Any])
    var values = try #require(reference["values"] as? [[String: Any]])
    var measures = try #require(values[0]["measures"] as? [String: [Any]])
    switch lack {
    case "all": measures = [:]
    case "one value": measures["active_nodes"]?.removeLast()
    default: measures[lack] = nil
    }
    values[0]["measures"] = measures
    reference["values"] = values
    reference["resultDigest"] = "another"
    try JSONSerialization.data(withJSONObject: reference).write(to: URL(filePath: file))
    #expect(await check().code != .done)
  }

  @Test func `the result as JSON is one object`() async throws {
    write(Self.queue())
    let result = await check("--json")
    #expect(result.code == .failed)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    #expect(object["passed"] as? Bool == false)
    #expect((object["scenarios"] as? [[String: Any]])?.first?["has_reference"] as? Bool == false)
  }
}

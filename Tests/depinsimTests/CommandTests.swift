import Configuration
import Foundation
import Kernel
import Scenarios
import Synchronization
import Testing

@testable import Experiments
@testable import Reports
@testable import depinsim

/// Keeps what a command writes.
private final class Screen: Sendable {
  private let texts = Mutex((out: "", err: ""))

  var console: Console {
    Console(
      out: { text in self.texts.withLock { $0.out += text } },
      err: { text in self.texts.withLock { $0.err += text } })
  }

  var out: String { texts.withLock { $0.out } }
  var err: String { texts.withLock { $0.err } }
}

/// A folder with scenarios in it, removed at the end.
private final class Bench {
  let path = NSTemporaryDirectory() + "depinsim-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Path of a scenario file with this text.
  func scenario(_ text: String) -> String {
    let file = path + "/small.json5"
    _ = FileManager.default.createFile(atPath: file, contents: Data(text.utf8))
    return file
  }

  func contents(_ name: String) -> Data? {
    FileManager.default.contents(atPath: path + "/" + name)
  }
}

struct CommandTests {
  private let screen = Screen()

  private func perform(_ words: String...) async -> ExitCode {
    let command = Result { () throws(UsageError) in try CommandLineParser.parse(words) }
    return await screen.console.perform(command)
  }

  @Test func `a stranger's words do not steer the terminal`() {
    #expect(Console.harmless("a\u{1B}[2J\u{7}b\n\tc\u{0}") == "a\u{FFFD}[2J\u{FFFD}b\n\tc\u{FFFD}")
    #expect(Console.harmless("plain – text\n") == "plain – text\n")
  }

  @Test func `no command at all shows the help and is an error`() async {
    #expect(await perform() == .usage)
    #expect(screen.out.isEmpty)
    #expect(screen.err.hasPrefix("depinsim simulates the economies of decentralised GPU networks"))
  }

  @Test func `help of a command lists its options`() async {
    #expect(await perform("help", "explain") == .done)
    #expect(
      screen.out == """
        usage: depinsim explain FILE | TOPIC | schema [OPTION …]

        say what a scenario means, or what a key or a rule is

          --effective         every value that holds, and its place
          --json              the result as JSON
          --set KEY=VALUE     another value for a key of the scenario; may be repeated

        """)
  }

  @Test func `a wrong command line ends with 2 and help`() async {
    #expect(await perform("rum") == .usage)
    #expect(
      screen.err == """
        error: expected a command, found "rum"
          help: did you mean run?

        """)
  }

  @Test(arguments: [
    (
      ["churn-queue", "--nodes", "20", "--days", "1"],
      [
        "nodes", "days", "events", "events_all", "seconds", "million_events_per_second",
        "jobs_finished", "restarts", "mean_wait_h", "price",
      ]
    ),
    (
      ["million-nodes", "--nodes", "200", "--days", "1"],
      [
        "nodes", "operators", "jobs_in_service_max", "postings", "events", "seconds", "peak_bytes",
      ]
    ),
    (
      ["mmc", "--days", "1", "--replicates", "1"],
      ["days", "replicates", "events", "seconds", "mean_wait_h", "erlang_c_wait_h"]
    ),
  ])
  func `a benchmark is one object with the fields that scripts read`(
    words: [String], fields: [String]
  ) async throws {
    let command = try CommandLineParser.parse(["bench"] + words + ["--repeats", "1", "--json"])
    #expect(await screen.console.perform(.success(command)) == .done)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(screen.out.utf8)) as? [String: Any])
    for field in fields { #expect(object[field] is NSNumber, "\(field)") }
  }

  @Test func `a benchmark whose file cannot be written ends with 3`() async {
    #expect(
      await perform(
        "bench", "mmc", "--days", "1", "--replicates", "1", "--out", "/nowhere/a.json")
        == .unable)
    #expect(screen.err.contains("expected a file that can be written"))
  }

  @Test func `measures are listed with unit and formula`() async {
    #expect(await perform("list", "measures") == .done)
    #expect(screen.out.contains("burn_mint_ratio"))
    #expect(screen.out.contains("burned_tokens / minted_tokens"))
  }

  @Test func `rules are listed below the keys they stand at`() async {
    #expect(await perform("list", "rules") == .done)
    #expect(screen.out.contains("token.emission.halving"))
  }

  @Test func `a key is explained with range, default and unit`() async {
    #expect(await perform("explain", "horizonDays") == .done)
    #expect(screen.out.hasPrefix("horizonDays: length of a run\n  a number from 0.001 to"))
    #expect(screen.out.contains("[days]; must be written\n"))
  }

  @Test func `what the loader resolves is explained as well`() async {
    #expect(await perform("explain", "include") == .done)
    #expect(
      screen.out == """
        include: in any object: a file, or a list of them, whose object this one is laid over, key \
        by key
          a text between quotes; may be left out
          example: include: "data/more.json5"

        """)
  }

  @Test func `a rule is explained by its fields`() async {
    #expect(await perform("explain", "token.emission.halving") == .done)
    #expect(
      screen.out == """
        token.emission.halving: Halves every fixed number of epochs. (Helium HIP-20: halving every \
        two years)
        token.emission.halving.initialTokensPerEpoch: emission of epoch 0
          a number from 0 to 1000000000000 [tokens/epoch]; must be written
          example: initialTokensPerEpoch: 1
        token.emission.halving.halvingEpochs: epochs between halvings
          a whole number from 1 to 1000000 [epochs]; must be written
          example: halvingEpochs: 1

        """)
  }

  @Test(arguments: [
    "operators.types.decisions.entryMultiple", "operators.types.NAME.decisions.entryMultiple",
    "operators.types.hobbyist.decisions.entryMultiple",
    "variants.bme.operators.types[\"hobby rig\"].decisions.entryMultiple",
  ])
  func `a key path is explained however its names are written`(path: String) async {
    #expect(await perform("explain", path) == .done)
    #expect(
      screen.out == """
        operators.types.NAME.decisions.entryMultiple: expected pay ÷ (running cost + capital cost) \
        that brings an entry
          a number from 0 to 100 [1]; default 1.5; source: model-facts §2.5, H
          example: entryMultiple: 1.5

        """)
  }

  @Test func `every topic, by either of its names, is explained with an example`() {
    let search = TopicSearch()
    for topic in Topic.all {
      for name in [topic.name, topic.shortName] {
        let answer = search.answer(about: name)
        #expect(answer.contains("\(topic.name): \(topic.field.record.meaning)\n"), "\(name)")
        #expect(answer.contains("  example: \(topic.field.key): "), "\(name)")
      }
    }
  }

  @Test func `every rule is explained`() {
    let search = TopicSearch()
    for topic in Topic.all {
      for rule in topic.field.record.kind.rules {
        #expect(search.answer(about: "\(topic.name).\(rule.name)").contains(rule.summary))
      }
    }
  }

  @Test func `an unknown topic is answered with the nearest`() async {
    #expect(await perform("explain", "horizonDay") == .usage)
    #expect(
      screen.err == """
        error: expected a scenario file or a topic, found "horizonDay"
          help: did you mean horizonDays?

        """)
  }

  @Test(arguments: [
    ("operators.types.decision", "operators.types.decisions"),
    ("entryMultipel", "operators.types.NAME.decisions.entryMultiple"),
    ("token.emision.halving.halvingEpochs", "token.emission.halving.halvingEpochs"),
  ])
  func `an unknown path is answered with the nearest`(path: String, nearest: String) async {
    #expect(await perform("explain", path) == .usage)
    #expect(
      screen.err == """
        error: expected a scenario file or a topic, found "\(path)"
          help: did you mean \(nearest)?

        """)
  }

  @Test func `a scenario that is not there ends with 3`() async {
    #expect(await perform("run", "/nowhere/a.json5") == .unable)
    #expect(screen.err.contains("/nowhere/a.json5"))
  }

  @Test func `a wrong scenario ends with 2 and writes nothing`() async throws {
    let bench = try Bench()
    let file = bench.scenario("{ horizonDays: -1 }")
    #expect(await perform("run", file, "--out", bench.path + "/out") == .usage)
    #expect(screen.err.contains("horizonDays: expected a number from 0.001 to"))
    #expect(!FileManager.default.fileExists(atPath: bench.path + "/out"))
  }

  @Test func `compare needs two variants`() async throws {
    let bench = try Bench()
    let file = bench.scenario("{ horizonDays: 1 }")
    #expect(await perform("compare", file, "--out", bench.path + "/out") == .usage)
    #expect(screen.err.contains("expected at least two variants to compare, found small alone"))
  }

  @Test func `the same scenario gives the same bytes on any number of threads`() async throws {
    let bench = try Bench()
    let file = bench.scenario("{ horizonDays: 3, replicates: 4, variants: { a: {}, b: {} } }")
    for threads in ["1", "4"] {
      let out = bench.path + "/" + threads
      #expect(await perform("compare", file, "--out", out, "--threads", threads) == .done)
    }
    for name in [
      "timeseries.csv", "summary.csv", "comparison.csv", "flows.csv", "breakdown.csv",
      "survival.csv", "run.json", "datapackage.json",
    ] {
      let one = try #require(bench.contents("1/" + name))
      #expect(one == bench.contents("4/" + name), "\(name)")
    }
    #expect(screen.out.contains("b − a, by replicate"))
    #expect(screen.err.contains("result: \(bench.path)/1\n"))
  }

  @Test func `a profile tells where the time went and changes no byte`() async throws {
    let bench = try Bench()
    let file = bench.scenario("{ horizonDays: 3, replicates: 2 }")
    #expect(await perform("run", file, "--out", bench.path + "/plain") == .done)
    let plain = screen.out
    #expect(await perform("run", file, "--out", bench.path + "/profiled", "--profile") == .done)
    for name in FileSystem.names(in: bench.path + "/plain") where name != "timing.json" {
      let bytes = try #require(bench.contents("plain/" + name))
      #expect(bytes == bench.contents("profiled/" + name), "\(name)")
    }
    #expect(screen.out.hasPrefix(plain + plain + "\nwhere the time went: 2 replicates, "))
    #expect(screen.out.contains("\nmeasurement "))
    #expect(screen.out.hasSuffix(" of the time; it is taken out above\n"))
  }

  @Test func `one replicate alone gives the rows it has among others`() async throws {
    let bench = try Bench()
    let file = bench.scenario("{ horizonDays: 2, replicates: 3 }")
    #expect(await perform("run", file, "--out", bench.path + "/all", "--quiet") == .done)
    #expect(
      await perform("run", file, "--out", bench.path + "/one", "--only-replicate", "2", "--quiet")
        == .done)
    func rows(_ folder: String) throws -> [Substring] {
      let data = try #require(bench.contents(folder + "/timeseries.csv"))
      return String(decoding: data, as: UTF8.self).split(separator: "\n")
        .filter { $0.contains("small,base,2,") }
    }
    #expect(try rows("all") == rows("one"))
    #expect(try rows("one").count == 3)
    #expect(screen.out.isEmpty)
  }

  @Test func `an interrupt ends with 130 and says what is kept`() async throws {
    let bench = try Bench()
    let file = bench.scenario("{ horizonDays: 2 }")
    let console = screen.console
    console.interrupt.raise()
    let command = try CommandLineParser.parse(["run", file, "--out", bench.path + "/out"])
    #expect(await console.perform(.success(command)) == .interrupted)
    #expect(
      screen.err == """
        error: interrupted; replicates that were finished are kept
          help: the same command again takes them up; the old result is as it was

        """)
  }

  @Test func `a calibration that cannot be done ends with 2 and leaves nothing behind`()
    async throws
  {
    let bench = try Bench()
    let file = bench.scenario(
      """
      { horizonDays: 1, variants: { a: {}, b: { calibrate: {
        key: "epochHours", measure: "jobs_completed", equals: "a" } } } }
      """)
    #expect(await perform("run", file, "--out", bench.path + "/out") == .usage)
    #expect(
      screen.err == """
        error: b: calibrate epochHours: expected jobs_completed of a to be above 0, found 0.0
          help: choose a measure that both variants have

        """)
    #expect(!FileManager.default.fileExists(atPath: bench.path + "/out"))
  }

  @Test func `the command that repeats a replicate names all that was chosen`() throws {
    let words = ["run", "a.json5", "--set", "x.y=2"]
    let command = try #require(try CommandLineParser.parse(words) as? RunCommand)
    let plan = Plan(
      name: "a", about: "", start: CalendarDate(daysSince1970: 0), horizonDays: 30,
      measureEvery: .days(1), seed: 7, analysis: .horizon(burnInDays: 0), replicates: [1, 2],
      pilots: 1, variants: [],
      calibratedValues: [],
      baseline: 0, histories: [], digest: "", effectiveText: "")
    #expect(
      command.repeating(WorkUnit(variant: 0, replicate: 2), of: plan)
        == "depinsim run 'a.json5' --seed 7 --only-replicate 2 --horizon 30.0d --set 'x.y=2'")
  }

  @Test func `a limit ends with 3 and its name`() {
    let failure = Failure(LimitError(quantity: .memory, limit: 0x1p31, reached: 0x1.8p31))
    #expect(failure.code == .unable)
    #expect(
      failure.text == """
        error: limit of the run: expected at most 2.0 GiB of memory, found 3.0 GiB
          help: ask for a shorter horizon, fewer replicates or a smaller network; replicates that \
        were finished are kept

        """)
  }

  @Test func `the progress line tells how far, how fast, how long`() {
    let bar = ProgressBar(screen.console)
    let progress = RunProgress(days: 25, totalDays: 100, events: 5_000_000)
    #expect(
      bar.line(progress, seconds: 10)
        == "██████░░░░░░░░░░░░░░░░░░  25 %  0.50 million events/s  0:30 left")
  }
}

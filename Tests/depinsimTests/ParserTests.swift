import Benchmarks
import Testing

@testable import Experiments
@testable import depinsim

struct ParserTests {
  private func error(_ words: String...) -> UsageError? {
    do throws(UsageError) {
      _ = try CommandLineParser.parse(words)
      return nil
    } catch {
      return error
    }
  }

  private func run(_ words: String...) throws -> RunCommand {
    try #require(try CommandLineParser.parse(words) as? RunCommand)
  }

  @Test func `run takes every option`() throws {
    let command = try run(
      "run", "a.json5", "--out", "x", "--seed", "18446744073709551615", "--replicates=40",
      "--threads", "3", "--set", "a.b=1", "--set=c=d=e", "--horizon", "90d", "--json", "--force")
    #expect(command.file == "a.json5")
    #expect(!command.compares)
    #expect(command.folder == "x")
    #expect(command.options.seed == .max)
    #expect(command.options.replicates == 40)
    #expect(command.options.onlyReplicate == nil)
    #expect(command.options.horizonDays == 90)
    #expect(command.threads == 3)
    #expect(command.settings == ["a.b=1", "c=d=e"])
    #expect(command.output == .json)
    #expect(command.force)
  }

  @Test func `nothing but a file means the scenario's own choices`() throws {
    let command = try run("compare", "--", "--odd-name.json5")
    #expect(command.file == "--odd-name.json5")
    #expect(command.compares)
    #expect(command.folder == nil && command.options.seed == nil && command.output == .text)
    #expect(command.threads >= 1)
  }

  @Test(arguments: [("90d", 90.0), ("90", 90), ("36h", 1.5), ("2w", 14), ("0.5d", 0.5)])
  func `a horizon is a length`(text: String, days: Double) throws {
    #expect(try run("run", "a", "--horizon", text).options.horizonDays == days)
  }

  @Test func `a misspelled command or option is answered with the nearest`() {
    #expect(
      error("runn")
        == UsageError("expected a command, found \"runn\"", help: "did you mean run?"))
    #expect(
      error("run", "a", "--replicate", "3")
        == UsageError(
          "expected an option of run, found \"--replicate\"", help: "did you mean --replicates?"))
    #expect(
      error("validate", "a", "--out", "b")
        == UsageError(
          "--out: validate has no such option, run has", help: "see `depinsim help validate`"))
  }

  @Test func `a profile is asked for with run alone`() throws {
    #expect(try run("run", "a", "--profile").profiler != nil)
    #expect(try run("run", "a").profiler == nil)
    #expect(
      error("compare", "a", "--profile")?.message
        == "--profile: compare has no such option, run has")
  }

  @Test func `values that make no sense are said`() {
    #expect(
      error("run", "a", "--replicates", "0")
        == UsageError(
          "--replicates: expected a whole number from 1 to 1000000, found \"0\"",
          help: "write --replicates 20"))
    #expect(
      error("run", "a", "--seed", "-1")
        == UsageError(
          "--seed: expected a whole number from 0 to 18446744073709551615, found \"-1\"",
          help: "write --seed 1"))
    #expect(
      error("run", "a", "--horizon", "soon")
        == UsageError(
          "--horizon: expected a length such as 90d, found \"soon\"",
          help: "write --horizon 90d, 12w or 36h; at most 1000000 days"))
    #expect(
      error("run", "a", "--out")
        == UsageError("--out: expected a value, found nothing", help: "write --out DIR"))
    #expect(
      error("run", "a", "--json=yes")?.message == "--json: expected no value, found \"yes\"")
  }

  @Test func `options that exclude each other are said`() {
    #expect(
      error("run", "a", "--json", "--quiet")?.message == "expected --quiet or --json, found both")
    #expect(
      error("run", "a", "--replicates", "3", "--only-replicate", "2")?.message
        == "expected --replicates or --only-replicate, found both")
    #expect(
      error("run", "a", "--quiet", "--profile")?.message
        == "expected --quiet or --profile, found both")
    #expect(
      error("run", "a", "--seed", "1", "--seed", "2")
        == UsageError("--seed: expected once, found twice", help: "leave one out"))
  }

  @Test func `operands are counted`() {
    #expect(
      error("run")
        == UsageError(
          "run: expected a scenario file, found nothing", help: "write depinsim run FILE"))
    #expect(
      error("run", "a", "b")?.message == "run: expected a scenario file, found \"b\" as well")
    #expect(
      error("list", "measure")
        == UsageError(
          "list: expected measures, rules, keys or presets, found \"measure\"",
          help: "did you mean measures?"))
  }

  @Test func `bench takes the sizes of a benchmark`() throws {
    let command = try #require(
      try CommandLineParser.parse([
        "bench", "churn-queue", "--nodes", "130000", "--days=10", "--repeats", "3", "--json",
        "--out", "a.json",
      ]) as? BenchCommand)
    #expect(command.name == .churnQueue)
    #expect(command.options.nodes == 130_000 && command.options.days == 10)
    #expect(command.repeats == 3 && command.asJSON && command.file == "a.json")
  }

  @Test func `bench alone lists the benchmarks`() throws {
    let command = try #require(try CommandLineParser.parse(["bench"]) as? BenchCommand)
    #expect(command.name == nil)
  }

  @Test func `a misspelled benchmark and a size of another are said`() {
    #expect(
      error("bench", "churnqueue")
        == UsageError(
          "bench: expected a benchmark, found \"churnqueue\"", help: "did you mean churn-queue?"))
    #expect(
      error("bench", "speed")
        == UsageError(
          "bench: expected a benchmark, found \"speed\"",
          help: "the benchmarks are hold, churn-queue, mmc, bme-vs-fixed, million-nodes"))
    #expect(
      error("bench", "hold", "--nodes", "5")
        == UsageError(
          "--nodes: hold has no such size", help: "it is one of churn-queue, million-nodes"))
    #expect(
      error("bench", "hold", "--repeats", "0")?.message
        == "--repeats: expected a whole number from 1 to 1000, found \"0\"")
  }

  @Test(arguments: [["--help"], ["-h"], ["help"], ["run", "--help"], ["help", "run"]])
  func `help is asked for in every usual way`(words: [String]) throws {
    let help = try #require(try CommandLineParser.parse(words) as? HelpCommand)
    #expect(help.verb == (words.contains("run") ? .run : nil))
    #expect(!help.isMissing)
  }
}

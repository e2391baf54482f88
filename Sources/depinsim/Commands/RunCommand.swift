import Economy
import Experiments
import Foundation
import Reports
import Scenarios

/// `run` and `compare`: scenario → experiment → result → files and text.
struct RunCommand: Command {
  let compares: Bool
  let file: String
  /// Values of `--set`.
  let settings: [String]
  let options: RunOptions
  /// Folder of the result; nil for the scenario's own.
  let folder: String?
  let threads: Int
  let output: Output
  let force: Bool
  let profiler: Profiler?
  var limits = RunLimits()

  func run(_ console: Console) async throws(Failure) {
    let scenario = try profiler.time(.reading) { () throws(Failure) in
      try console.scenario(file, setting: settings)
    }
    guard !compares || scenario.variants.count > 1 else {
      throw Failure(
        .usage, "\(file): expected at least two variants to compare, found \(scenario.name) alone",
        help: "add variants to the scenario, or use `depinsim run`")
    }
    let experiment = Experiment(
      Plan(scenario, options: options), of: scenario, threads: threads, profiler: profiler)
    let folder = try open(experiment.plan)
    let bar = ProgressBar(console)
    let watch = bar.watch(limits)
    let result: ExperimentResult
    do throws(ExperimentError) {
      defer { bar.clear() }
      result = try await experiment.run(into: folder, watch: watch)
    } catch {
      folder.leaveIfUnused()
      throw failure(error, plan: experiment.plan, folder: folder)
    }
    try finish(result, into: folder, after: watch, console)
  }
}

extension RunCommand {
  private func finish(
    _ result: ExperimentResult, into folder: ResultFolder, after watch: Watch, _ console: Console
  ) throws(Failure) {
    let (summary, comparison) = profiler.time(.statistics) {
      (result.summaryRows(), compares ? result.comparisonRows() : nil)
    }
    let warnings = result.warnings(of: summary)
    do throws(SinkError) {
      try profiler.time(.writing) { () throws(SinkError) in
        try folder.complete(
          result, command: compares ? "compare" : "run", summary: summary, comparison: comparison,
          warnings: warnings,
          timing: Timing(
            wallSeconds: watch.elapsedSeconds, events: watch.events, threads: threads))
      }
    } catch {
      throw Failure(error)
    }
    let profile = profiler?.profile
    switch (output, comparison) {
    case (.text, nil):
      console.out(RunText.text(result, summary: summary) + (profile.map(ProfileText.text) ?? ""))
    case (.text, let rows?): console.out(CompareText.text(result, comparison: rows))
    case (.json, _):
      console.out(
        ResultJSON.text(result, summary: summary, comparison: comparison, profile: profile))
    case (.nothing, _): break
    }
    for warning in warnings { console.warn(warning) }
    if output == .text { console.err("result: \(folder.path)\n") }
  }

  private func open(_ plan: Plan) throws(Failure) -> ResultFolder {
    do throws(FolderError) {
      return try ResultFolder(
        at: folder ?? Self.defaultFolder(plan.name), scenario: plan.name, force: force)
    } catch {
      throw Failure(error)
    }
  }

  /// The scenario's name as one step of a path.
  static func defaultFolder(_ name: String) -> String {
    let step = name.replacing("/", with: "-")
    return "Results/Runs/" + (step.isEmpty || step.hasPrefix(".") ? "scenario" + step : step)
  }

  private func failure(
    _ error: ExperimentError, plan: Plan, folder: ResultFolder
  ) -> Failure {
    switch error {
    case .interrupted: return .interrupted
    case .limit(let error): return Failure(error)
    case .sink(let error): return Failure(error)
    case .unsteady(let error): return Failure(error)
    case .calibration(let error): return Failure(error)
    case .invariant(let unit, let failure):
      do throws(SinkError) {
        let command = repeating(unit, of: plan)
        return .broken(
          failure, bundle: try folder.store(failure, of: unit, in: plan, command: command))
      } catch {
        return .broken(failure, bundle: "these words; \(error.message)")
      }
    }
  }

  /// The command that repeats one replicate.
  func repeating(_ unit: WorkUnit, of plan: Plan) -> String {
    let set = settings.map { " --set '\($0)'" }.joined()
    return "depinsim run '\(file)' --seed \(plan.seed) --only-replicate \(unit.replicate) "
      + "--horizon \(plan.horizonDays)d\(set)"
  }
}

extension RunCommand {
  init(_ words: Words, verb: Verb) throws(UsageError) {
    try CommandLineParser.expect(1...1, "a scenario file", of: verb, in: words)
    guard !(words.has(.replicates) && words.has(.onlyReplicate)) else {
      throw UsageError(
        "expected --replicates or --only-replicate, found both", help: "leave one out")
    }
    guard !(words.has(.quiet) && words.has(.profile)) else {
      throw UsageError("expected --quiet or --profile, found both", help: "leave one out")
    }
    compares = verb == .compare
    file = words.operands[0]
    settings = words.values(.set)
    options = RunOptions(
      seed: try words.seed(), replicates: try words.count(.replicates, in: 1...1_000_000),
      onlyReplicate: try words.count(.onlyReplicate, in: 1...1_000_000),
      horizonDays: try words.horizonDays())
    folder = try words.path(.out)
    threads = try words.threads()
    output = try words.output()
    force = words.has(.force)
    profiler = words.has(.profile) ? Profiler() : nil
  }
}

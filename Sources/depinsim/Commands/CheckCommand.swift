import Experiments
import Foundation
import Reports
import Scenarios

/// `check`: runs scenarios, lays them beside their references, and judges their assertions.
struct CheckCommand: Command {
  /// Scenario files, and folders of them.
  let operands: [String]
  /// Folder of the references.
  let references: String
  /// Folder that `check.csv` goes to.
  let folder: String
  /// File for JUnit XML.
  let junit: String?
  /// Whether what came out becomes the reference.
  let updates: Bool
  let threads: Int
  let output: Output
  var limits = RunLimits()

  func run(_ console: Console) async throws(Failure) {
    try clearJUnit()
    let scenarios = try scenarios(console)
    var checks: [ScenarioCheck] = []
    var faults: [(name: String, reason: String)] = []
    var worst: Failure?
    for (file, scenario) in scenarios {
      do throws(Failure) {
        let check = try await check(scenario, file, console)
        checks.append(check)
        if output == .text, !updates || check.reasonToUpdate == nil {
          console.out(CheckText.line(check))
        }
      } catch {
        if error.code == .interrupted { throw error }
        // The others are judged all the same.
        console.err("\(file): \(error.text)")
        faults.append((scenario.name, error.text.trimmingCharacters(in: .newlines)))
        if error.code.rawValue > worst?.code.rawValue ?? 0 { worst = error }
      }
    }
    if output == .text, !updates { console.out(checks.map(CheckText.details).joined()) }
    if output == .json { console.out(CheckJSON.text(checks)) }
    do throws(SinkError) {
      try TextFile.write(CheckTable.text(checks), to: folder + "/check.csv")
      if let junit { try TextFile.write(JUnit.text(checks, faults: faults), to: junit) }
      if updates { for check in checks { try update(check, console) } }
    } catch {
      throw Failure(error)
    }
    if let worst { throw Failure(worst.code, text: "") }
    let isFine = checks.allSatisfy { updates ? $0.unmet.isEmpty : $0.hasPassed }
    guard isFine else { throw Failure(.failed, text: "") }
  }
}

extension CheckCommand {
  /// Takes an older JUnit file away, so that it does not stand for a check that could not be made.
  private func clearJUnit() throws(Failure) {
    guard let junit, let old = FileManager.default.contents(atPath: junit) else { return }
    guard old.isEmpty || old.starts(with: Data("<?xml".utf8)) else {
      throw Failure(
        .usage, "--junit \(junit): expected an XML file or none, found something else",
        help: "it would be overwritten: name another file")
    }
    try? FileManager.default.removeItem(atPath: junit)
  }

  /// Everything is read before anything runs.
  private func scenarios(
    _ console: Console
  ) throws(Failure) -> [(file: String, scenario: Scenario)] {
    var scenarios: [(file: String, scenario: Scenario)] = []
    var worst: Failure?
    for file in try files() {
      do throws(Failure) {
        let scenario = try console.scenario(file, setting: [])
        if let other = scenarios.first(where: { $0.scenario.name == scenario.name }) {
          throw Failure(
            .usage, "\(file): expected a name of its own, found that of \(other.file)",
            help: "references are named for scenarios; rename one")
        }
        scenarios.append((file, scenario))
      } catch {
        console.err(error.text)
        if error.code.rawValue > worst?.code.rawValue ?? 0 { worst = error }
      }
    }
    if let worst { throw Failure(worst.code, text: "") }
    return scenarios
  }

  /// The files of the command line, those of a folder by name.
  private func files() throws(Failure) -> [String] {
    var files: [String] = []
    for operand in operands {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: operand, isDirectory: &isFolder)
      guard isFolder.boolValue else {
        files.append(operand)
        continue
      }
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: operand) else {
        throw Failure(.unable, "\(operand): cannot read this folder")
      }
      let scenarios = names.filter { $0.hasSuffix(".json5") }.sorted()
      guard !scenarios.isEmpty else {
        throw Failure(
          .usage, "\(operand): expected a folder with scenarios in it, found none",
          help: "scenarios end in .json5, and folders inside it are not looked into")
      }
      files += scenarios.map { operand + (operand.hasSuffix("/") ? "" : "/") + $0 }
    }
    return files
  }

  private func check(
    _ scenario: Scenario, _ file: String, _ console: Console
  ) async throws(Failure) -> ScenarioCheck {
    let experiment = Experiment(
      Plan(scenario, options: RunOptions()), of: scenario, threads: threads)
    let sink = CheckSink(scenario.assertions)
    let bar = ProgressBar(console)
    let watch = bar.watch(limits)
    let result: ExperimentResult
    do throws(ExperimentError) {
      defer { bar.clear() }
      result = try await experiment.run(into: sink, watch: watch)
    } catch {
      throw failure(error, file)
    }
    // The reason is filled in where the result becomes a reference.
    let now = Reference(
      result, digest: sink.digest(of: result.plan), origin: .init(date: Self.today, reason: ""))
    do throws(SinkError) {
      return ScenarioCheck(
        now: now, reference: try ReferenceFile.read(scenario.name, in: references),
        assertions: sink.results(of: result.plan), seconds: watch.elapsedSeconds)
    } catch {
      throw Failure(error)
    }
  }

  /// Says what changed, then accepts it.
  private func update(_ check: ScenarioCheck, _ console: Console) throws(SinkError) {
    guard let reason = check.reasonToUpdate else { return }
    if output == .text { console.out(CheckText.update(check, reason: reason)) }
    var reference = check.now
    reference.origin = .init(date: Self.today, reason: reason)
    try ReferenceFile.write(reference, in: references)
  }

  private static var today: String {
    Date().formatted(.iso8601.year().month().day())
  }

  private func failure(_ error: ExperimentError, _ file: String) -> Failure {
    switch error {
    case .interrupted: Failure(.interrupted, "interrupted; nothing was compared or accepted")
    case .limit(let error): Failure(error)
    case .sink(let error): Failure(error)
    case .unsteady(let error): Failure(error)
    case .calibration(let error): Failure(error)
    case .invariant(let unit, let failure):
      .broken(
        failure, bundle: "what `depinsim run '\(file)' --only-replicate \(unit.replicate)` stores")
    }
  }
}

extension CheckCommand {
  init(_ words: Words) throws(UsageError) {
    try CommandLineParser.expect(1...1_000, "scenario files or folders", of: .check, in: words)
    operands = words.operands
    references = try words.path(.references) ?? "Results/Reference"
    folder = try words.path(.out) ?? "Results/Runs/check"
    junit = try words.path(.junit)
    updates = words.has(.update)
    threads = try words.threads()
    output = try words.output()
  }
}

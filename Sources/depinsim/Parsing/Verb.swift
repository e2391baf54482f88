/// First word of the command line.
enum Verb: String, CaseIterable {
  case run, compare, check, validate, explain, list, bench, help

  var options: [Option] {
    switch self {
    case .run: Option.running + [.profile]
    case .compare: Option.running
    case .check: [.junit, .update, .references, .out, .threads, .quiet, .json]
    case .validate: [.set, .quiet]
    case .explain: [.effective, .json, .set]
    case .bench: Option.sizes + [.repeats, .json, .file]
    case .list, .help: []
    }
  }

  /// What stands after the command.
  var operands: String {
    switch self {
    case .run, .compare: "FILE"
    case .check: "FILE | DIR …"
    case .validate: "FILE …"
    case .explain: "FILE | TOPIC | schema"
    case .list: "measures | rules | keys | presets"
    case .bench: "[BENCHMARK]"
    case .help: "[COMMAND]"
    }
  }

  var summary: String {
    switch self {
    case .run: "run every variant of a scenario and write the result"
    case .compare: "run, and compare each variant with the baseline, replicate by replicate"
    case .check: "compare scenarios with their references, and judge their assertions"
    case .validate: "read scenarios and report everything that is wrong with them"
    case .explain: "say what a scenario means, or what a key or a rule is"
    case .list: "list measures, the rules and keys of scenarios, or presets and what they rest on"
    case .bench: "measure how fast this machine simulates; alone, list the benchmarks"
    case .help: "show this, or the options of a command"
    }
  }
}

/// First word of the command line.
enum Verb: String, CaseIterable {
  case run, compare, validate, explain, list, help

  var options: [Option] {
    switch self {
    case .run, .compare: Option.running
    case .validate: [.set, .quiet]
    case .explain: [.effective, .json, .set]
    case .list, .help: []
    }
  }

  /// What stands after the command.
  var operands: String {
    switch self {
    case .run, .compare: "FILE"
    case .validate: "FILE …"
    case .explain: "FILE | TOPIC"
    case .list: "measures | rules"
    case .help: "[COMMAND]"
    }
  }

  var summary: String {
    switch self {
    case .run: "run every variant of a scenario and write the result"
    case .compare: "run, and compare each variant with the baseline, replicate by replicate"
    case .validate: "read scenarios and report everything that is wrong with them"
    case .explain: "say what a scenario means, or what a key or a rule is"
    case .list: "list what can be measured, or the rules a scenario can choose from"
    case .help: "show this, or the options of a command"
    }
  }
}

/// An option of the command line.
struct Option: Sendable {
  /// Name with its dashes.
  let name: String
  /// What stands after it in the help; nil for a flag.
  let placeholder: String?
  let summary: String
  /// Whether it may stand several times.
  var repeats = false

  static let out = Option(name: "--out", placeholder: "DIR", summary: "folder of the result")
  static let seed = Option(
    name: "--seed", placeholder: "N", summary: "seed instead of the scenario's")
  static let replicates = Option(
    name: "--replicates", placeholder: "N", summary: "replicates of each variant")
  static let onlyReplicate = Option(
    name: "--only-replicate", placeholder: "K", summary: "replicate K alone, counted from 1")
  static let threads = Option(
    name: "--threads", placeholder: "N", summary: "replicates at once; changes no result")
  static let set = Option(
    name: "--set", placeholder: "KEY=VALUE", summary: "another value for a key of the scenario",
    repeats: true)
  static let horizon = Option(
    name: "--horizon", placeholder: "90d", summary: "length of a run in days")
  static let quiet = Option(name: "--quiet", placeholder: nil, summary: "no result on the screen")
  static let json = Option(name: "--json", placeholder: nil, summary: "the result as JSON")
  static let profile = Option(
    name: "--profile", placeholder: nil, summary: "where the time went, after the result")
  static let force = Option(
    name: "--force", placeholder: nil, summary: "replace another scenario's result")
  static let junit = Option(
    name: "--junit", placeholder: "FILE", summary: "file for the verdicts as JUnit XML")
  static let update = Option(
    name: "--update", placeholder: nil, summary: "say what moved, then make it the reference")
  static let references = Option(
    name: "--references", placeholder: "DIR",
    summary: "folder of references; Results/Reference by default")
  static let effective = Option(
    name: "--effective", placeholder: nil, summary: "every value that holds, and its place")
  static let nodes = Option(
    name: "--nodes", placeholder: "N", summary: "nodes of churn-queue or million-nodes")
  static let days = Option(
    name: "--days", placeholder: "D", summary: "length of a run in days")
  static let pending = Option(
    name: "--pending", placeholder: "N", summary: "pending events of hold")
  static let repeats = Option(
    name: "--repeats", placeholder: "N", summary: "times that the work is done")
  static let file = Option(
    name: "--out", placeholder: "FILE", summary: "file for the result as JSON")

  /// Options that choose how much work a benchmark is.
  static let sizes = [nodes, days, pending, replicates, threads]

  /// Options that say what is run and where it goes.
  static let running = [
    out, seed, replicates, onlyReplicate, threads, set, horizon, quiet, json, force,
  ]
}

import Configuration
import Kernel

/// How operators of a type come to return wrong results.
///
/// A wrong result saves `saves` of its reward R: the machine earns that elsewhere meanwhile. The
/// rational cheat returns one while it pays, p d (R + S) < G with audit probability p, detection d
/// and slashed stake S against the saving G (model-facts §6); jobs it would lose when it is found out
/// do not enter.
struct Cheating: Sendable {
  enum Rule: Sendable, Equatable {
    /// A share of the jobs, whatever it costs.
    case slips(jobs: Double)
    /// Every job while it pays, none while it does not.
    case rational
  }

  let rule: Rule
  /// Share of the operators of the type, drawn by identity [1].
  let operators: Double
  /// Saving ÷ reward [1].
  let saves: Double

  static let choices: [Choice<Cheating>] = [
    Choice(
      name: "slips", summary: "Returns wrong results for a share of its jobs.",
      source: "model-facts §6"
    ) { fields in
      let jobs = fields.share(
        "jobsShare", "share of the jobs whose result is wrong", default: 1, source: "assumption")
      return Cheating(.slips(jobs: jobs), "slip", reading: &fields)
    },
    Choice(
      name: "rational", summary: "Returns wrong results while that pays.",
      source: "model-facts §6, deterrence condition"
    ) { fields in Cheating(.rational, "reckon", reading: &fields) },
  ]

  /// - Parameter verb: what those do who do so.
  private init(_ rule: Rule, _ verb: String, reading fields: inout FieldReader) {
    self.rule = rule
    operators = fields.share(
      "operatorsShare", "share of the operators of the type that \(verb)", default: 1,
      source: "assumption")
    saves = fields.share(
      "savesShare", "what a wrong result saves those who \(verb), in rewards", default: 0.8,
      source: "model-facts §6, G = .8 R")
  }

  /// Whether a wrong result pays.
  ///
  /// - Parameters:
  ///   - caught: probability that it is found out, p d [1].
  ///   - reward: what is lost then, R, as is the `stake`, S [USD].
  func pays(caught: Double, reward: Double, stake: Double) -> Bool {
    caught * (reward + stake) < saves * reward
  }
}

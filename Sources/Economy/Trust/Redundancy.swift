import Configuration

/// Copies of a job on nodes of different operators.
///
/// With `needed: 1` the first result that comes is accepted. With more, that many must agree: right
/// results agree with each other, wrong ones only where cheats collude. Copies that agree are paid,
/// the others are not. What counts jobs in line, at work and in the system counts each copy; what
/// counts jobs that came, finished or were abandoned counts the job once.
struct Redundancy: Sendable {
  enum Rest: String, CaseIterable, Sendable {
    /// Stopped and paid for their time.
    case cancel
    /// Run on to their end and are paid in full.
    case finish
  }

  static let mostCopies = 32

  /// Columns of the classes of demand whose jobs have copies; empty: all of them.
  let classes: [Int]
  let copies: Int
  let needed: Int
  /// What becomes of the copies that still run when a result is accepted.
  let rest: Rest
  /// Who pays for the copies beyond the first.
  let payer: VerificationPayer
  /// Probability that two or more wrong results of a job agree [1].
  let collusion: Double

  /// - Parameters:
  ///   - operators: how many there can be; nil: not known.
  ///   - names: the classes of demand.
  init(operators: Int?, classes names: [String] = [], reading fields: inout FieldReader) {
    let wanted = fields.texts(
      "classes", "classes of demand whose jobs have copies; none: all of them", default: [],
      example: ["render"])
    classes = wanted.compactMap { name in names.firstIndex { $0 == name } }
    if classes.count < wanted.count, !fields.isRecording {
      fields.refuse(
        "classes", expected: "names of demand.classes",
        found: wanted.map { "\"\($0)\"" }.joined(separator: ", "),
        help: "one of " + names.joined(separator: ", "))
    }
    let copies = fields.count(
      "copies", "copies of every job", unit: "copies", in: 1...Self.mostCopies, default: 2,
      source: "model-facts §6, BOINC practice")
    let needed = fields.count(
      "needed", "copies that must finish and agree", unit: "copies", in: 1...Self.mostCopies,
      default: 1, source: "assumption: the first result is taken")
    if needed > copies {
      fields.refuse(
        "needed", expected: "at most copies (\(copies))", found: "\(needed)",
        help: "no result could ever be accepted")
    }
    if let operators, copies > operators {
      fields.refuse(
        "copies", expected: "at most as many as there are operators (\(operators))",
        found: "\(copies)", help: "copies run with different operators; add candidates")
    }
    self.copies = copies
    self.needed = min(needed, copies)
    rest = fields.choice(
      "rest", "what becomes of copies that still run when a result is accepted",
      default: Rest.cancel)
    payer = fields.choice(
      "paidBy", "who pays for the copies beyond the first", default: VerificationPayer.user)
    collusion = fields.share(
      "collusionShare", "probability that wrong results of one job agree", default: 0,
      source: "assumption")
  }

  /// Whether jobs of a class come in copies.
  func applies(to kind: Int) -> Bool { copies > 1 && (classes.isEmpty || classes.contains(kind)) }
}

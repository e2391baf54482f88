import Configuration

/// A memory of passed and failed audits, and the level below which a node has to go.
///
/// α ← λ α + w (1 + v) ÷ 2 and β ← λ β + w (1 − v) ÷ 2 with v = 1 for a pass and −1 for a failure;
/// reputation is α ÷ (α + β), and is looked at after each failed audit, the only moments at which it
/// falls. From (1, 0) the memory is weak: one failure among the first four audits is the end, unless
/// there is probation (Storj; model-facts §6).
struct ReputationRule: Sendable {
  enum Unit: String, CaseIterable, Sendable { case node, `operator` }

  /// Whose reputation it is, and who has to go.
  let unit: Unit
  let memory: Double
  let weight: Double
  let startAlpha: Double
  let startBeta: Double
  let ejectBelow: Double
  /// Audits before the first that can be the end.
  let probation: Int

  init(reading fields: inout FieldReader) {
    unit = fields.choice("of", "whose reputation it is, and who has to go", default: Unit.node)
    memory = fields.share(
      "memory", "what stays of the past after an audit", default: 0.95,
      source: "model-facts §6, Storj")
    weight = fields.number(
      "weight", "weight of an audit", in: 0.001...1000, default: 1,
      source: "model-facts §6, Storj")
    startAlpha = fields.number(
      "startAlpha", "passes that are given at the start", in: 0.001...1e6, default: 1,
      source: "model-facts §6, Storj")
    startBeta = fields.number(
      "startBeta", "failures that are held against it at the start", in: 0...1e6, default: 0,
      source: "model-facts §6, Storj")
    ejectBelow = fields.share(
      "ejectBelow", "reputation below which a node has to go", default: 0.8,
      source: "model-facts §6, Storj")
    probation = fields.count(
      "probationAudits", "audits before the first that can be the end", unit: "audits",
      in: 0...1_000_000, default: 0, source: "model-facts §6, Storj has none")
  }

  /// What is known of somebody new.
  var start: Reputation { Reputation(alpha: startAlpha, beta: startBeta) }
}

/// What audits have shown of a node or an operator.
struct Reputation: BitwiseCopyable, Sendable, Equatable {
  var alpha: Double
  var beta: Double
  /// Counter: audits so far.
  var audits: UInt32 = 0

  /// Between 0 and 1.
  var value: Double { alpha / (alpha + beta) }

  /// Takes in an audit.
  /// - Returns: whether the rule wants it gone.
  mutating func observe(passed: Bool, _ rule: ReputationRule) -> Bool {
    alpha = rule.memory * alpha + (passed ? rule.weight : 0)
    beta = rule.memory * beta + (passed ? 0 : rule.weight)
    audits &+= 1
    return !passed && audits > UInt32(rule.probation) && value < rule.ejectBelow
  }
}

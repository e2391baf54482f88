import Economy
import Scenarios

/// What is kept of a result to compare later ones with: the value of every measure in every
/// replicate, a digest of everything else, and where it comes from.
public struct Reference: Sendable, Equatable, Codable {
  /// The values of one variant.
  public struct Values: Sendable, Equatable, Codable {
    public let variant: String
    /// By name of the measure, one a replicate; nil where undefined.
    public let measures: [String: [Double?]]
  }

  /// Why and from what a reference was made.
  public struct Origin: Sendable, Equatable, Codable {
    /// Day on which it was made, such as `2026-03-01`.
    public let date: String
    public let reason: String
    public let version: String
    public let toolchain: String
    public let numerics: String

    /// This program on a day.
    public init(date: String, reason: String) {
      self.date = date
      self.reason = reason
      version = Provenance.version
      toolchain = Provenance.toolchain
      numerics = Provenance.numerics
    }
  }

  public let scenario: String
  public var origin: Origin
  public let scenarioDigest: String
  /// Digest of every number that the result holds.
  public let resultDigest: String
  public let seed: UInt64
  public let replicates: [Int]
  public let horizonDays: Double
  public let values: [Values]

  public init(_ result: ExperimentResult, digest: String, origin: Origin) {
    let plan = result.plan
    scenario = plan.name
    self.origin = origin
    scenarioDigest = plan.digest
    resultDigest = digest
    seed = plan.seed
    replicates = plan.replicates
    horizonDays = plan.horizonDays
    values = plan.variants.indices.map { variant in
      let columns = Measure.all.indices.map { column in
        let values = result.values(of: column, inVariant: variant)
        return (Measure.all[column].name, values.map { $0.isFinite ? $0 : nil })
      }
      return Values(
        variant: plan.variants[variant].name,
        measures: Dictionary(columns) { first, _ in first })
    }
  }
}

extension Reference {
  /// Whether every measure has a value, or nothing, for every replicate.
  public var isWhole: Bool {
    !values.isEmpty
      && values.allSatisfy { variant in
        !variant.measures.isEmpty
          && variant.measures.values.allSatisfy { $0.count == replicates.count }
      }
  }

  /// Why the replicates of another result are other luck; nil where they pair off.
  public func whyUnpaired(with now: Reference) -> String? {
    if seed != now.seed { return "the seed was \(seed) and is \(now.seed)" }
    if replicates != now.replicates {
      return "there were \(replicates.count) replicates and are \(now.replicates.count)"
    }
    if scenarioDigest != now.scenarioDigest { return "the scenario was another" }
    return nil
  }

  /// What moved from this reference to a later result: metrics by variant in the order of the
  /// result, those that have values in both.
  ///
  /// A result of the same digest is taken for one of other luck, which says what could be seen.
  public func shifts(to now: Reference) -> [MeasureShift] {
    let isPaired = resultDigest != now.resultDigest && whyUnpaired(with: now) == nil
    let rows = now.values.flatMap { after -> [MeasureShift.Tested] in
      guard let before = values.first(where: { $0.variant == after.variant }) else { return [] }
      return Metric.all.compactMap { metric in
        let (old, new) = (metric.values(in: before), metric.values(in: after))
        let byFactors = metric.measure.interval == .studentOfLogs
        let test =
          isPaired
          ? ShiftTest(before: old, now: new, spreadsByFactors: byFactors)
          : ShiftTest(
            independent: old, new, isShare: metric.grade != nil, spreadsByFactors: byFactors)
        return test.map { (after.variant, metric, $0) }
      }
    }
    return MeasureShift.family(rows)
  }

  /// What cannot be compared, in sentences: variants that have come or gone, and measures that are
  /// defined in every replicate of one result and in none of the other.
  public func losses(to now: Reference) -> [String] {
    let names = now.values.map(\.variant)
    var losses = values.map(\.variant).filter { !names.contains($0) }
      .map { "variant \($0) is gone" }
    for after in now.values {
      guard let before = values.first(where: { $0.variant == after.variant }) else {
        losses.append("variant \(after.variant) is new")
        continue
      }
      for name in before.measures.keys.sorted() where after.measures[name] == nil {
        losses.append("\(after.variant): there is no measure \(name) any more")
      }
      for measure in Measure.all {
        let new = after.measures[measure.name] ?? []
        guard let old = before.measures[measure.name] else {
          losses.append("\(after.variant): the reference does not have \(measure.name)")
          continue
        }
        if !old.contains(nil), new.allSatisfy({ $0 == nil }) {
          losses.append("\(after.variant): \(measure.name) has no value any more")
        } else if !new.contains(nil), old.allSatisfy({ $0 == nil }) {
          losses.append("\(after.variant): \(measure.name) had no value and has one now")
        }
      }
    }
    return losses
  }
}

extension Metric {
  fileprivate func values(in values: Reference.Values) -> [Double] {
    self.values((values.measures[measure.name] ?? []).map { $0 ?? .nan })
  }
}

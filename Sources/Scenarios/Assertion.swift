internal import Configuration

/// A claim about the series of a run that `check` holds every replicate to.
public struct Assertion: Sendable, Equatable {
  /// A measure compared with a number.
  public struct Condition: Sendable, Equatable {
    public enum Relation: String, CaseIterable, Sendable {
      case atLeast = ">="
      case atMost = "<="
      case above = ">"
      case below = "<"
    }

    public let measure: String
    public let relation: Relation
    /// In the unit of the measure.
    public let bound: Double

    public init(_ measure: String, _ relation: Relation, _ bound: Double) {
      self.measure = measure
      self.relation = relation
      self.bound = bound
    }

    public func holds(for value: Double) -> Bool {
      switch relation {
      case .atLeast: value >= bound
      case .atMost: value <= bound
      case .above: value > bound
      case .below: value < bound
      }
    }
  }

  /// What is claimed of the rows that are looked at; those in which a measure is undefined tell
  /// nothing about it.
  public enum Claim: Sendable, Equatable {
    /// In every row.
    case always(Condition)
    /// In one row at least.
    case eventually(Condition)
    /// In a row not more than so many days after each row with a trigger, or after the first day
    /// looked at. A time that ends after the last row is not judged.
    case within(days: Double, Condition, whenever: Condition?)
    /// In every row before the first with an event, which must come.
    case until(Condition, event: Condition)
  }

  public let name: String
  public let claim: Claim
  /// First day looked at.
  public let after: Double
  /// Last day looked at; nil: the last of the run.
  public let before: Double?
  /// Least share of replicates in which the claim must hold.
  public let share: Double
  /// The variant it is about; nil: every one.
  public let variant: String?

  public init(
    name: String, claim: Claim, after: Double = 0, before: Double? = nil, share: Double = 1,
    variant: String? = nil
  ) {
    self.name = name
    self.claim = claim
    self.after = after
    self.before = before
    self.share = share
    self.variant = variant
  }
}

extension Assertion.Condition: CustomStringConvertible {
  public var description: String { "\(measure) \(relation.rawValue) \(numberText(bound))" }
}

extension Assertion.Claim: CustomStringConvertible {
  public var description: String {
    switch self {
    case .always(let condition): "always \(condition)"
    case .eventually(let condition): "eventually \(condition)"
    case .within(let days, let event, nil): "\(event) within \(numberText(days)) days"
    case .within(let days, let event, let trigger?):
      "\(event) within \(numberText(days)) days whenever \(trigger)"
    case .until(let condition, let event): "\(condition) until \(event)"
    }
  }
}

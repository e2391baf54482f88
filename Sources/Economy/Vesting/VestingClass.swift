import Configuration
import Kernel

/// Tokens that exist and become free later: a cliff and parts after it, or a table of days and shares.
struct VestingClass: Sendable, Equatable {
  /// A part that becomes free: its day, and all that is free from then on in 10⁻¹² of the tokens.
  struct Step: Sendable, Equatable {
    let day: Double
    let freed: Int64
  }

  let name: String
  /// Tokens that are locked at day 0 [tokens].
  let tokens: Double
  /// Day on which the cliff's share becomes free [days].
  let cliff: Double
  /// Share of the tokens that the cliff frees [1].
  let cliffShare: Double
  /// Parts after the cliff, one every `everyDays`.
  let parts: Int
  let everyDays: Double
  /// A table in place of the cliff, or parts that differ; nil: equal parts after the cliff.
  let steps: [Step]?
  /// What becomes of the parts.
  let sale: UnlockSale

  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    tokens = fields.number("tokens", "tokens locked at day 0", unit: "tokens", in: 0...1e12)
    let first = fields.optionalMoment(
      "cliff", "day on which the first part becomes free", example: "2026-12-31")
    cliffShare = fields.share("cliffShare", "share that the cliff frees", default: 1)
    parts = fields.count("parts", "parts after the cliff", in: 0...100_000, default: 0)
    everyDays = fields.number(
      "everyDays", "days between two parts", unit: "days", in: 0.01...3650, default: 30)
    let factor = fields.number(
      "partFactor", "a part ÷ the one before it: 1 for equal parts, 0.5 for parts that halve",
      in: 0...2, default: 1)
    let table = fields.list(
      "unlocks", "days and shares that become free, in place of a cliff"
    ) { row in
      (
        day: row.moment("on", "day on which the share becomes free"),
        share: row.share("share", "share of the tokens", example: 1)
      )
    }
    sale = UnlockSale(reading: &fields)
    let start = first ?? table.first?.day ?? 0
    cliff = start
    if !table.isEmpty {
      steps = Self.steps(table)
    } else if factor != 1, parts > 0 {
      steps = Self.steps(
        cliff: start, share: cliffShare, parts: parts, every: everyDays, factor: factor)
    } else {
      steps = nil
    }
    check(first: first, table: table, &fields)
  }

  /// A class that frees tokens by a table; an empty one frees none.
  private init(name: String, tokens: Double, steps: [Step], sale: UnlockSale) {
    self.name = name
    self.tokens = tokens
    self.steps = steps
    self.sale = sale
    (cliff, cliffShare, parts, everyDays) = (0, 1, 0, 1)
  }

  /// A class of other stages, which has nothing in this one.
  init(closed name: String) {
    self.init(name: name, tokens: 0, steps: [], sale: .none)
  }

  /// What is left on a day, of so many tokens: the parts from it on in their proportions, or no part
  /// where all are past.
  func rest(of left: Double, after day: Double) -> VestingClass {
    let whole: Int64 = 1_000_000_000_000
    var (locked, gone) = (whole, Int64(0))
    var steps: [Step] = []
    for (part, on) in unlockDays.enumerated() {
      locked -= freed(part: part, of: whole, locked: locked)
      if on < day {
        gone = whole - locked
      } else {
        steps.append(Step(day: on, freed: whole - locked))
      }
    }
    let open = Int128(whole - gone)
    let rest = steps.filter { _ in open > 0 }.map {
      Step(day: $0.day, freed: Int64(Int128(whole) * Int128($0.freed - gone) / open))
    }
    return VestingClass(name: name, tokens: left, steps: rest, sale: sale)
  }

  /// Days on which something becomes free, the cliff first.
  var unlockDays: [Double] {
    steps.map { $0.map(\.day) } ?? (0...parts).map { cliff + Double($0) * everyDays }
  }

  /// How many parts there are.
  var unlocks: Int { steps?.count ?? parts + 1 }

  /// What a part frees, when so much of the whole is still locked [base units]; the last one frees all
  /// that is left.
  func freed(part: Int, of total: Int64, locked: Int64) -> Int64 {
    if part + 1 >= unlocks { return locked }
    guard let steps else {
      let share = part == 0 ? cliffShare : (1 - cliffShare) / Double(parts)
      return min(locked, Int64((Double(total) * share).rounded(.down)))
    }
    // The sum of all parts so far is rounded down, so that no part is off by more than a unit.
    let due = Int64(Int128(total) * Int128(steps[part].freed) / 1_000_000_000_000)
    let before = part == 0 ? 0 : steps[part - 1].freed
    let gone = Int64(Int128(total) * Int128(before) / 1_000_000_000_000)
    return min(locked, due - gone)
  }

  /// Tokens that are free after the unlocks of a day [tokens].
  func free(onDay day: Double) -> Double {
    guard let steps else {
      if day < cliff { return 0 }
      let past = min(Double(parts), ((day - cliff) / everyDays).rounded(.down))
      return tokens * (cliffShare + (parts > 0 ? (1 - cliffShare) * past / Double(parts) : 0))
    }
    return tokens * Double(steps.last { $0.day <= day }?.freed ?? 0) / 1e12
  }
}

extension VestingClass {
  private static func steps(_ table: [(day: Double, share: Double)]) -> [Step] {
    var sum = 0.0
    return table.map { row in
      sum += row.share
      return Step(day: row.day, freed: Int64((sum * 1e12).rounded()))
    }
  }

  /// The cliff, and parts each `factor` times the one before.
  private static func steps(
    cliff: Double, share: Double, parts: Int, every: Double, factor: Double
  ) -> [Step] {
    var weights: [Double] = []
    var weight = 1.0
    for _ in 0..<parts {
      weights.append(weight)
      weight = min(weight * factor, 1e280)
    }
    let total = weights.reduce(0, +)
    var sum = 0.0
    var steps = [Step(day: cliff, freed: Int64((share * 1e12).rounded()))]
    for (index, weight) in weights.enumerated() {
      sum += weight
      let freed = share + (1 - share) * sum / total
      steps.append(
        Step(day: cliff + Double(index + 1) * every, freed: Int64((freed * 1e12).rounded())))
    }
    return steps
  }

  private func check(
    first: Double?, table: [(day: Double, share: Double)], _ fields: inout FieldReader
  ) {
    if fields.isRecording { return }
    if (first == nil) == table.isEmpty {
      fields.refuse(
        table.isEmpty ? nil : "unlocks", expected: "either cliff or unlocks",
        found: table.isEmpty ? "neither" : "both", help: "write cliff: 365")
    }
    if cliff < 0 {
      fields.refuse(
        table.isEmpty ? "cliff" : "unlocks", expected: "a day on or after day 0",
        found: "day \(cliff)",
        help: "count what was free before as circulating, and put the cliff on the next part")
    }
    if table.isEmpty, parts == 0, cliffShare < 1 {
      fields.refuse(
        "parts", expected: "at least one part for the \(1 - cliffShare) that the cliff leaves",
        found: "0", help: "add parts, or set cliffShare to 1")
    }
    if table.isEmpty { return }
    fields.refuse("unlocks", unlessWhole: table.map(\.share))
    if zip(table, table.dropFirst()).contains(where: { $0.day >= $1.day }) {
      fields.refuse(
        "unlocks", expected: "rows in order of their day",
        found: "a row that is not after the last",
        help: "sort the rows")
    }
  }
}

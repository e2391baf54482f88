import Configuration
import Kernel

/// Validators who score operators by the service they measured, and how their views become one.
///
/// Validator k has a stake in proportion to 1 / k^tail and sees each operator's service times
/// exp(noise z), z standard normal. A cabal, where there is one, is one more validator that says
/// only good of one type of operator.
struct Ranking: Sendable, Equatable {
  /// What validators measure.
  enum Service: String, CaseIterable, Sendable {
    /// Dollars of the jobs that an operator finished in the epoch.
    case work
    /// Time that its nodes were online in the epoch.
    case online
  }

  let validators: Int
  let stakeTail: Double
  let noise: Double
  let service: Service
  let cabalStake: Double
  /// Name of the type of operator that the cabal favours.
  let cabalFavours: String?
  let yuma: Yuma

  init(types: [String], reading fields: inout FieldReader) {
    let source = "protocol facts §2.4: subtensor 2026-06-30"
    validators = fields.count(
      "validators", "validators who score", in: 1...256, default: 10,
      source: "assumption; a subnet of Bittensor has 64, §2.5")
    stakeTail = fields.number(
      "stakeTail", "stake of the k-th validator falls as 1 / k to this power", in: 0...10,
      default: 1, source: "assumption")
    noise = fields.number(
      "noise", "deviation of the logarithm of what a validator measures", in: 0...5, default: 0.2,
      source: "assumption")
    service = fields.choice("service", "what they measure", default: Service.work)
    cabalStake = fields.share(
      "cabalStake", "share of all stake of validators who say only good of one type", default: 0,
      source: "assumption")
    cabalFavours = fields.optionalText(
      "cabalFavours", "the type of operator that they favour", example: "hobbyist")
    yuma = Yuma(reading: &fields, source: source)
    if let name = cabalFavours, !types.contains(name), !fields.isRecording {
      fields.refuse(
        "cabalFavours", expected: "a type of operators.types", found: "\"\(name)\"",
        help: types.isEmpty ? "" : "one of " + types.joined(separator: ", "))
    }
    if cabalStake > 0, cabalFavours == nil, !fields.isRecording {
      fields.refuse(
        "cabalStake", expected: "cabalFavours beside it", found: numberText(cabalStake),
        help: "name the type of operator that the cabal favours")
    }
  }

  /// Stakes that add to 1, the cabal's last, `[validators]`.
  var stakes: [Double] {
    let honest = (1...validators).map { Elementary.pow(Double($0), -stakeTail) }
    let sum = honest.reduce(0, +)
    return honest.map { $0 / sum * (1 - cabalStake) } + (cabalStake > 0 ? [cabalStake] : [])
  }
}

extension Yuma {
  fileprivate init(reading fields: inout FieldReader, source: String) {
    version = fields.choice(
      "consensus", "rule of the bonds", default: Version.yuma3,
      source: "\(source), new subnets")
    kappa = fields.share(
      "kappa", "share of stake that must say at least as much of a miner as what counts",
      default: 0.5, source: source)
    bondsAlpha = fields.share(
      "bondsAlpha", "how fast bonds follow weights, an epoch", default: 0.1, source: source)
    bondsPenalty = fields.share(
      "bondsPenalty", "whether bonds follow clipped weights (1) or what was said (0)", default: 1,
      source: source)
    liquid = fields.object(
      "liquidAlpha", "bonds follow weights faster near the consensus; yuma3 only"
    ) { fields in
      LiquidAlpha(
        low: fields.share(
          "low", "slowest, an epoch", default: 0.1, source: "\(source), test of yuma3"),
        high: fields.share(
          "high", "fastest, an epoch", default: 0.3, source: "\(source), test of yuma3"),
        steepness: fields.number(
          "steepness", "hundred times the slope of the sigmoid", in: 0...1e6, default: 1000,
          source: "\(source), test of yuma3"))
    }
    if version == .yuma2, liquid != nil, !fields.isRecording {
      fields.refuse(
        "liquidAlpha", expected: "consensus yuma3, whose bonds belong to pairs", found: "yuma2",
        help: "leave liquidAlpha out, or write consensus: \"yuma3\"")
    }
  }
}

/// What validators remember of operators between two epochs.
struct RankState: Sendable {
  /// State: `[validators x operators]`; empty before the first ranking.
  var bonds: [Double] = []
  /// Counter: dividends of all rankings, `[validators]`, and how many there were.
  private(set) var dividends: [Double] = []
  private(set) var rankings = 0

  /// Counts the dividends of a ranking; validators of other terms are counted anew.
  mutating func note(_ shares: [Double]) {
    if dividends.count != shares.count { self = RankState(bonds: bonds) }
    if dividends.isEmpty { dividends = Array(repeating: 0, count: shares.count) }
    for validator in shares.indices { dividends[validator] += shares[validator] }
    rankings += 1
  }
}

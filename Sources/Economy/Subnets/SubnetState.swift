import Kernel

/// What is remembered of subnets; empty where there are none.
struct SubnetState: Sendable {
  /// Parameter: asset of the first subnet's own token; the others follow.
  var firstColumn = 0
  var rows: [SubnetRow] = []
  /// Counter: tokens that this settlement issued for the pools and that are not in one yet, and
  /// tokens staked on no subnet [base units].
  var budget: Int64 = 0
  var rootStake: Int64 = 0

  /// Cache: whether the network has subnets.
  var isOn: Bool { !rows.isEmpty }

  func asset(_ column: Int) -> Asset { Asset(column: firstColumn + column) }
}

struct SubnetRow: Sendable {
  /// State: slots of the operators that work for it.
  var miners: [Int]
  /// State: reserves; the books hold the same.
  var pool: SubnetPool
  /// Counter: alpha issued and burned, as the rules count [base units].
  var issued: Int64 = 0
  var burned: Int64 = 0
  /// Parameter: alpha at day 0 [base units].
  var genesis: Int64 = 0
  /// State: moving average of the price [tokens/alpha], and blocks since the first emission.
  var average: Double
  var blocks: Double
  /// State: moving average of net inflow [tokens/day]; counter: net inflow since the last
  /// settlement [base units].
  var flow = 0.0
  var netFlow: Int64 = 0
  /// State: price of a place [base units], and operators that came since the last settlement.
  var place: Int64
  var newcomers: [Int] = []
  var ranks = RankState()
  /// State: false before it is there, and once it is dissolved.
  var isOpen = true
  /// State: share of the last emission [1]; what its stakers and root got at the last settlement
  /// [base units of alpha, of tokens].
  var share = 0.0
  var stakersPay: Int64 = 0
  var rootPay: Int64 = 0
  /// Counter over the run: tokens of emission, and pay of miners [tokens, USD].
  var emission = 0.0
  var minersPay = 0.0

  /// A subnet that is not there yet.
  init() {
    miners = []
    pool = SubnetPool(tokens: 1, alpha: 1, fee: 0, isWeighted: false)
    (average, blocks, place, isOpen) = (0, 0, 0, false)
  }

  /// A subnet as it opens, without miners.
  init(_ terms: SubnetsSettings, _ column: Int, scale: Double) {
    let subnet = terms.list[column]
    miners = []
    pool = SubnetPool(
      tokens: max(1, subnet.units(of: \.tokens, scale)),
      alpha: max(1, subnet.units(of: \.alpha, scale)), fee: terms.fee,
      isWeighted: subnet.pool == .weighted)
    average = subnet.age > 0 ? min(pool.price, 1) : 0
    blocks = subnet.age * terms.blocksPerDay
    place = max(0, Int64(((terms.registration?.opening ?? 0) * scale).rounded()))
  }

  /// Alpha that has been issued and not burned [base units].
  var issuance: Int64 { genesis + issued - burned }
}

/// What subnets came to in one stretch of time.
struct SubnetTotals: BitwiseCopyable, Sendable {
  // Sums [tokens].
  var injected = 0.0
  var bought = 0.0
  var sold = 0.0
  var registration = 0.0
  var moved = 0.0
  // States at the end.
  var open = Double.nan
  var topShare = Double.nan
  var shareSquares = Double.nan
  var priceSquares = Double.nan
  var value = Double.nan
  var pooled = Double.nan
  var rootStake = Double.nan
  var place = Double.nan

  mutating func append(_ next: SubnetTotals) {
    let sums = (injected, bought, sold, registration, moved)
    self = next
    injected += sums.0
    bought += sums.1
    sold += sums.2
    registration += sums.3
    moved += sums.4
  }
}

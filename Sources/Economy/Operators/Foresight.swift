import Kernel

/// What operators who foresee prices know: pay in tokens apart from pay in dollars.
struct Foresight: Sendable {
  /// Counter: tokens received, and their value at the oracle, since the last settlement, `[types]`.
  var tokens: [Double]
  var value: [Double]
  /// State: mean of tokens received, `[types]` [tokens/node-day].
  var perNodeDay: [Double]
  /// State: price that decisions use [USD/token].
  var price = 0.0
  /// Cache: sums of the price at the end of each day before `[day]` [USD/token].
  fileprivate var sums: [Double] = [0]

  init(types: Int) {
    tokens = Array(repeating: 0, count: types)
    value = tokens
    perNodeDay = tokens
  }

  /// The mean price of the days from one on [USD/token].
  fileprivate func mean(from day: Int, ahead: Int) -> Double {
    let first = min(max(day, 0), sums.count - 2)
    let last = min(first + max(ahead, 1), sums.count - 1)
    return (sums[last] - sums[first]) / Double(last - first)
  }
}

extension NetworkState {
  /// Computes the prices to come, with their luck, where operators foresee them.
  mutating func foresee(at now: SimTime) {
    guard case .perfectForesight(let ahead, _) = settings.operators.expectation,
      let market = settings.token?.market, case .exogenous(let path) = marketRule(market)
    else { return }
    let days = Int(horizon.inDays.rounded(.up)) + Int(ahead.rounded(.up)) + 1
    var sums = [0.0]
    var luckOfPrice = PriceLuck()
    var step = 0
    let every = market.every.inDays
    for day in 1...days {
      while Double(step + 1) * every <= Double(day) {
        luckOfPrice.step(
          market.noise, market.marketWide, days: every, day: Double(step + 1) * every, luck: luck,
          index: step)
        step += 1
      }
      sums.append(
        sums[day - 1] + path.price(day: Double(day)) * Elementary.exp(luckOfPrice.level))
    }
    foresight?.sums = sums
    see(at: now)
  }

  /// Takes the price that decisions use from the days ahead, moved by the shocks that are on.
  mutating func see(at now: SimTime) {
    guard case .perfectForesight(let ahead, _) = settings.operators.expectation,
      let foresight, let venue
    else { return }
    let mean = foresight.mean(from: Int(now.inDays), ahead: Int(ahead.rounded()))
    self.foresight?.price = mean * venue.shockFactor
  }

  /// Notes tokens of an operator's pay, where their value is foreseen.
  mutating func noteForForesight(type: Int, tokens: Double, value: Double) {
    guard foresight != nil, !isCut(.priceToPay) else { return }
    foresight?.tokens[type] += tokens
    foresight?.value[type] += value
  }

  /// Takes the tokens of an epoch into their mean, as far as a type had nodes.
  ///
  /// - Returns: their value at the oracle, which is no part of the pay in dollars [USD].
  mutating func learnTokens(type: Int, nodeDays: Double, weight: Double) -> Double {
    guard var known = foresight else { return 0 }
    let value = known.value[type]
    if nodeDays > 0 {
      known.perNodeDay[type] +=
        weight * (known.tokens[type] / nodeDays - known.perNodeDay[type])
    }
    known.tokens[type] = 0
    known.value[type] = 0
    foresight = known
    return value
  }
}

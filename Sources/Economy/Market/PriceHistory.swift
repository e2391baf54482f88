import Kernel

/// What the venue quoted, as far back as somebody looks: each price holds until the next.
struct PriceHistory: Sendable {
  /// Parameter: how far back it is asked for.
  private let reach: SimDuration
  /// State: when prices began to hold, in order, and they [USD/token].
  private var times: [SimTime] = []
  private var prices: [Double] = []
  /// State: place of the oldest that can still be asked for.
  private var first = 0

  init(reach: SimDuration) {
    self.reach = reach
  }

  /// Notes the price that holds from now on; the last of an instant counts. Requires that time
  /// does not run back.
  mutating func note(_ price: Double, at now: SimTime) {
    if times.last == now {
      prices[prices.count - 1] = price
    } else if prices.last != price {
      times.append(now)
      prices.append(price)
    }
    while first + 1 < times.count, now - times[first + 1] >= reach { first += 1 }
    if first > 64, 2 * first > times.count {
      times.removeFirst(first)
      prices.removeFirst(first)
      first = 0
    }
  }

  /// The price that held some time ago; before the first that was noted, that one [USD/token].
  func price(_ ago: SimDuration, before now: SimTime) -> Double {
    let instant = now.microseconds - ago.microseconds
    var place = times.count - 1
    while place > first, times[place].microseconds > instant { place -= 1 }
    return prices[place]
  }

  /// The mean over the time until now, each price weighed by how long it held [USD/token].
  ///
  /// Requires `window > 0`. Before the first price that was noted, that one counts.
  func mean(over window: SimDuration, until now: SimTime) -> Double {
    let start = now.microseconds - window.microseconds
    var end = now.microseconds
    var sum = 0.0
    var place = times.count - 1
    while place > first, end > start {
      let begin = min(end, max(times[place].microseconds, start))
      sum += prices[place] * Double(end - begin)
      end = begin
      place -= 1
    }
    return (sum + prices[place] * Double(max(0, end - start))) / Double(window.microseconds)
  }
}

/// Dollars of work by epoch, as far back as fundamental traders look at them.
struct SpendingWindow: Sendable {
  /// State: dollars that bought the token, to pay or to burn, and those that burned it, by epoch [USD].
  private var bought: [Double]
  private var burned: [Double]
  /// State: all dollars of jobs in the same epochs [USD].
  private var gross: [Double]
  /// State: place of the oldest epoch, which the next one replaces.
  private var oldest = 0
  /// State: length of an epoch [days].
  private var epochDays: Double

  /// Before day 0 the network is taken to have earned what the opening price says.
  ///
  /// - Parameters:
  ///   - anchors: how traders value the token, stage by stage; without any nothing is remembered.
  ///   - cap: what all free tokens are worth at day 0 [USD].
  init(for anchors: [MarketSettings.Anchor], cap: Double, epochDays: Double, payment: PaymentSplit?)
  {
    let epochs = anchors.map { Self.epochs(of: $0, epochDays) }.max() ?? 0
    func opening(_ anchor: MarketSettings.Anchor?) -> [Double] {
      let yearly = anchor.map { cap / $0.years } ?? 0
      return Array(repeating: yearly / Span.daysPerYear * epochDays, count: epochs)
    }
    self.epochDays = epochDays
    bought = opening(anchors.first { $0.burns == nil })
    burned = opening(anchors.first { $0.burns != nil })
    guard let first = anchors.first else {
      gross = []
      return
    }
    let share = payment.map(first.counted) ?? 0
    gross = (first.burns == nil ? bought : burned).map { share > 0 ? $0 / share : 0 }
  }

  /// At the start some tokens are locked: what traders remember has to explain the opening price of
  /// the free ones.
  mutating func scale(by freeShare: Double) {
    for epoch in gross.indices {
      bought[epoch] *= freeShare
      burned[epoch] *= freeShare
      gross[epoch] *= freeShare
    }
  }

  /// Notes an epoch's dollars that bought the token, and those of them that burned it [USD].
  mutating func record(bought dollars: Double, burned destroyed: Double, of all: Double) {
    guard !gross.isEmpty else { return }
    bought[oldest] = dollars
    burned[oldest] = destroyed
    gross[oldest] = all
    oldest = (oldest + 1) % gross.count
  }

  /// Epochs are longer or shorter from now on: each year brings what it brought.
  mutating func change(epochDays days: Double, for anchors: [MarketSettings.Anchor]) {
    guard days != epochDays, !gross.isEmpty else { return }
    let count = anchors.map { Self.epochs(of: $0, days) }.max() ?? 0
    func spread(_ sums: [Double]) -> [Double] {
      let mean = sums.reduce(0, +) / Double(sums.count) / epochDays * days
      return Array(repeating: mean, count: count)
    }
    (bought, burned, gross) = (spread(bought), spread(burned), spread(gross))
    (oldest, epochDays) = (0, days)
  }

  /// Dollars of a year that count in a value [USD/year].
  func yearly(_ anchor: MarketSettings.Anchor) -> Double {
    yearly(anchor) { anchor.burns == nil ? bought[$0] : burned[$0] }
  }

  /// The same, had other shares of all dollars counted: what bought the token in the proportion of the
  /// shares, or, where none was meant to, the share of all dollars [USD/year].
  func yearly(
    _ anchor: MarketSettings.Anchor, under next: PaymentSplit, before: PaymentSplit
  ) -> Double {
    let series = anchor.burns == nil ? bought : burned
    let shares = (anchor.counted(before), anchor.counted(next))
    return yearly(anchor) { counted(series[$0], of: gross[$0], shares) }
  }

  /// Other shares are in force, which traders had reckoned with: the window holds what would have
  /// counted under them.
  mutating func takeOver(_ next: PaymentSplit, before: PaymentSplit) {
    for epoch in gross.indices {
      bought[epoch] = counted(
        bought[epoch], of: gross[epoch], (before.buyingShare, next.buyingShare))
      burned[epoch] = counted(burned[epoch], of: gross[epoch], (before.burn, next.burn))
    }
  }

  private func counted(_ spent: Double, of all: Double, _ shares: (Double, Double)) -> Double {
    shares.0 > 0 ? spent * shares.1 / shares.0 : all * shares.1
  }

  private func yearly(_ anchor: MarketSettings.Anchor, _ spent: (Int) -> Double) -> Double {
    let count = min(Self.epochs(of: anchor, epochDays), gross.count)
    guard count > 0 else { return 0 }
    var sum = 0.0
    if count == gross.count {
      for epoch in gross.indices { sum += spent(epoch) }
    } else {
      for back in 1...count { sum += spent((oldest - back + gross.count) % gross.count) }
    }
    return sum / (Double(count) * epochDays) * Span.daysPerYear
  }

  private static func epochs(of anchor: MarketSettings.Anchor, _ epochDays: Double) -> Int {
    max(1, Int((anchor.windowDays / epochDays).rounded()))
  }
}

extension MarketSettings.Anchor {
  /// Share of all dollars of jobs that counts in the value [1].
  fileprivate func counted(_ payment: PaymentSplit) -> Double {
    burns == nil ? payment.buyingShare : payment.burn
  }
}

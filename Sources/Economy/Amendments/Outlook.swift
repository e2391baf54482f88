import Kernel

/// What is expected of an amendment that has been announced.
struct Outlook: Sendable {
  /// Cache: whether an amendment is announced ahead at all.
  var isUsed = false
  /// State: stages that have been announced and are not in force, in order.
  var stages: [Int] = []
  /// State: mean dollars of finished jobs in an epoch, and days that stand behind it [USD].
  var gross = 0.0
  var seenDays = 0.0
  /// Cache: pay of operators under the next stage ÷ that under the settings in force, as of the last
  /// settlement or announcement [1].
  var payRatio = 1.0
}

/// Who knows of an amendment acts on it.
///
/// *Operators* expect the mean pay of the coming `planDays`: the pay they know until the day of the
/// amendment, and from then on that pay times r, where
///
///     r = (G p' + E' P) ÷ (G p + E P)
///
/// with G the dollars of jobs in an epoch (a mean over thirty days), p the providers' share of it, E
/// the tokens of an epoch for operators, P the settlement oracle, and a prime what is announced. E'
/// is that of the epoch in which it takes effect, for the network as it is.
///
/// *Fundamental traders* value the token at once as they will under the announced settings: by its
/// `valueYears`, and by the dollars of their window in the proportion of the shares that buy tokens.
///
/// *Speculators* follow the price, and with it the others.
///
/// What is announced is the whole stage: an amendment that was not, and takes effect before, counts as
/// known with it.
extension NetworkState {
  /// An amendment of a stage becomes known.
  mutating func announce(_ stage: Int, at now: SimTime) {
    outlook.stages.append(stage)
    outlook.stages.sort()
    lookAhead(at: now)
  }

  /// Takes in what a settlement has paid.
  mutating func learnOutlook(gross: Int64, at now: SimTime) {
    // What is owed while payments are halted comes in one sum, which is no day's.
    guard outlook.isUsed, !isHalted else { return }
    let days = settings.epoch.inDays
    let weight = Expectation.average(days: 30).weight(days: days, seen: outlook.seenDays)
    outlook.gross += weight * (Double(gross) / 1e6 - outlook.gross)
    outlook.seenDays += days
    lookAhead(at: now)
  }

  /// The amendments up to a stage are in force, and no news any more.
  mutating func forgetNews(upTo stage: Int, at now: SimTime) {
    guard outlook.isUsed else { return }
    let wasKnown = outlook.stages.contains { $0 <= stage }
    outlook.stages.removeAll { $0 <= stage }
    if wasKnown { venue?.takeOver(buying: settings.payment) }
    lookAhead(at: now)
  }

  /// Looks at the next stage that has been announced.
  private mutating func lookAhead(at now: SimTime) {
    guard let stage = outlook.stages.first else {
      outlook.payRatio = 1
      venue?.outlook = nil
      return
    }
    let next = stages[stage]
    let epochs = max(0, stageDays[stage] - now.inDays) / settings.epoch.inDays
    let before = pay(settings, at: now)
    let after = pay(next, epochsAhead: Int(epochs), at: now)
    outlook.payRatio = before > 0 ? after / before : 1
    guard case .anchored(_, let anchor) = next.token?.market.rule else {
      venue?.outlook = nil
      return
    }
    venue?.outlook = Venue.Outlook(
      anchor: anchor, payment: next.payment, before: settings.payment)
  }

  /// What operators get in an epoch under some settings, for the network as it is [USD].
  private func pay(
    _ settings: EconomySettings, epochsAhead: Int = 0, at now: SimTime
  ) -> Double {
    // Dollars were counted by the epochs there are.
    let length = self.settings.epoch.inDays / settings.epoch.inDays
    let tokens = foreseenEmission(settings, epochsAhead: epochsAhead, at: now) * length
    return outlook.gross * settings.payment.provider + tokens * token.oraclePrice
      + promise(of: settings)
  }

  /// What the rule of promised pay would owe for an epoch like those so far [USD].
  private func promise(of settings: EconomySettings) -> Double {
    guard let terms = settings.payment.demandDriven else { return 0 }
    var dollars = 0.0
    for (type, totals) in byType.enumerated() where totals.nodeDays > 0 {
      let hours = terms.hours == .online ? totals.onlineHours : totals.busyHours
      let column = settings.operators.types[type].hardware
      guard column < terms.targets.count else { continue }
      dollars += terms.targets[column] * hours / totals.nodeDays * Double(supply.activeNodes[type])
    }
    return dollars * self.settings.epoch.inDays * vaults.scale
  }

  /// What operators expect of the coming days ÷ what they were paid [1].
  func anticipation(at now: SimTime) -> Double {
    guard outlook.payRatio != 1, let stage = outlook.stages.first else { return 1 }
    let ahead = settings.operators.planDays
    let left = max(0, stageDays[stage] - now.inDays)
    let after = max(0, ahead - left) / max(ahead, 1e-9)
    return 1 + after * (outlook.payRatio - 1)
  }
}

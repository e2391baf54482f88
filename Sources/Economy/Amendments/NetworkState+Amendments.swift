import Kernel

/// Amendments take effect.
extension NetworkState {
  /// Puts the settings of a stage in force.
  ///
  /// A number behind those of the stages says that one of them is announced.
  mutating func amend(to stage: Int, _ queue: inout EventQueue<NetworkEvent>) {
    let now = queue.now
    if stage >= stages.count { return announce(stage - stages.count, at: now) }
    let before = settings
    let stakes = trust.isOn ? (0..<operators.count).map(stakeDue) : []
    settings = stages[stage]
    self.stage = stage
    // The epoch that is under way ends as it began, and brings what it would have brought.
    if settings.epoch != before.epoch {
      settings.epoch = before.epoch
      emission.ofEpoch = emission.ofEpoch ?? before.token?.streams
    }
    migrate(settings.passage?.moves ?? [])
    replaceRules(of: before, &queue)
    raiseStakes(above: stakes, after: before.collateral, now)
    forgetNews(upTo: stage, at: now)
    settings.catchUp(with: now)
    valueMachines()
    foresee(at: now)
    for index in settings.demand.classes.indices {
      users[index].prepare(settings.demand.classes[index])
    }
    lookIfPlain()
    lookOutside(at: now)
    renewReservations(&queue)
    review(after: before.eligibility, &queue)
  }

  /// What rules that are gone leave behind goes where theirs say, and what new ones begin with comes.
  private mutating func replaceRules(
    of before: EconomySettings, _ queue: inout EventQueue<NetworkEvent>
  ) {
    reopenMarket(after: before.token?.market, at: queue.now)
    refillPools(after: before.token)
    vestAnew(after: before.token?.vesting ?? [], &queue)
    emptyWallets(after: before.payment)
    takeOverCredits()
    exchangeStakes()
    changeSubnets(after: before.subnets)
    raiseTreasury(after: before.treasury)
  }
}

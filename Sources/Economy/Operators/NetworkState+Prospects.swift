import Kernel

/// What a network without nodes would pay.
extension NetworkState {
  /// Pay of a node of a type in a network that has none, as its candidates can work it out: work that
  /// waits or was given up since the last settlement, at the asked price, and what the schedule would
  /// issue; both shared with the nodes that are on their way, and with one more [USD/node-day].
  ///
  /// All candidates of a type expect the same, and those who look between two settlements do not see
  /// each other come: the first wave may be too large, as waves are.
  func prospectivePay(of type: Int, at now: SimTime) -> Double {
    let coming = 1 + nodesOnTheirWay
    let terms = settings.operators.types[type]
    let column = terms.hardware
    var hours = 0.0
    var dollars = 0.0
    for (kind, demand) in settings.demand.classes.enumerated()
    where demand.hardware.contains(column) {
      let part =
        (users[kind].abandonedHours + workWaiting(class: kind))
        / settings.speed(of: column, for: kind)
      hours += part
      dollars += part * users[kind].priceFactor
    }
    let price = settings.hardware[column].hourlyPrice * priceLevel
    // No node works more than all the time.
    let most = coming * settings.epoch.inHours
    let served = hours > most ? dollars * most / hours : dollars
    let work = isCut(.nodesToRevenue) ? 0 : served * price * settings.payment.provider
    let revenue = served * price * settings.payment.rewardShare
    let days = settings.epoch.inDays
    let tokens = prospectiveEmission(to: coming, of: terms, isPaid: work > 0, now)
    return (work + revenue + tokens) / coming / days + prospectivePromise(to: coming, of: column)
  }

  /// Pay promised to a node that is online all day, as far as the vaults reach for an epoch
  /// [USD/node-day].
  private func prospectivePromise(to nodes: Double, of column: Int) -> Double {
    guard let terms = settings.payment.demandDriven, terms.hours == .online,
      column < terms.targets.count
    else { return 0 }
    let promised = terms.targets[column] * Span.hoursPerDay * vaults.scale
    let held =
      Double(ledger.balance(.token, of: .rewardVault)) * priceOfUnit
      + Double(ledger.balance(.dollars, of: .feeVault))
    return min(promised, held / 1e6 / nodes / settings.epoch.inDays)
  }

  /// Nodes of operators that have decided to enter and are not there yet.
  private var nodesOnTheirWay: Double {
    var nodes = 0.0
    for slot in 0..<operators.count where operators.state[slot] == .arriving {
      nodes += Double(operators.nodes[slot])
    }
    return nodes
  }

  /// Work of the jobs that wait in the line of a class [GPU-h].
  private func workWaiting(class kind: Int) -> Double {
    var hours = 0.0
    var job = Int(lines[kind].head)
    while job >= 0 {
      hours += jobs[job].work
      job = Int(jobs[job].next)
    }
    return hours
  }

  /// What the schedule would issue to the operators of so many nodes of a type in the epoch to come;
  /// to none where prices to come are foreseen, since tokens are expected apart there [USD].
  private func prospectiveEmission(
    to nodes: Double, of type: OperatorType, isPaid: Bool, _ now: SimTime
  ) -> Double {
    guard foresight == nil, settings.token != nil else { return 0 }
    let counts = settings.hardware[type.hardware].rewardMultiplier > 0
    let tokens = foreseenEmission(settings, nodes: nodes, at: now) { rewards in
      if !rewards.eligibility.pays(type.name) { return 0 }
      var part = rewards.operatorsPart - rewards.part(.subnets)
      // Whoever is alone has all of a weight, but for what needs work or counts for nothing.
      if !isPaid { part -= rewards.part(.work) + rewards.part(.rank) }
      if !counts { part -= rewards.part(.power) + rewards.part(.capacity) }
      return part
    }
    let price = isCut(.priceToPay) ? venue?.openingPrice ?? 0 : token.oraclePrice
    return tokens * price
  }
}

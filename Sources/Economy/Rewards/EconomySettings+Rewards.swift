import Configuration

extension EconomySettings {
  /// Doubts streams that go by something that never happens here.
  func checkNeeds(_ fields: inout FieldReader) {
    let burns =
      payment.burn > 0 || payment.remint != nil || payment.buyBack?.parts[1] ?? 0 > 0
      || (payment.feeVault > 0 && payment.demandDriven?.surplusBurn ?? 0 > 0)
    let stakes = token?.staking != nil || collateral != nil
    for stream in token?.streams ?? [] {
      let (isMet, expected, help) =
        switch stream.policy?.need {
        case .burns: (burns, "something that burns tokens", "give payment.burn a share")
        case .stake: (stakes, "somebody who can stake", "add token.staking or staking.collateral")
        case nil: (true, "", "")
        }
      if isMet { continue }
      fields.warn(
        "token", expected: "\(expected), since \(stream.name) goes by it", found: "none",
        help: "\(help), or take another rule of emission")
    }
  }

  /// Refuses parts of rewards that nobody can earn here.
  func checkRewards(_ fields: inout FieldReader) {
    for stream in token?.streams ?? [] {
      guard let rewards = stream.rewards else { continue }
      if rewards.part(.stake) > 0, collateral == nil {
        fields.refuse(
          "token", expected: "staking.collateral beside rewards by stake",
          found: "none", help: "say what operators bond, or share \(stream.name) out otherwise")
      }
      if rewards.part(.checks) > 0, trust.audits == nil, trust.proofs == nil {
        fields.refuse(
          "token", expected: "trust.audits or trust.proofs beside rewards by checks",
          found: "neither", help: "add one of them, or share \(stream.name) out otherwise")
      }
      let types = operators.types.map(\.name)
      if let name = rewards.eligibility.operatorTypes.first(where: { !types.contains($0) }),
        !types.isEmpty
      {
        fields.refuse(
          "token", expected: "names of operators.types in operatorTypes of \(stream.name)",
          found: "\"\(name)\"", help: "one of " + types.joined(separator: ", "))
      }
      if rewards.limits.ofSpend == 0 || rewards.limits.perOperator == 0
        || rewards.limits.perNode == 0
      {
        fields.warn(
          "token", expected: "a limit above 0 on the rewards of \(stream.name)", found: "0",
          help: "with it operators get nothing")
      }
    }
  }
}

public import Configuration

extension EconomySettings {
  /// What counts only when its rule comes into force, by key path, with the kinds of rule it belongs to:
  /// where these were in force before, an amendment of it alone does nothing.
  public var openings: [FieldPath: [ObjectIdentifier]] {
    var openings: [FieldPath: [ObjectIdentifier]] = [:]
    for (index, stream) in (token?.streams ?? []).enumerated() {
      guard let policy = stream.policy, let key = policy.openingKey else { continue }
      let place = index == 0 ? ["token"] : ["token", "streams", stream.name]
      let path = place + ["emission"] + key.split(separator: ".").map(String.init)
      openings[FieldPath(path.map(FieldPath.Step.key))] = policy.kinds
    }
    if let market = token?.market {
      openings[FieldPath([.key("market"), .key("openingPriceUSD")])] = [
        ObjectIdentifier(market.kind)
      ]
    }
    func add(_ path: String..., isThere: Bool) {
      if isThere { openings[FieldPath(path.map(FieldPath.Step.key))] = [] }
    }
    let promises = payment.demandDriven != nil
    add("payment", "demandDriven", "rewardVaultSeed", isThere: promises)
    add("payment", "demandDriven", "feeVaultSeedUSD", isThere: promises)
    add("payment", "remint", "seedTokens", isThere: payment.remint != nil)
    add("treasury", "openingUSD", isThere: treasury != nil)
    add("token", "staking", "openingShare", isThere: token?.staking != nil)
    return openings
  }
}

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
    func add(_ keys: [String], of rule: String, _ isThere: Bool) {
      if !isThere { return }
      for key in keys {
        openings[FieldPath([.key("payment"), .key(rule), .key(key)])] = []
      }
    }
    add(["rewardVaultSeed", "feeVaultSeedUSD"], of: "demandDriven", payment.demandDriven != nil)
    add(["seedTokens"], of: "remint", payment.remint != nil)
    return openings
  }
}

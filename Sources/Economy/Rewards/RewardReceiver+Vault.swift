extension RewardReceiver {
  /// The vault that promised pay comes from first.
  static let rewardVault = RewardReceiver(
    "rewardVault", "part for the vault that payment.demandDriven pays from first",
    source: "protocols-render §2.4: io.net's schedule feeds its reward vault (S)"
  ) { network, part, source in
    network.payReward(part, to: .rewardVault, from: source)
    network.vaults.rewardIn += part
    network.interval.vaults.funded +=
      Double(part) / network.tokenScale * network.token.oraclePrice
    return part
  }
}

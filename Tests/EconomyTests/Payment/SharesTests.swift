import Testing

@testable import Economy
@testable import Scenarios

private func said(_ text: String) throws -> [String] {
  try complaints(about: text) { PaymentSplit(reading: &$0) }
}

struct SharesTests {
  @Test func `a stable unit is dollars under another name`() throws {
    let split = try read("{providerPaidIn: 'stable', protocolPaidIn: 'stable'}") {
      PaymentSplit(reading: &$0)
    }
    #expect(!split.needsToken)
    func rows(_ unit: String) throws -> [[UInt64]] {
      var run = try SmallNetwork.scenario(["payment.providerPaidIn='\(unit)'"]).finished()
      return run.takeSeries().map { $0.values.map(\.bits) }
    }
    #expect(try rows("stable") == rows("dollars"))
  }

  @Test func `fees of both sides are a share of what is paid`() throws {
    // io.net: 0.25 % and 0.25 %, each 2 % more in USDC. Of 1.0225 USD paid, 0.9775 are the supplier's.
    let split = try read("{fees: {renterShare: 0.0225, supplierShare: 0.0225}}") {
      PaymentSplit(reading: &$0)
    }
    #expect(abs(split.provider - 0.9775 / 1.0225) < 1e-15)
    #expect(abs(split.protocolShare - 0.045 / 1.0225) < 1e-15)
    let own = try read("{fees: {}}") { PaymentSplit(reading: &$0) }
    #expect(abs(own.protocolShare - 0.005 / 1.0025) < 1e-15)
    #expect(
      try said("{fees: {}, protocol: 0.1}") == ["expected fees or protocol, found both"])
  }

  @Test func `five shares add to one`() throws {
    let split = try read(
      "{provider: 0.1, protocol: 0.05, burn: 0.5, partner: 0.15, feeVault: 0.2, "
        + "demandDriven: {feeVaultSeedUSD: 1}}"
    ) { PaymentSplit(reading: &$0) }
    #expect(split.parts == [0.1, 0.05, 0.5, 0.2, 0.15, 0])
    #expect(
      try said("{provider: 0.4, burn: 0.5, partner: 0.15}") == [
        "expected shares that add to 1, found 0.4 + 0 + 0.5 + 0.15 = 1.05"
      ])
  }

  @Test(arguments: [
    (
      "{burnAt: 'purchase'}",
      "expected a burned share above 0, which is what buys then, found burn: 0"
    ),
    (
      "{burnAt: 'completion'}",
      "expected a burned share above 0, which is what buys then, found burn: 0"
    ),
    ("{buyBack: {}}", "expected a protocol share in dollars to buy with, found protocol: 0"),
    (
      "{provider: 0.9, protocol: 0.1, protocolPaidIn: 'token', buyBack: {}}",
      "expected a protocol share in dollars to buy with, found protocolPaidIn: \"token\""
    ),
    (
      "{provider: 0.9, feeVault: 0.1}",
      "expected demandDriven, which draws on that vault, found none"
    ),
    (
      "{provider: 0.9, burn: 0.1, remint: {}}",
      "expected provider and protocol alone, since credits are redeemed in tokens, found burn + "
        + "feeVault + partner + stakers = 0.1"
    ),
    (
      "{provider: 0.5, burn: 0.5, rewardShareOfRevenue: 0.48}",
      "expected at least 0.03 of revenue burned beyond what is issued, found burn 0.5 - 0.48 = "
        + "0.020000000000000018"
    ),
    (
      "{provider: 0.9, protocol: 0.1, buyBack: {burn: 0.7}}",
      "expected shares that add to 1, found 0.7 + 0 + 0 = 0.7"
    ),
    ("{remint: {haltAt: 1}}", "expected at most warnAt (0.95), found 1"),
    (
      "{provider: 0.5, feeVault: 0.5, demandDriven: {gain: 0}}",
      "expected a gain above 0, which is what brings the target down to floor, found 0"
    ),
    (
      "{provider: 0.5, feeVault: 0.5, demandDriven: {surplusBurn: 0.2}}",
      "expected at least 0.5, found 0.2"
    ),
  ]) func `what has no source, or nothing to act with, is refused`(
    text: String, sentence: String
  ) throws {
    #expect(try said(text) == [sentence])
  }

  @Test(arguments: [
    (
      ["payment={provider: 1, demandDriven: {targetUSDPerHour: {gpu: 1}}}"],
      "payment.demandDriven: expected a source of its vaults, found token.rewards.rewardVault + "
        + "payment.feeVault + rewardVaultSeed + feeVaultSeedUSD = 0 + 0 + 0 + 0 = 0"
    ),
    (
      ["payment={provider: 1, remint: {seedTokens: 7000}}"],
      "payment.remint: expected at most the treasury's 5000 tokens taken from it, found "
        + "seedTokens 7000"
    ),
    (
      [
        "payment={provider: 1, remint: {seedTokens: 3000}}",
        "token.streams={a: {emission: {rule: 'fixed', tokensPerEpoch: 1}, rewards: {work: 1}, "
          + "poolTokens: 4000, poolFrom: 'treasury'}}",
      ],
      "payment.remint: expected at most the treasury's 5000 tokens taken from it, found "
        + "poolTokens of a 4000 + seedTokens 3000 = 7000"
    ),
    (
      [
        "payment={provider: 1, demandDriven: {feeVaultSeedUSD: 10, "
          + "targetUSDPerHour: {gpu: 1}}}"
      ],
      "payment: expected a feeVaultSeedUSD of at most treasury.openingUSD (0), since the treasury "
        + "earns no dollars, found 10"
    ),
    (
      ["payment={provider: 0.3, burn: 0.2, fees: {renterShare: 0, supplierShare: 0.1}}"],
      "payment.provider: expected fees or provider, found both, and fees leave 0.7"
    ),
    (
      ["payment={provider: 1, demandDriven: {rewardVaultSeed: 5500, targetUSDPerHour: {gpu: 1}}}"],
      "payment.demandDriven: expected at most the treasury's 5000 tokens taken from it, found "
        + "rewardVaultSeed 5500"
    ),
    (
      ["token.rewards={rewardVault: 0.25, work: 0.75}"],
      "token: expected payment.demandDriven, which pays out of the vault that rewards.rewardVault "
        + "fills, found rewardVault: 0.25 alone"
    ),
    (
      ["payment={demandDriven: {rewardVaultSeed: 5, targetUSDPerHour: {tpu: 1}}}"],
      "payment.demandDriven.targetUSDPerHour: expected names of hardware classes, found \"tpu\""
    ),
    (
      [
        "operators.types.site.hardware='gpu'",
        "payment={demandDriven: {rewardVaultSeed: 5, targetUSDPerHour: {big: 1}}}",
      ],
      "payment: expected targetUSDPerHour for hardware that operators have, found big"
    ),
    (
      ["payment={demandDriven: {rewardVaultSeed: 5}}"],
      "payment.demandDriven.targetUSDPerHour: expected a target above 0 for a hardware class, "
        + "found none"
    ),
  ]) func `vaults without a source and targets without an instrument are refused`(
    settings: [String], sentence: String
  ) throws {
    let error = #expect(throws: ScenarioError.self) { _ = try SmallNetwork.scenario(settings) }
    let text = error?.description ?? ""
    #expect(text.contains("error: \(sentence)\n"), "\(text)")
  }
}

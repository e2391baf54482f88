import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private func terms(_ text: String = "{}") throws -> RemintTerms {
  try read(text) { RemintTerms(reading: &$0) }
}

/// Credits against locked tokens: Akash's BME (AEP-76), worked by hand.
struct CreditVaultTests {
  /// 1,000 tokens of 6 decimals, locked at 2 USD.
  private func locked() throws -> (vault: CreditVault, credits: Int64) {
    var vault = CreditVault()
    let made = vault.mint(1_000_000_000, fromLine: false, spread: try terms().spread, price: 2)
    // 25 basis points of 2,000 credits stay in the vault.
    #expect(made == (1_995_000_000, 5_000_000))
    #expect(vault.supply == 2_000_000_000)
    return (vault, made.user)
  }

  @Test func `a constant price leaves only the spread behind`() throws {
    var (vault, credits) = try locked()
    let paid = vault.redeem(credits, price: 2, room: .max)
    #expect(paid == (997_500_000, 0))
    #expect(vault.reminted == 0)
    // 25 basis points of 1,000 tokens, against the credits that the vault kept.
    #expect(vault.tokens == 2_500_000)
    #expect(vault.remintCredit == 2_500_000)
    #expect(vault.supply == vault.kept)
  }

  @Test func `half the price pays twice the tokens, and what is not locked is issued`() throws {
    var (vault, credits) = try locked()
    let paid = vault.redeem(credits, price: 1, room: .max)
    #expect(paid.vault + paid.issued == 2 * 997_500_000)
    #expect(paid == (1_000_000_000, 995_000_000))
    #expect(vault.tokens == 0 && vault.remintCredit == 0)
    #expect(vault.reminted == 995_000_000)
  }

  @Test func `twice the price leaves tokens in the vault`() throws {
    var (vault, credits) = try locked()
    #expect(vault.redeem(credits, price: 4, room: .max) == (498_750_000, 0))
    #expect(vault.tokens == 501_250_000)
  }

  @Test func `what was put in without credits backs them and is not paid out`() throws {
    var (vault, credits) = try locked()
    vault.seed(300_000_000)
    #expect(vault.ratio(price: 2) == 1.3)
    #expect(vault.redeem(credits, price: 1, room: .max) == (1_000_000_000, 995_000_000))
    #expect(vault.tokens == 300_000_000)
  }

  @Test func `making credits halts at a ratio of 0,90 and redeeming them does not`() throws {
    var (vault, credits) = try locked()
    let terms = try terms()
    func status(_ price: Double) -> RemintTerms.Status {
      terms.status(at: vault.ratio(price: price))
    }
    // 1,000 tokens against 2,000 credits: the ratio is half the price.
    #expect(status(1.91) == .healthy)
    #expect(status(1.9) == .warning)
    #expect(status(1.801) == .warning)
    #expect(status(1.8) == .halted)
    #expect(status(0) == .halted)
    #expect(vault.redeem(credits / 2, price: 1.8, room: .max).vault == 554_166_666)
    #expect(terms.status(at: CreditVault().ratio(price: 1)) == .healthy)
  }

  @Test func `the line grows by a tenth for each thousandth below the warning`() throws {
    let terms = try terms()
    #expect(terms.queueBlocks(at: .infinity) == 10)
    #expect(terms.queueBlocks(at: 0.95) == 10)
    // 1.1^10, 1.1^50; at 1.1^80 the most of 14,400 blocks is reached.
    #expect(abs(terms.queueBlocks(at: 0.94) - 25.937424601) < 1e-6)
    #expect(abs(terms.queueBlocks(at: 0.9) - 1173.908528797) < 1e-4)
    #expect(terms.queueBlocks(at: 0.87) == 14_400)
  }

  @Test func `what cannot be issued is not`() throws {
    var (vault, credits) = try locked()
    #expect(vault.redeem(credits, price: 1e-6, room: 7) == (1_000_000_000, 7))
    #expect(vault.redeem(5_000_000, price: 1, room: -3) == (0, 0))
  }
}

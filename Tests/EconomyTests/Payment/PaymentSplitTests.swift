import Configuration
import Kernel
import Testing

@testable import Economy
@testable import Scenarios

private func split(_ text: String) throws -> PaymentSplit {
  try read(text) { PaymentSplit(reading: &$0) }
}

struct PaymentSplitTests {
  @Test func `without a word everything goes to providers in dollars`() throws {
    let split = try split("{}")
    #expect([split.provider, split.protocolShare, split.burn] == [1, 0, 0])
    #expect(split.providerPaidIn == .dollars)
    #expect(!split.needsToken)
  }

  @Test func `a token is needed where a share is burned or paid in it`() throws {
    #expect(try split("{provider: 0.9, burn: 0.1}").needsToken)
    #expect(try split("{providerPaidIn: 'token'}").needsToken)
    #expect(try split("{provider: 0.9, protocol: 0.1, protocolPaidIn: 'token'}").needsToken)
    #expect(try !split("{protocolPaidIn: 'token'}").needsToken)
    #expect(try !split("{provider: 0, protocol: 1, providerPaidIn: 'token'}").needsToken)
  }

  @Test func `shares that do not add to 1 are refused`() throws {
    let said = try complaints(about: "{provider: 0.5, protocol: 0.2, burn: 0.2}") {
      PaymentSplit(reading: &$0)
    }
    #expect(said == ["expected shares that add to 1, found 0.5 + 0.2 + 0.2 = 0.9"])
  }

  /// Base units that moved for a reason between two groups over a whole run.
  private func moved(
    _ flows: [FlowRow], _ asset: String, _ reason: String, _ from: String, _ to: String
  ) -> Int64 {
    flows.filter {
      $0.asset == asset && $0.reason == reason && $0.from == from && $0.to == to
    }.reduce(0) { $0 + (Int64($1.amount.filter { $0 != "." }) ?? 0) }
  }

  @Test(arguments: ["dollars", "token"])
  func `every micro-dollar of finished jobs reaches its receiver`(paidIn: String) throws {
    var run = try SmallNetwork.scenario([
      "payment.providerPaidIn=\(paidIn)", "payment.protocolPaidIn=\(paidIn)",
    ]).finished()
    let flows = run.takeFlows()
    func dollars(_ reason: String, to receiver: String, from sender: String = "escrow") -> Int64 {
      moved(flows, "USD", reason, sender, receiver)
    }
    let deposits = dollars("escrow deposit", to: "escrow", from: "users")
    let paid = dollars("job payment", to: "operators") + dollars("job payment", to: "treasury")
    let bought =
      dollars("token purchase", to: "pool") + dollars("trading fee", to: "liquidity providers")
    let state = run.state
    // What was neither refunded, paid nor spent is in escrow, for the jobs that run.
    #expect(
      deposits - dollars("refund", to: "users") - paid - bought
        == state.ledger.balance(.dollars, of: .escrow))
    #expect(paid + bought == microdollars(try run.measured("user_spend_usd")))
    let burnedDollars = try run.measured("burned_usd")
    // Thirty percent of every settlement's dollars, each rounded to the micro-dollar.
    #expect(abs(burnedDollars - 0.3 * Double(paid + bought) / 1e6) < 40 * 1e-6)
    #expect(
      moved(flows, "TOK", "burn", "escrow", "burned") == state.ledger.burned[Asset.token.column])
    #expect(state.ledger.balance(.token, of: .escrow) == 0)
    #expect((paidIn == "token") == (paid == 0))
  }
}

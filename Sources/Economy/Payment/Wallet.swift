import Configuration
import Kernel

/// Users pay in the network's token, of which they keep a stock.
///
/// Prices stay in dollars: a job's are held in escrow until it is done. At the settlement users give
/// tokens for them at the oracle's price, and get the dollars back; for what their stock does not
/// cover the dollars buy tokens, as without a wallet. Then they buy what they used, and a part
/// Δ ÷ `stockDays` of what is missing of a stock worth so many days of use, with Δ the epoch [days].
/// Whoever keeps a stock bears what its price does until it is used.
struct Wallet: Sendable {
  /// Days of use that the stock is worth.
  let stockDays: Double

  init(reading fields: inout FieldReader) {
    stockDays = fields.number(
      "stockDays", "days of use that users keep in tokens, bought at settlements", unit: "days",
      in: 0.01...3650, default: 7, source: "assumption")
  }

  /// What users buy after an epoch [USD].
  ///
  /// - Parameters:
  ///   - used: what they paid in the epoch [USD].
  ///   - stock: what they had before, at the price of its end [USD].
  func purchase(used: Double, stock: Double, epochDays: Double) -> Double {
    let target = used / epochDays * stockDays
    return max(0, used + (target - stock) * min(1, epochDays / stockDays))
  }
}

extension PaymentSplit {
  /// Refuses a wallet beside shares that are not tokens, and beside what is paid in another way.
  func checkWallet(_ fields: inout FieldReader) {
    guard wallet != nil, !fields.isRecording else { return }
    if usesCredits || burnAt == .completion {
      fields.refuse(
        "wallet", expected: "payment at settlements, without credits",
        found: remint == nil ? "burnAt: \"\(burnAt.rawValue)\"" : "remint",
        help: "users pay in one way: leave the other out")
    }
    let inDollars = [
      ("provider", providerPaidIn == .token ? 0 : provider),
      ("protocol", protocolPaidIn == .token ? 0 : protocolShare),
      ("stakers", stakersPaidIn == .token ? 0 : stakers), ("feeVault", feeVault),
      ("partner", partner),
    ].filter { $0.1 > 0 }
    if let share = inDollars.first {
      fields.refuse(
        "wallet", expected: "shares that are all paid in tokens, as users pay them",
        found: "\(share.0) \(numberText(share.1)) in dollars",
        help: "write \(share.0)PaidIn: \"token\", or set the share to 0")
    }
  }
}

extension NetworkState {
  /// Users pay what they have of so many dollars in tokens.
  /// - Returns: base units that are in escrow now, and the dollars that they stand for.
  mutating func payFromWallets(_ dollars: Int64, gross: Int64) -> (units: Int64, dollars: Int64) {
    let price = priceOfUnit
    guard settings.payment.wallet != nil, dollars > 0, price > 0 else { return (0, 0) }
    let held = ledger.balance(.token, of: .users)
    let wanted = Int64(min((Double(dollars) / price).rounded(.up), 4e18))
    let units = min(wanted, held)
    let covered =
      units == wanted ? dollars : min(dollars, Int64((Double(units) * price).rounded(.down)))
    ledger.settle(.token, units, from: .users, to: .escrow, .walletPayment)
    ledger.settle(.dollars, covered, from: .escrow, to: .users, .walletPayment)
    let cost = held > 0 ? vaults.walletCost * Double(units) / Double(held) : 0
    vaults.walletCost -= cost
    // What tokens cost above what they paid for is a cost of the work.
    let loss = cost - Double(covered)
    interval.userSpend += loss / 1e6
    paidPerDollar = 1 + loss / Double(gross)
    return (units, covered)
  }

  /// Users buy tokens for what they used, and for their stock.
  ///
  /// - Parameters:
  ///   - used: dollars that they paid in the epoch [micro-dollars].
  ///   - before: base units that they had.
  mutating func fillWallets(used: Int64, before: Int64) {
    guard let wallet = settings.payment.wallet, priceOfUnit > 0 else { return }
    let stock = Double(before) * priceOfUnit / 1e6
    let dollars = microdollars(
      wallet.purchase(
        used: Double(used) / 1e6, stock: stock, epochDays: settings.epoch.inDays))
    fillPurse(dollars)
    _ = buyTokens(with: dollars, by: .users)
    vaults.walletCost += Double(dollars)
  }
}

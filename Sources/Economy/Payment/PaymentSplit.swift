import Configuration

/// What becomes of a dollar that a user paid for a finished job.
struct PaymentSplit: Sendable {
  /// In what a share reaches its receiver.
  enum PaidIn: String, CaseIterable, Sendable {
    /// Bought on the venue at settlement.
    case token
    case dollars
    /// A coin that is a dollar: the books hold it as dollars, under this name.
    case stable
  }

  /// When the burned share buys its tokens.
  enum BurnAt: String, CaseIterable, Sendable {
    /// At the settlement, with the dollars of all jobs that finished since the last.
    case settlement
    /// When jobs are done: at the next market step or settlement after them, whichever comes first.
    case completion
    /// When users buy the credits that they pay jobs with.
    case purchase
  }

  /// Shares of the gross; they add to 1.
  let provider: Double
  let protocolShare: Double
  let burn: Double
  /// Share of the vault that promised pay falls back on.
  let feeVault: Double
  /// Share of a company beside the network, which leaves it.
  let partner: Double
  /// Share of holders who have bonded tokens.
  let stakers: Double
  let providerPaidIn: PaidIn
  let protocolPaidIn: PaidIn
  let stakersPaidIn: PaidIn
  let burnAt: BurnAt
  /// Nil: users pay in dollars.
  let wallet: Wallet?
  /// How users keep credits; used where they pay with credits.
  let credits: CreditHabits
  let buyBack: BuyBack?
  let remint: RemintTerms?
  let demandDriven: DemandDriven?
  /// Tokens issued to operators for a dollar of finished work, in dollars at the oracle [1].
  let rewardShare: Double

  init(hardware: [String] = [], token: TokenSettings? = nil, reading fields: inout FieldReader) {
    let written = (
      provider: fields.share("provider", "share of the operators who did the work", default: 1),
      protocol: fields.share("protocol", "share of the protocol's treasury", default: 0)
    )
    burn = fields.share("burn", "share that buys tokens and burns them", default: 0)
    feeVault = fields.share(
      "feeVault", "share of the vault that demandDriven falls back on", default: 0)
    partner = fields.share(
      "partner", "share of a company beside the network, which leaves it", default: 0,
      source: "protocols-render §1.4, RNP-023: 35 % or 60 % to Salad")
    stakers = fields.share("stakers", "share of holders who have bonded tokens", default: 0)
    let fees = fields.object("fees", "the protocol's fees, in place of provider and protocol") {
      Fees(reading: &$0)
    }
    protocolShare = fees?.share ?? written.protocol
    let others = burn + feeVault + partner + stakers
    provider = fees.map { max(0, 1 - $0.share - others) } ?? written.provider
    // Shares that add to 1 without the fees are those of a variant or file that has none.
    let sum = written.provider + written.protocol + others
    if fees != nil, fields.hasSome("provider"), (sum - 1).magnitude > 1e-9,
      (written.provider - provider).magnitude > 1e-9
    {
      fields.refuse(
        "provider", expected: "fees or provider",
        found: "both, and fees leave \(numberText(provider))",
        help: "fees say what the provider gets; leave provider out")
    }
    if fees != nil, written.protocol > 0 {
      fields.refuse(
        "protocol", expected: "fees or protocol", found: "both",
        help: "fees say what the protocol gets; leave protocol out")
    }
    providerPaidIn = fields.choice(
      "providerPaidIn", "what operators receive; stable is dollars under another name",
      default: PaidIn.dollars)
    protocolPaidIn = fields.choice(
      "protocolPaidIn", "what the protocol receives; stable is dollars under another name",
      default: PaidIn.dollars)
    stakersPaidIn = fields.choice(
      "stakersPaidIn", "what holders who have bonded tokens receive", default: PaidIn.token)
    burnAt = fields.choice(
      "burnAt",
      "when the burned share buys: at the settlement, at the next market step after completion, or "
        + "when users buy credits, which they then pay with", default: BurnAt.settlement)
    wallet = fields.object("wallet", "users pay in tokens, of which they keep a stock") {
      Wallet(reading: &$0)
    }
    credits = fields.section("credits", "how users keep the credits they pay with") {
      CreditHabits(reading: &$0)
    }
    buyBack = fields.object("buyBack", "the protocol buys tokens with its fees") {
      BuyBack(reading: &$0)
    }
    remint = fields.object("remint", "credits of a dollar against tokens in a vault") {
      RemintTerms(reading: &$0)
    }
    demandDriven = fields.object("demandDriven", "pay promised in dollars, out of two vaults") {
      DemandDriven(hardware: hardware, reading: &$0)
    }
    rewardShare = fields.share(
      "rewardShareOfRevenue",
      "tokens issued to operators by work, in dollars at the oracle per dollar of finished work",
      default: 0, source: "protocols-render §1.4, RNP-023: about 0.56 and 0.31")
    var shares: [(key: String, value: Double)] = [
      ("provider", provider), ("protocol", protocolShare), ("burn", burn),
    ]
    if feeVault > 0 { shares.append(("feeVault", feeVault)) }
    if partner > 0 { shares.append(("partner", partner)) }
    if stakers > 0 { shares.append(("stakers", stakers)) }
    fields.refuse("shares", unlessWhole: shares)
    check(&fields)
    if let token { checkVaults(with: token, &fields) }
  }

  /// Share of the gross that buys tokens, to pay or to burn [1]; of a vault that promised pay falls
  /// back on, what is burned when none of it is needed.
  var buyingShare: Double {
    if remint != nil { return provider + protocolShare }
    var share = burn + feeVault * (demandDriven?.surplusBurn ?? 0)
    if providerPaidIn == .token { share += provider }
    if protocolPaidIn == .token { share += protocolShare }
    if stakersPaidIn == .token { share += stakers }
    return share + protocolShare * (buyBack?.share ?? 0)
  }

  /// Parts of the gross in the order in which they are shared out.
  var parts: [Double] { [provider, protocolShare, burn, feeVault, partner, stakers] }

  /// Whether any share needs a token.
  var needsToken: Bool {
    burn > 0 || (provider > 0 && providerPaidIn == .token)
      || (protocolShare > 0 && protocolPaidIn == .token) || stakers > 0
      || wallet != nil || buyBack != nil || remint != nil || demandDriven != nil || rewardShare > 0
  }

  /// Whether jobs are paid with credits.
  var usesCredits: Bool { burnAt == .purchase || remint != nil }
}

extension PaymentSplit {
  private func check(_ fields: inout FieldReader) {
    if fields.isRecording { return }
    checkWallet(&fields)
    if burnAt != .settlement, burn == 0 {
      fields.refuse(
        "burnAt", expected: "a burned share above 0, which is what buys then",
        found: "burn: 0", help: "give burn a share, or leave burnAt out")
    }
    if buyBack != nil, protocolShare == 0 || protocolPaidIn == .token {
      fields.refuse(
        "buyBack", expected: "a protocol share in dollars to buy with",
        found: protocolShare == 0 ? "protocol: 0" : "protocolPaidIn: \"token\"",
        help: "give protocol a share, paid in dollars")
    }
    if feeVault > 0, demandDriven == nil {
      fields.refuse(
        "feeVault", expected: "demandDriven, which draws on that vault", found: "none",
        help: "add demandDriven: {targetUSDPerHour: {…}}, or give the share to protocol")
    }
    if remint != nil, burn + feeVault + partner + stakers > 0 {
      fields.refuse(
        "remint", expected: "provider and protocol alone, since credits are redeemed in tokens",
        found: "burn + feeVault + partner + stakers = "
          + numberText(burn + feeVault + partner + stakers),
        help: "the vault holds what was paid; set the four to 0")
    }
    if rewardShare > 0, burn - rewardShare < 0.03 - 1e-9 {
      fields.warn(
        "rewardShareOfRevenue", expected: "at least 0.03 of revenue burned beyond what is issued",
        found: "burn \(numberText(burn)) - \(numberText(rewardShare)) = "
          + numberText(burn - rewardShare),
        help: "RNP-023 keeps 0.04 and never less than 0.03; supply may grow with revenue")
    }
  }
}

/// Fees of both sides of a rental, as parts of the supplier's price: a user pays 1 + r, the supplier
/// gets 1 - s, so that of a dollar paid (r + s) / (1 + r) are the protocol's. Prices of the list are
/// what users pay.
struct Fees: Sendable {
  let renter: Double
  let supplier: Double

  init(reading fields: inout FieldReader) {
    let source = "protocols-render §2.3, io.net: 0.25 %, and 2 % more in USDC"
    renter = fields.share(
      "renterShare", "fee of the user, on top of the supplier's price", default: 0.0025,
      source: source)
    supplier = fields.share(
      "supplierShare", "fee of the supplier, out of its price", default: 0.0025, source: source)
  }

  var share: Double { (renter + supplier) / (1 + renter) }
}

/// How users keep credits, which are worth a dollar of work each.
struct CreditHabits: Sendable {
  /// Days of what they used lately that they keep in stock.
  let stockDays: Double
  /// Dollars of credits that are bought at once where the stock does not reach.
  let lot: Double

  init(reading fields: inout FieldReader) {
    stockDays = fields.number(
      "stockDays", "days of use that users keep in credits, bought at settlements", unit: "days",
      in: 0...365, default: 7, source: "assumption")
    lot = fields.number(
      "lotUSD", "least purchase where the stock does not reach, between settlements", unit: "USD",
      in: 0...1e9, default: 1000, source: "assumption")
  }
}

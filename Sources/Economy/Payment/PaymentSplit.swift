import Configuration

/// What becomes of a dollar that a user paid for a finished job.
struct PaymentSplit: Sendable {
  /// In what a share reaches its receiver.
  enum PaidIn: String, CaseIterable, Sendable {
    /// Bought on the venue at settlement.
    case token
    case dollars
  }

  /// Shares of the gross; they add to 1.
  let provider: Double
  let protocolShare: Double
  let burn: Double
  let providerPaidIn: PaidIn
  let protocolPaidIn: PaidIn

  /// Everything to the operators, in dollars.
  init() {
    provider = 1
    protocolShare = 0
    burn = 0
    providerPaidIn = .dollars
    protocolPaidIn = .dollars
  }

  init(reading fields: inout FieldReader) {
    provider = fields.share("provider", "share of the operators who did the work", default: 1)
    protocolShare = fields.share("protocol", "share of the protocol's treasury", default: 0)
    burn = fields.share("burn", "share that buys tokens and burns them", default: 0)
    providerPaidIn = fields.choice(
      "providerPaidIn", "what operators receive", default: PaidIn.dollars)
    protocolPaidIn = fields.choice(
      "protocolPaidIn", "what the protocol receives", default: PaidIn.dollars)
    fields.refuse(
      "shares",
      unlessWhole: [("provider", provider), ("protocol", protocolShare), ("burn", burn)])
  }

  /// Share of the gross that buys tokens, to pay or to burn [1].
  var buyingShare: Double {
    burn + (providerPaidIn == .token ? provider : 0)
      + (protocolPaidIn == .token ? protocolShare : 0)
  }

  /// Whether any share needs a token.
  var needsToken: Bool {
    burn > 0 || (provider > 0 && providerPaidIn == .token)
      || (protocolShare > 0 && protocolPaidIn == .token)
  }
}

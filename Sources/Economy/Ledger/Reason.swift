/// Why a posting was made.
enum Reason: UInt8, CaseIterable, Sendable {
  case openingBalance, userIncome, escrowDeposit, refund, jobPayment, tokenPurchase, tokenSale
  case tradingFee, burn, emission, unlock, capital, hardwarePurchase, hardwareResale
  case electricity, operatingCost, withdrawal, liquidity
  case cloudBill, subsidy, slaCredit, creditPurchase, breakage, selfDealing
  case stake, slash, unstake, verification, alternativeIncome, registration, migration
  case partnerShare, buyBack, vaultFunding, targetPay, creditUse, redemption, remint
  case grant, topUp, protocolCost, loan, poolReward, rewardRelease, rewardForfeit
  case walletPayment

  var name: String {
    switch self {
    case .openingBalance: "opening balance"
    case .userIncome: "user income"
    case .escrowDeposit: "escrow deposit"
    case .refund: "refund"
    case .jobPayment: "job payment"
    case .tokenPurchase: "token purchase"
    case .tokenSale: "token sale"
    case .tradingFee: "trading fee"
    case .burn: "burn"
    case .emission: "emission"
    case .unlock: "unlock"
    case .capital: "capital"
    case .hardwarePurchase: "hardware purchase"
    case .hardwareResale: "hardware resale"
    case .electricity: "electricity"
    case .operatingCost: "operating cost"
    case .withdrawal: "withdrawal"
    case .liquidity: "liquidity"
    case .cloudBill: "cloud bill"
    case .subsidy: "subsidy"
    case .slaCredit: "SLA credit"
    case .creditPurchase: "credit purchase"
    case .breakage: "breakage"
    case .selfDealing: "self-dealing"
    case .stake: "stake"
    case .slash: "slash"
    case .unstake: "unstake"
    case .verification: "verification"
    case .alternativeIncome: "alternative income"
    case .registration: "registration"
    case .migration: "migration"
    case .partnerShare: "partner share"
    case .buyBack: "buy-back"
    case .vaultFunding: "vault funding"
    case .targetPay: "target pay"
    case .creditUse: "credit use"
    case .redemption: "redemption"
    case .remint: "re-mint"
    case .grant: "grant"
    case .topUp: "top-up"
    case .protocolCost: "protocol cost"
    case .loan: "loan"
    case .poolReward: "reward from a pool"
    case .rewardRelease: "release of rewards"
    case .rewardForfeit: "forfeit of rewards"
    case .walletPayment: "payment from a wallet"
    }
  }
}

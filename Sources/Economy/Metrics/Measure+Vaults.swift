import Kernel

extension Measure {
  /// Credits, buy-backs, vaults and the treasury.
  static let vaults = [
    Measure("credits_outstanding", "credits", .stock, "credits that users and escrow hold") {
      $0.vaults.credits
    },
    Measure("credit_purchases_usd", "USD", .flow, "dollars that bought credits") {
      $0.vaults.creditsBought
    },
    Measure(
      "credit_paid_share", "1", .ratio, "finished work that was paid in credits / user_spend_usd"
    ) { $0.vaults.creditPayments / $0.userSpend },
    Measure("buy_back_usd", "USD", .flow, "fees of the protocol that bought tokens back") {
      $0.vaults.buyBackUSD
    },
    Measure(
      "collateral_ratio", "1", .stock,
      "tokens of the vault that do not wait in line, at the oracle / credits that exist"
    ) { $0.vaults.ratio },
    Measure(
      "reminted_tokens", "tokens", .flow,
      "tokens issued because those locked for credits did not cover their redemption"
    ) { $0.token($0.vaults.reminted) },
    Measure(
      "minting_halted_share", "1", .ratio,
      "settlements that ended with the making of credits halted / settlements"
    ) { $0.vaults.haltedSettlements / $0.vaults.creditSettlements },
    Measure(
      "promised_pay_usd", "USD", .flow, "target pay of eligible hours, before the target is scaled"
    ) { $0.vaults.promised },
    Measure(
      "promised_pay_met_share", "1", .ratio, "dollars paid out of both vaults / promised_pay_usd"
    ) { $0.vaults.paid / $0.vaults.promised },
    Measure("pay_scale", "1", .stock, "scale of the promised pay") { $0.vaults.scale },
    Measure(
      "pay_alerts", "epochs", .flow, "epochs in which both vaults together fell short"
    ) { $0.vaults.alerts },
    Measure(
      "sustainability_ratio", "1", .ratio,
      "users' fees into the fee vault / dollars paid out of both vaults"
    ) { $0.vaults.feesIn / $0.vaults.paid },
    Measure("surplus_burned_usd", "USD", .flow, "fees that were not needed and were burned") {
      $0.vaults.surplusBurned
    },
    Measure(
      "vault_runway_months", "months", .stock,
      "both vaults at the venue's price / (paid and released - fees and issue taken in) a month; "
        + "undefined while they do not shrink"
    ) { totals in
      let vaults = totals.vaults
      let net = vaults.paid + vaults.surplusOut - vaults.feesIn - vaults.funded
      let days = min(totals.days, vaults.promisedDays)
      return net > 0 ? vaults.value / (net / days * Span.daysPerMonth) : .nan
    },
    Measure(
      "months_paid_in_full", "months", .stock,
      "time until both vaults first fell short, or until now"
    ) { $0.vaults.monthsInFull },
    Measure("treasury_usd", "USD", .stock, "dollars of the treasury and its tokens at the venue") {
      $0.treasury.value
    },
    Measure(
      "treasury_spend_usd", "USD", .flow,
      "costs, grants and top-ups that the treasury paid, tokens at the oracle"
    ) { $0.treasury.spent },
    Measure(
      "treasury_unpaid_usd", "USD", .flow, "costs and programmes that it could not pay"
    ) { $0.treasury.unpaid },
    Measure("treasury_sales_usd", "USD", .flow, "dollars wanted from sales of its tokens") {
      $0.treasury.wantedFromSales
    },
  ]
}

extension Totals {
  /// Months that the treasury lasts at what it spent, net.
  fileprivate var monthlyNet: Double {
    let spent =
      treasury.spent + treasury.boughtForOthers + demand.subsidies + demand.treasuryCredits
    return (spent - treasury.income) / days * Span.daysPerMonth
  }

  var treasuryMonths: Double {
    monthlyNet > 0 ? treasury.value / monthlyNet : .nan
  }
}

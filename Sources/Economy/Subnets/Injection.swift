/// What an epoch brings into a subnet's pool: alpha_in = min(T / price, most), token_in = alpha_in x
/// price, and the rest of T buys alpha from the pool [base units].
///
/// Source: opentensor/subtensor @ 14bc6f9f (2026-06-30), `coinbase/`; most = root proportion x alpha
/// emission in 2026, the whole alpha emission in 2025.
struct Injection: Sendable, Equatable {
  let tokens: Int64
  let alpha: Int64
  /// What is left to buy alpha with.
  let excess: Int64

  /// - Parameter price: tokens for one alpha, above 0.
  init(of share: Int64, price: Double, most: Int64) {
    let wanted = (Double(share) / price).rounded(.down)
    if wanted <= Double(most) {
      (tokens, alpha, excess) = (share, Int64(wanted), 0)
    } else {
      // No fewer tokens than the alpha are worth: what is rounded off is the pool's.
      tokens = min(share, Int64(min(Double(most) * price, 4e18).rounded(.up)))
      alpha = most
      excess = share - tokens
    }
  }
}

/// How much of a subnet's emission belongs to those who stake the network's token itself.
enum RootProportion {
  /// tokens w / (tokens w + alpha) [1].
  static func of(stake tokens: Double, weight: Double, alpha: Double) -> Double {
    let weighed = tokens * weight
    return weighed > 0 ? weighed / (weighed + alpha) : 0
  }
}

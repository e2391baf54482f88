/// The integer rule by which HIP-149 keeps pay for carried data above a floor in dollars; its cap is
/// ``RewardLimits/ofSpend``.
///
/// Source: helium/helium-program-library at 145947ee, programs/helium-sub-daos/src/backstop.rs.
enum HeliumBackstop {
  /// The whole of a share: the chain counts a network's in 1 ÷ 4,294,967,295, of which a bucket takes
  /// tenths.
  static let whole: Int64 = 42_949_672_950

  /// What is issued beside the rewards so that a bucket of all comes up to a floor: as far as there is
  /// burn left to issue again, and rounded up before that. Any unit of tokens.
  ///
  /// - Parameter bucket: the share of the rewards that is the bucket, in parts of ``whole``.
  static func topUp(floor: Int64, bucket: Int64, rewards: Int64, burnLeft: Int64) -> Int64 {
    guard bucket > 0 else { return 0 }
    let needed = (Int128(floor) * Int128(whole) + Int128(bucket) - 1) / Int128(bucket)
    return Int64(max(0, min(needed - Int128(rewards), Int128(burnLeft))))
  }
}

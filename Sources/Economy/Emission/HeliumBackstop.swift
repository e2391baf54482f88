/// The integer rules by which HIP-149 keeps pay for carried data between a floor and a cap in dollars.
///
/// Source: helium/helium-program-library at 145947ee, programs/helium-sub-daos/src/backstop.rs.
enum HeliumBackstop {
  /// What is issued beside the rewards so that a bucket of all comes up to a floor: as far as there is
  /// burn left to issue again, and rounded up before that. Any unit of tokens.
  ///
  /// - Parameter bucket: the share of the rewards that is the bucket, as a fraction.
  static func topUp(
    floor: Int64, bucket: (part: Int64, whole: Int64), rewards: Int64, burnLeft: Int64
  ) -> Int64 {
    guard bucket.part > 0 else { return 0 }
    let needed =
      (Int128(floor) * Int128(bucket.whole) + Int128(bucket.part) - 1) / Int128(bucket.part)
    return Int64(max(0, min(needed - Int128(rewards), Int128(burnLeft))))
  }

  /// What of a bucket is above a cap and goes elsewhere, as far as there is so much; nothing where the
  /// cap is 0.
  static func overflow(bucket: Double, cap: Double, available: Double) -> Double {
    cap == 0 ? 0 : min(max(0, bucket - cap), available)
  }
}

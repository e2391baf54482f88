extension Elementary {
  /// Splits |x| ≥ 1 into quarter turns and a rest, for angles where parts of π/2 run out.
  ///
  /// With x = m 2ᵉ and a whole m, only 192 bits of 2/π matter: those before them give whole turns,
  /// those after them less than 2⁻¹³⁶ of a quarter (Payne and Hanek, "Radian reduction for
  /// trigonometric functions", 1983).
  @usableFromInline
  @inline(never)
  static func quadrantsOfLarge(_ x: Double) -> (n: Int64, rest: DoubleDouble) {
    let m = UInt64(abs(x).significandBitPattern | 1 << 52)
    let e = Int(abs(x).exponentBitPattern) - 1075
    // The table begins with 64 zeros, so that the first bit wanted, e − 2, may lie before the point.
    let start = e - 2 + 64
    let (word, bit) = (start / 64, UInt64(start % 64))
    func bits(_ offset: Int) -> UInt64 {
      let (first, second) = (twoOverPi[word + offset], twoOverPi[word + offset + 1])
      return bit == 0 ? first : first << bit | second >> (64 - bit)
    }
    let low = m.multipliedFullWidth(by: bits(2))
    let middle = m.multipliedFullWidth(by: bits(1))
    let middleSum = UInt128(middle.high) << 64 + UInt128(middle.low) + UInt128(low.high)
    let turn = UInt128(m &* bits(0)) << 64 &+ middleSum

    // The first two bits count quarter turns; the others are a fraction of one, rounded to nearest
    // by reading its first bit as a sign.
    let quarter = Int64(truncatingIfNeeded: turn >> 126)
    let fraction = Int128(truncatingIfNeeded: turn << 2)
    let high = Double(fraction)
    let exact = DoubleDouble(high: high * 0x1p-128, low: Double(fraction - Int128(high)) * 0x1p-128)
    let halfPi = DoubleDouble(high: 0x1.921F_B544_42D1_8p+0, low: 0x1.1A62_6331_45C0_7p-54)
    let rest = exact * halfPi
    let n = fraction < 0 ? quarter + 1 : quarter
    guard x < 0 else { return (n, rest) }
    return (-n, DoubleDouble(high: -rest.high, low: -rest.low))
  }

  /// 64 zeros, then the first 1,280 bits of 2/π.
  private static let twoOverPi: [UInt64] = [
    0, 0xA2F9_836E_4E44_1529, 0xFC27_57D1_F534_DDC0, 0xDB62_9599_3C43_9041,
    0xFE51_63AB_DEBB_C561, 0xB724_6E3A_424D_D2E0, 0x0649_2EEA_09D1_921C, 0xFE1D_EB1C_B129_A73E,
    0xE882_35F5_2EBB_4484, 0xE99C_7026_B45F_7E41, 0x3991_D639_8353_39F4, 0x9C84_5F8B_BDF9_283B,
    0x1FF8_97FF_DE05_980F, 0xEF2F_118B_5A0A_6D1F, 0x6D36_7ECF_27CB_09B7, 0x4F46_3F66_9E5F_EA2D,
    0x7527_BAC7_EBE5_F17B, 0x3D07_39F7_8A52_92EA, 0x6BFB_5FB1_1F8D_5D08, 0x5603_3046_FC7B_6BAB,
    0xF0CF_BC20_9AF4_361D,
  ]
}

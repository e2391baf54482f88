extension Elementary {
  /// The nearest whole number, ties away from zero: the bits of `rounded()`, which on x86-64 is a
  /// call to the platform's library.
  @inlinable
  public static func rounded(_ x: Double) -> Double {
    let size = abs(x)
    guard size < 0x1p52 else { return x }
    let even = (size + 0x1p52) - 0x1p52
    // Ties went to even; the difference is exact, and ½ where that was down.
    let away = size - even == 0.5 ? even + 1 : even
    return Double(signOf: x, magnitudeOf: away)
  }
}

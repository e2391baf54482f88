/// One word for how this build computes: equal words, equal bits.
public enum Numerics {
  /// Hash of some thousands of results of the kernel's functions, in 16 hexadecimal digits.
  ///
  /// Two builds with different words may give different results from the same scenario and seed.
  public static let word: String = {
    var hash = FNV()
    for step in 1...400 {
      let x = Double(step) * 0.1734
      for y in [x, -x, 1 / x, x * 1e3, x * x * x * x * 1e-9] { hash.addFunctions(of: y) }
    }
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }()
}

/// The 64-bit hash FNV-1a, over words rather than bytes (Fowler, Noll and Vo).
private struct FNV {
  var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ result: Double) {
    value = (value ^ (result.isNaN ? 0x7FF8 << 48 : result.bitPattern)) &* 0x100_0000_01B3
    value ^= value >> 29
  }

  mutating func addFunctions(of x: Double) {
    add(Elementary.exp(x))
    add(Elementary.expm1(x))
    add(Elementary.tanh(x))
    add(Elementary.log(x))
    add(Elementary.log1p(x))
    add(Elementary.pow(abs(x), 1 / x))
    add(Elementary.pow(abs(x), x))
    add(Elementary.sin(x))
    add(Elementary.cos(x))
    add(Elementary.logGamma(abs(x)))
    add(Elementary.normalCDF(x))
    add(Elementary.normalQuantile(abs(x) / (1 + abs(x))))
    add(abs(x).squareRoot())
  }
}

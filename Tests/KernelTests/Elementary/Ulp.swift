import Foundation
import Kernel
import Testing

#if arch(x86_64)
  /// Distance from an 80-bit result in units in the last place of the double nearest to it.
  func ulps(_ result: Double, _ exact: Float80) -> Double {
    let rounded = Double(exact)
    if result.isNaN || exact.isNaN { return result.isNaN && exact.isNaN ? 0 : .infinity }
    if result.isInfinite || rounded.isInfinite { return result == rounded ? 0 : .infinity }
    return Double(abs(Float80(result) - exact) / Float80(max(rounded.ulp, .leastNonzeroMagnitude)))
  }

  /// A function, its 80-bit counterpart of the platform, and where to compare them.
  struct Comparison: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let function: @Sendable (Double) -> Double
    let exact: @Sendable (Float80) -> Float80
    /// The argument made of a number of (0, 1).
    let argument: @Sendable (Double) -> Double
    let limit: Double

    /// Largest distance over `count` arguments, and the argument.
    func worst(of count: Int) -> (ulps: Double, argument: Double) {
      let luck = Luck(seed: 5, replicate: 0)
      var worst = (ulps: 0.0, argument: 0.0)
      for entity in 0..<UInt64(count) {
        var stream = luck.stream(Purpose(rawValue: 0), entity: entity)
        let x = argument(stream.uniform())
        let distance = ulps(function(x), exact(Float80(x)))
        if distance > worst.ulps { worst = (distance, x) }
      }
      return worst
    }

    static let all: [Comparison] = [
      .init("exp over its range", Elementary.exp, { exp($0) }, { 1456 * $0 - 746 }),
      .init("exp near zero", Elementary.exp, { exp($0) }, { 2 * $0 - 1 }),
      .init("log around one", Elementary.log, { log($0) }, { 0.4 + 2 * $0 }),
      .init("log near one", Elementary.log, { log($0) }, { 0.999 + 0.002 * $0 }),
      .init("log over its range", Elementary.log, { log($0) }, { exp(1418 * $0 - 708.5) }),
      .init("log of subnormals", Elementary.log, { log($0) }, { 2e-308 * $0 }),
      .init("sin around zero", Elementary.sin, { sin($0) }, { 16 * $0 - 8 }),
      .init("cos around zero", Elementary.cos, { cos($0) }, { 16 * $0 - 8 }),
      .init("sin to 2^20", Elementary.sin, { sin($0) }, { 0x1p21 * $0 - 0x1p20 }),
      .init("cos to 2^20", Elementary.cos, { cos($0) }, { 0x1p21 * $0 - 0x1p20 }),
      .init("sin over its range", Elementary.sin, { sin($0) }, { exp(709 * $0) }),
      .init("cos over its range", Elementary.cos, { cos($0) }, { -exp(709 * $0) }),
      .init("x to the 1.7", { Elementary.pow($0, 1.7) }, { pow($0, 1.7 as Double) }, { 9 * $0 }),
      .init("x to the -0.3", { Elementary.pow($0, -0.3) }, { pow($0, -0.3 as Double) }, { 9 * $0 }),
      .init("x to the 300.5", { Elementary.pow($0, 300.5) }, { pow($0, 300.5) }, { 0.1 + 8 * $0 }),
      .init("1.3 to the x", { Elementary.pow(1.3, $0) }, { pow(1.3, $0) }, { 5000 * $0 - 2500 }),
      .init("expm1", Elementary.expm1, { expm1($0) }, { 8 * $0 - 4 }, limit: 2),
      .init("expm1 far out", Elementary.expm1, { expm1($0) }, { 200 * $0 - 100 }, limit: 2),
      .init("log1p", Elementary.log1p, { log1p($0) }, { 3 * $0 - 1 }, limit: 2),
      .init("log1p far out", Elementary.log1p, { log1p($0) }, { exp(80 * $0 - 40) }, limit: 2),
      .init("tanh", Elementary.tanh, { tanh($0) }, { 50 * $0 * $0 * $0 - 25 }, limit: 4),
    ]

    private init(
      _ name: String, _ function: @escaping @Sendable (Double) -> Double,
      _ exact: @escaping @Sendable (Float80) -> Float80,
      _ argument: @escaping @Sendable (Double) -> Double, limit: Double = 1
    ) {
      testDescription = name
      self.function = function
      self.exact = exact
      self.argument = argument
      self.limit = limit
    }
  }

  /// The exponent is a double also where the base is not.
  private func pow(_ x: Float80, _ y: Double) -> Float80 { Foundation.pow(x, Float80(y)) }

  /// The base is a double also where the exponent is not.
  private func pow(_ x: Double, _ y: Float80) -> Float80 { Foundation.pow(Float80(x), y) }
#endif

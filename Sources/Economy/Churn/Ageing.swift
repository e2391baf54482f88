import Configuration
import Kernel

/// Failures that come with operating age: hazard (k/s)(a/s)^(k-1) at the age a, a Weibull life.
///
/// A machine whose failure is mended is as old as it was; one that is swapped is new. Given the age,
/// x more years pass with the probability exp((a/s)^k - ((a + x)/s)^k).
struct Ageing: Sendable {
  /// Above 1 machines wear out, below 1 they fail young.
  let shape: Double
  /// [years]
  let scale: Double

  init(reading fields: inout FieldReader) {
    shape = fields.number(
      "shape", "above 1 machines wear out, below 1 they fail young", in: 0.05...50, default: 2.64,
      source: "model-facts §1.3: Titan GPUs, ageing batch (P*)")
    scale = fields.number(
      "scaleYears", "operating age by which 63 % have failed", unit: "years", in: 1e-3...1e4,
      default: 7.1, source: "model-facts §1.3: Titan GPUs, ageing batch (P*)")
  }

  /// Failures per year at an age [1/year].
  func hazard(age: Double) -> Double {
    shape / scale * Elementary.pow(age / scale, shape - 1)
  }

  /// Years from an age to the failure at which the hazard's integral reaches the load [1].
  func years(from age: Double, load: Double) -> Double {
    let past = Elementary.pow(age / scale, shape)
    return max(0, scale * Elementary.pow(past + load, 1 / shape) - age)
  }
}

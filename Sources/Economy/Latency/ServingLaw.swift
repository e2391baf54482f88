import Configuration
import Kernel

/// How fast a GPU answers requests that it serves at once: processor sharing in steps.
///
/// A step of n requests takes a + b n [ms] and gives each of them one token; the first token takes
/// c steps. With Poisson arrivals of λ requests a second and L tokens each, the number of requests
/// that are served is stationary negative binomial with 1 + a/b and ρ = λ L b: its terms are
/// Π λ L (a + b k)/k (processor sharing depends on the law of L through its mean alone; Kelly 1979,
/// §3.3). An arrival finds it so, hence its mean step is (a + b)/(1 − ρ).
///
/// The constants are fitted to the first and the fourth row of measured steps and loads, 1 and 16
/// requests a second; between them the law meets the other rows within 5 % (steps) and 7 % (first
/// tokens). Of 32 a second, where requests no longer keep up and wait, it puts steps 21 % and first
/// tokens 38 % too low (model-facts §4.4).
struct ServingLaw: Sendable, Equatable {
  /// a and b [ms], and c [steps].
  let step: Double
  let stepPerRequest: Double
  let firstTokenSteps: Double

  /// Llama-3-8B on an RTX 4090, and on an H100 PCIe.
  static let rtx4090 = ServingLaw(step: 18.2, stepPerRequest: 0.3173, firstTokenSteps: 2.56)
  static let h100 = ServingLaw(step: 10.44, stepPerRequest: 0.0702, firstTokenSteps: 1.98)

  init(step: Double, stepPerRequest: Double, firstTokenSteps: Double) {
    self.step = step
    self.stepPerRequest = stepPerRequest
    self.firstTokenSteps = firstTokenSteps
  }

  init(reading fields: inout FieldReader) {
    let fit = "model-facts §4.4: RTX 4090, fitted; H100 10.44, 0.0702 and 1.98"
    step = fields.number(
      "stepMs", "time of a step that serves nobody", unit: "ms", in: 0.001...1e5,
      default: Self.rtx4090.step, source: fit)
    stepPerRequest = fields.number(
      "stepMsPerRequest", "what each request adds to a step", unit: "ms", in: 1e-6...1e5,
      default: Self.rtx4090.stepPerRequest, source: fit)
    firstTokenSteps = fields.number(
      "firstTokenSteps", "steps until the first token", in: 0...1e4,
      default: Self.rtx4090.firstTokenSteps, source: fit)
  }

  /// The same on a GPU that is so much faster, or for a model that is so much smaller.
  func scaled(by factor: Double) -> ServingLaw {
    ServingLaw(
      step: step * factor, stepPerRequest: stepPerRequest * factor,
      firstTokenSteps: firstTokenSteps)
  }

  /// Share of the GPU that requests ask for, at most 0.98: who asks for more is held there [1].
  func load(requestsPerSecond: Double, tokens: Double) -> Double {
    min(requestsPerSecond * tokens * stepPerRequest / 1000, 0.98)
  }

  /// Mean time of a step as a request meets it [ms].
  func meanStep(load: Double) -> Double { (step + stepPerRequest) / (1 - load) }

  /// Time of a step that a request meets [ms]: its own and the others' number drawn as a Poisson
  /// number of gamma mean, which is the negative binomial law.
  func sampleStep(load: Double, using stream: inout RandomStream) -> Double {
    guard load > 0 else { return step + stepPerRequest }
    let mean = Gamma(shape: 1 + step / stepPerRequest, scale: load / (1 - load))
      .sample(using: &stream)
    return step + stepPerRequest * (1 + Self.poisson(mean, using: &stream))
  }

  /// By inversion below 30, above as the rounded normal law.
  private static func poisson(_ mean: Double, using stream: inout RandomStream) -> Double {
    let uniform = stream.uniform()
    if mean > 30 {
      let normal = Elementary.normalQuantile(uniform)
      return max(0, Elementary.rounded(mean + mean.squareRoot() * normal))
    }
    var chance = Elementary.exp(-mean)
    var below = chance
    var count = 0.0
    while below < uniform, count < 200 {
      count += 1
      chance *= mean / count
      below += chance
    }
    return count
  }
}

import Configuration
import Kernel

/// How fast a GPU answers requests that it serves at once: processor sharing in steps, with a queue of
/// prompts before it.
///
/// A step of n requests takes a + b n [ms] and gives each of them one token. The prompt of a request
/// takes the GPU q [ms], one prompt after another, and keeps a share s of that time from the steps of
/// the others; then its first token takes c steps. With Poisson arrivals of λ requests a second and L
/// tokens each, steps are stretched by 1/(1 − λ q s), the number of requests that are served is
/// stationary negative binomial with 1 + a/b and ρ ÷ (1 − λ q s), ρ = λ L b: its terms are
/// Π λ L (a + b k)/k (processor sharing depends on the law of L through its mean alone; Kelly 1979,
/// §3.3). An arrival finds it so, hence its mean step is (a + b)/(1 − ρ − λ q s). Its prompt waits
/// λ q² ÷ (2 (1 − λ q)) on average (M/D/1), not at all with probability 1 − λ q.
///
/// The constants are fitted to steps and first tokens measured at 1, 8 and 32 requests a second
/// offered; of the rows between them the law meets steps within 1 % on an RTX 4090 and 7 % on an
/// H100, first tokens within 5 % and 13 % (model-facts §4.4). What the H100 adds to a step for each
/// request is too little to be measured beside its prompts: 0.02 ms is the time in which it reads 300
/// tokens of 131 kB at 2 TB/s.
struct ServingLaw: Sendable, Equatable {
  /// a and b [ms], and c [steps].
  let step: Double
  let stepPerRequest: Double
  let firstTokenSteps: Double
  /// q [ms], and s [1].
  let prompt: Double
  let promptShare: Double

  /// Llama-3-8B on an RTX 4090, and on an H100 PCIe.
  static let rtx4090 = ServingLaw(
    step: 18.2, stepPerRequest: 0.2441, firstTokenSteps: 2.48, prompt: 24.66, promptShare: 0.2534)
  static let h100 = ServingLaw(
    step: 10.46, stepPerRequest: 0.02, firstTokenSteps: 1.901, prompt: 16.56, promptShare: 0.5717)

  init(
    step: Double, stepPerRequest: Double, firstTokenSteps: Double, prompt: Double,
    promptShare: Double
  ) {
    self.step = step
    self.stepPerRequest = stepPerRequest
    self.firstTokenSteps = firstTokenSteps
    self.prompt = prompt
    self.promptShare = promptShare
  }

  init(reading fields: inout FieldReader) {
    let fit = "model-facts §4.4: RTX 4090, fitted; H100 10.46, 0.02, 1.901, 16.56 and 0.5717"
    step = fields.number(
      "stepMs", "time of a step that serves nobody", unit: "ms", in: 0.001...1e5,
      default: Self.rtx4090.step, source: fit)
    stepPerRequest = fields.number(
      "stepMsPerRequest", "what each request adds to a step", unit: "ms", in: 1e-6...1e5,
      default: Self.rtx4090.stepPerRequest, source: fit)
    firstTokenSteps = fields.number(
      "firstTokenSteps", "steps until the first token", in: 0...1e4,
      default: Self.rtx4090.firstTokenSteps, source: fit)
    prompt = fields.number(
      "promptMs", "time that a request's prompt takes, one prompt after another", unit: "ms",
      in: 0...1e5, default: Self.rtx4090.prompt, source: fit)
    promptShare = fields.share(
      "promptShare", "part of that time which the steps of other requests lose",
      default: Self.rtx4090.promptShare, source: fit)
  }

  /// The same on a GPU that is so much faster, or for a model that is so much smaller.
  func scaled(by factor: Double) -> ServingLaw {
    ServingLaw(
      step: step * factor, stepPerRequest: stepPerRequest * factor,
      firstTokenSteps: firstTokenSteps, prompt: prompt * factor, promptShare: promptShare)
  }

  /// What requests ask of a GPU.
  struct Load: Sendable, Equatable {
    /// Of its steps for answers, ρ ÷ (1 − λ q s), and of its time for prompts, λ q [1].
    let answers: Double
    let prompts: Double
    /// By how much steps are longer than without prompts [1].
    let stretch: Double
  }

  /// - Parameters:
  ///   - answered: requests a second whose tokens are made.
  ///   - offered: requests a second whose prompts come; who asks for more than 0.98 of anything is held
  ///     there.
  func load(answered: Double, offered: Double, tokens: Double) -> Load {
    let prompts = min(offered * prompt / 1000, 0.98)
    let rest = 1 - prompts * promptShare
    let answers = min(answered * tokens * stepPerRequest / 1000 / rest, 0.98)
    return Load(answers: answers, prompts: prompts, stretch: 1 / rest)
  }

  /// What a session asks for, which is served all that it asks.
  func load(requestsPerSecond: Double, tokens: Double) -> Load {
    load(answered: requestsPerSecond, offered: requestsPerSecond, tokens: tokens)
  }

  /// Mean time of a step as a request meets it [ms].
  func meanStep(load: Load) -> Double {
    (step + stepPerRequest) * load.stretch / (1 - load.answers)
  }

  /// Mean time that a prompt waits for those before it [ms].
  func meanWait(load: Load) -> Double { prompt * load.prompts / (2 * (1 - load.prompts)) }

  /// Time of a step that a request meets [ms]: its own and the others' number drawn as a Poisson
  /// number of gamma mean, which is the negative binomial law.
  func sampleStep(load: Load, using stream: inout RandomStream) -> Double {
    let others = sampleOthers(load.answers, using: &stream)
    return (step + stepPerRequest * (1 + others)) * load.stretch
  }

  private func sampleOthers(_ load: Double, using stream: inout RandomStream) -> Double {
    guard load > 0 else { return 0 }
    let mean = Gamma(shape: 1 + step / stepPerRequest, scale: load / (1 - load))
      .sample(using: &stream)
    return Self.poisson(mean, using: &stream)
  }

  /// Time that a prompt waits [ms]: an exponential time, of the right mean, for the share λ q that
  /// finds others before it.
  func sampleWait(load: Load, using stream: inout RandomStream) -> Double {
    guard load.prompts > 0 else { return 0 }
    let uniform = stream.uniform()
    if uniform >= load.prompts { return 0 }
    return -Elementary.log(uniform / load.prompts) * meanWait(load: load) / load.prompts
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

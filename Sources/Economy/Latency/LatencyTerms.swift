import Configuration
import Kernel

/// How long requests inside a session of a class take to be answered.
///
/// latency = (round trips x distance + lines of user and node) x e^(σ z) + model load + service,
/// and for the first request of a session what it waited for its node. Requests are no events: each
/// session that finishes draws a few of them. Service is ``ServingLaw`` at the session's own rate.
struct LatencyTerms: Sendable {
  /// What an answer is.
  enum Answer: String, CaseIterable, Sendable { case firstToken, whole }

  let samples: Int
  let answer: Answer
  /// Requests a second in one session.
  let requestRate: Distribution
  let tokens: Distribution
  /// Steps take so much longer than with an 8B model.
  let modelSize: Double
  let roundTrips: Double
  let access: AccessLine
  /// Deviation of the logarithm of the time on the network.
  let jitter: Double
  let models: ModelCache?
  /// Share of a job's sample requests inside the limit for the job to have met it.
  let withinShare: Double

  init(reading fields: inout FieldReader) {
    samples = fields.count(
      "samples", "requests drawn for a session", in: 1...1000, default: 8, source: "assumption")
    answer = fields.choice("answer", "what users wait for", default: Answer.firstToken)
    requestRate = fields.distribution(
      "requestsPerSecond", "requests of one session [1/s]", default: .fixed(1),
      source: "assumption")
    tokens = fields.distribution(
      "outputTokens", "tokens of an answer [tokens]", default: .lognormal(median: 151, sigma: 0.86),
      source: "model-facts §3.2, chat")
    modelSize = fields.number(
      "stepFactor", "how much longer steps take than with a model of 8 billion weights",
      in: 0.001...1000, default: 1, source: "model-facts §4.4")
    roundTrips = fields.number(
      "roundTrips", "round trips between user and node for a request", in: 0...100, default: 1,
      source: "assumption")
    access = fields.choice(
      "access", "line of the users", default: AccessLine.cable, source: "model-facts §4.2")
    jitter = fields.number(
      "jitter", "deviation of the logarithm of the time on the network", in: 0...3, default: 0.25,
      source: "model-facts §4.2, assumption")
    models = fields.object("models", "models among which requests choose; none: the session's own")
    { models in ModelCache(reading: &models) }
    withinShare = fields.share(
      "withinShare", "share of a session's sample requests inside the limit for it to count as met",
      default: 0.9, source: "assumption")
  }

  /// What one session meets: the same for all its requests.
  struct Session {
    /// Round trip between the regions, and over the node's line [ms].
    let distance: Double
    let nodeLine: Double
    /// What it waited for its node, and how long it lasted [s].
    let wait: Double
    let duration: Double
    let law: ServingLaw
  }

  /// Time until a request is answered [ms].
  func sample(
    _ session: Session, requestsPerSecond: Double, using stream: inout RandomStream
  ) -> Double {
    let jitter = Elementary.exp(jitter * Elementary.normalQuantile(stream.uniform()))
    let network = roundTrips * session.distance + access.roundTrip + session.nodeLine
    // One request of the session is the first.
    let isFirst = stream.uniform() * max(1, requestsPerSecond * session.duration) < 1
    let law = session.law.scaled(by: modelSize)
    let load = law.load(requestsPerSecond: requestsPerSecond, tokens: tokens.mean)
    let step = law.sampleStep(load: load, using: &stream)
    let steps: Double
    switch answer {
    case .firstToken: steps = law.firstTokenSteps
    case .whole: steps = law.firstTokenSteps + max(0, tokens.sample(using: &stream) - 1)
    }
    let loading = models?.sampleLoad(using: &stream) ?? 0
    let prompts = law.sampleWait(load: load, using: &stream)
    return network * jitter + prompts + step * steps + (loading + (isFirst ? session.wait : 0))
      * 1000
  }
}

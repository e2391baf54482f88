import Kernel
import Testing

@testable import Economy

/// What was measured of Llama-3-8B on one GPU (model-facts §4.4), a row for each offered load.
struct MeasuredServing: Sendable, CustomTestStringConvertible {
  let name: String
  let law: ServingLaw
  /// Requests served [1/s], time to the first token and per token [ms], tokens [1/s].
  let served: [Double]
  let firstToken: [Double]
  let perToken: [Double]
  let tokens: [Double]

  var testDescription: String { name }

  static let all = [
    MeasuredServing(
      name: "RTX 4090", law: .rtx4090, served: [1.04, 3.39, 5.27, 6.97, 8.16],
      firstToken: [49, 57, 69, 86, 161], perToken: [19.5, 22.6, 26.8, 32.9, 46.3],
      tokens: [210, 685, 1063, 1408, 1646]),
    MeasuredServing(
      name: "H100", law: .h100, served: [1.05, 3.83, 6.59, 10.17, 13.34],
      firstToken: [20.6, 21.7, 23.1, 24.7, 40.4], perToken: [10.6, 11.0, 11.7, 12.2, 16.3],
      tokens: [212, 773, 1329, 2052, 2693]),
  ]

  /// Requests that are served at once, by Little's law for tokens.
  func batch(_ row: Int) -> Double { tokens[row] * perToken[row] / 1000 }

  /// The line through the first and the fourth row, and the mean of their first tokens in steps.
  var fitted: ServingLaw {
    let slope = (perToken[3] - perToken[0]) / (batch(3) - batch(0))
    return ServingLaw(
      step: perToken[0] - slope * batch(0), stepPerRequest: slope,
      firstTokenSteps: (firstToken[0] / perToken[0] + firstToken[3] / perToken[3]) / 2)
  }
}

struct ServingLawTests {
  @Test(arguments: MeasuredServing.all)
  func `the law is the one that two measured rows give`(measured: MeasuredServing) {
    let fitted = measured.fitted
    #expect(abs(fitted.step / measured.law.step - 1) < 0.001)
    #expect(abs(fitted.stepPerRequest / measured.law.stepPerRequest - 1) < 0.001)
    #expect(abs(fitted.firstTokenSteps / measured.law.firstTokenSteps - 1) < 0.003)
  }

  /// From the rate of requests alone: the batch is what processor sharing makes of it.
  @Test(arguments: MeasuredServing.all)
  func `processor sharing predicts the rows it was not fitted to`(measured: MeasuredServing) {
    for row in 0..<5 {
      let length = measured.tokens[row] / measured.served[row]
      let load = measured.law.load(requestsPerSecond: measured.served[row], tokens: length)
      let step = measured.law.meanStep(load: load)
      let first = step * measured.law.firstTokenSteps
      let wrong = (
        abs(step / measured.perToken[row] - 1), abs(first / measured.firstToken[row] - 1)
      )
      // The last row is beyond what the card can keep up with: requests wait, and the law knows no
      // wait.
      let tolerated = row < 4 ? (0.05, 0.07) : (0.21, 0.39)
      #expect(wrong.0 < tolerated.0 && wrong.1 < tolerated.1, "row \(row): \(wrong)")
    }
  }

  /// N is negative binomial: mean r ρ ÷ (1 − ρ), variance r ρ ÷ (1 − ρ)², r = 1 + a ÷ b.
  @Test(arguments: [0.05, 0.5, 0.9])
  func `steps that requests meet have the mean and the variance of the law`(load: Double) {
    let law = ServingLaw.rtx4090
    let luck = Luck(seed: 5, replicate: 1)
    var tally = Tally()
    for number in 0..<20_000 {
      var stream = luck.stream(.request, entity: UInt64(number))
      tally.add(law.sampleStep(load: load, using: &stream))
    }
    let shape = 1 + law.step / law.stepPerRequest
    let variance =
      law.stepPerRequest * law.stepPerRequest * shape * load / ((1 - load) * (1 - load))
    // Five deviations of a mean of 20,000; of a variance with a kurtosis of at most 6 + 3.
    #expect(abs(tally.mean - law.meanStep(load: load)) < 5 * (variance / 20_000).squareRoot())
    #expect(abs(tally.variance / variance - 1) < 5 * (8.0 / 20_000).squareRoot())
  }

  @Test func `a session that asks for more than the GPU can do is held just below`() {
    let law = ServingLaw.rtx4090
    #expect(law.load(requestsPerSecond: 1e6, tokens: 200) == 0.98)
    #expect(law.load(requestsPerSecond: 0, tokens: 200) == 0)
    var stream = testStream(1)
    #expect(law.sampleStep(load: 0, using: &stream) == law.step + law.stepPerRequest)
    #expect(law.scaled(by: 2).meanStep(load: 0.3) == 2 * law.meanStep(load: 0.3))
  }
}

import Kernel
import Testing

/// A scenario whose long-run means are known.
struct Textbook: Sendable, CustomTestStringConvertible {
  struct Expectation: Sendable {
    let variant: String
    let measure: String
    let value: Double
    /// Largest half-width of the 99.9 % interval ÷ value, in a small run and in a long one.
    let width: (small: Double, long: Double)
  }

  let file: String
  /// Horizon of a small run and of a long one [days].
  let days: (small: Double, long: Double)
  let expectations: [Expectation]

  var testDescription: String { file }

  static let all = [
    oneMachine, oneMachineAnyWork, fourMachines, sixteenMachines, machineRepair,
  ]

  /// Jobs come 0.5 an hour and last 1 h: load 0.5, as many jobs there as hours waited.
  private static let oneMachine = Textbook(
    file: "theory-mm1", days: (150, 6000),
    expectations: [
      Expectation(
        variant: "base", measure: "wait_mean_s", value: 3600 * Theory.wait(servers: 1, load: 0.5),
        width: (0.09, 0.02)),
      Expectation(
        variant: "base", measure: "jobs_in_system", value: 0.5 / (1 - 0.5), width: (0.07, 0.015)),
      Expectation(variant: "base", measure: "utilisation", value: 0.5, width: (0.03, 0.007)),
    ])

  private static let oneMachineAnyWork = Textbook(
    file: "theory-mg1", days: (100, 6000),
    expectations: [
      Expectation(
        variant: "fixed", measure: "wait_mean_s",
        value: 3600 * Theory.wait(load: 0.5, squaredVariation: 0), width: (0.1, 0.02)),
      Expectation(
        variant: "lognormal", measure: "wait_mean_s",
        value: 3600 * Theory.wait(load: 0.5, squaredVariation: Elementary.exp(1) - 1),
        width: (0.19, 0.04)),
    ])

  private static let fourMachines = Textbook(
    file: "theory-mmc", days: (25, 1500),
    expectations: [
      Expectation(
        variant: "base", measure: "wait_mean_s", value: 3600 * Theory.wait(servers: 4, load: 3),
        width: (0.27, 0.05)),
      Expectation(
        variant: "base", measure: "jobs_in_system", value: 3 + 3 * Theory.wait(servers: 4, load: 3),
        width: (0.1, 0.02)),
    ])

  private static let sixteenMachines = Textbook(
    file: "theory-mmc-16", days: (25, 1500),
    expectations: [
      Expectation(
        variant: "base", measure: "wait_mean_s", value: 3600 * Theory.wait(servers: 16, load: 13),
        width: (0.33, 0.04)),
      Expectation(
        variant: "base", measure: "utilisation", value: 13.0 / 16, width: (0.017, 0.003)),
    ])

  private static let machineRepair = Textbook(
    file: "theory-machine-repair", days: (150, 4000),
    expectations: [
      Expectation(
        variant: "two", measure: "online_gpus",
        value: Theory.running(machines: 20, life: 100, repair: 10, crews: 2), width: (0.023, 0.005)),
      Expectation(
        variant: "one", measure: "online_gpus",
        value: Theory.running(machines: 8, life: 100, repair: 10, crews: 1), width: (0.034, 0.007)),
      Expectation(
        variant: "everybody", measure: "online_gpus",
        value: Theory.running(machines: 20, life: 100, repair: 10, crews: 20),
        width: (0.005, 0.001)),
    ])
}

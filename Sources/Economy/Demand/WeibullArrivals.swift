import Configuration
import Kernel

extension ArrivalLaw {
  /// Gaps of a Weibull law of mean 1: dispersion Γ(1 + 2/k) / Γ(1 + 1/k)² - 1 over long times.
  static let weibullChoice = Choice<ArrivalLaw>(
    name: "weibull",
    summary:
      "Bursts with long silences: Weibull gaps of mean 1 on the ceiling; at a share p of the "
      + "ceiling the index of dispersion over long times is 1 + p (variance - 1).",
    source: "model-facts §3.2, fit to Azure 2023"
  ) { fields in
    let shape = fields.number(
      "shape", "shape of the gaps; below 1 arrivals come in bursts", in: 0.1...50, default: 0.42,
      source: "model-facts §3.2: .42 code")
    return .weibull(Weibull(shape: shape, mean: 1))
  }
}

import Configuration
import Kernel

extension ArrivalLaw {
  /// Gaps of Gamma(k, 1/k): index of dispersion 1/k over long times.
  static let gammaChoice = Choice<ArrivalLaw>(
    name: "gamma",
    summary:
      "Bursts: Gamma gaps of mean 1 on the ceiling; at a share p of the ceiling the index of "
      + "dispersion over long times is 1 + p (1 / shape - 1).",
    source: "model-facts §3.2, fits to Azure 2023"
  ) { fields in
    let shape = fields.number(
      "shape", "shape of the gaps; below 1 arrivals come in bursts", in: 0.02...1000,
      default: 0.87, source: "model-facts §3.2: .87 chat, .23 code")
    return .gamma(Gamma(shape: shape, scale: 1 / shape))
  }
}

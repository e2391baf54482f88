/// The standard normal distribution, for intervals.
public enum NormalLaw {
  /// The z below which a share p lies, to a relative 10⁻¹⁵.
  public static func quantile(_ p: Double) -> Double { Elementary.normalQuantile(p) }

  /// The share below z, to a relative 10⁻¹⁴.
  public static func cdf(_ z: Double) -> Double { Elementary.normalCDF(z) }
}

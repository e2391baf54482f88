/// Any of the kernel's distributions, as a scenario names them.
public enum Distribution: Hashable, Sendable {
  case fixed(Fixed)
  case exponential(Exponential)
  case weibull(Weibull)
  case lognormal(Lognormal)
  case normal(Normal)
  case gamma(Gamma)
  case uniform(Uniform)
  case discrete(Discrete)
  case mixture(Mixture)
  case empirical(Empirical)

  @inlinable
  public func sample(using stream: inout RandomStream) -> Double {
    switch self {
    case .fixed(let law): law.sample(using: &stream)
    case .exponential(let law): law.sample(using: &stream)
    case .weibull(let law): law.sample(using: &stream)
    case .lognormal(let law): law.sample(using: &stream)
    case .normal(let law): law.sample(using: &stream)
    case .gamma(let law): law.sample(using: &stream)
    case .uniform(let law): law.sample(using: &stream)
    case .discrete(let law): law.sample(using: &stream)
    case .mixture(let law): law.sample(using: &stream)
    case .empirical(let law): law.sample(using: &stream)
    }
  }

  public var mean: Double {
    switch self {
    case .fixed(let law): law.mean
    case .exponential(let law): law.mean
    case .weibull(let law): law.mean
    case .lognormal(let law): law.mean
    case .normal(let law): law.mean
    case .gamma(let law): law.mean
    case .uniform(let law): law.mean
    case .discrete(let law): law.mean
    case .mixture(let law): law.mean
    case .empirical(let law): law.mean
    }
  }

  public var variance: Double {
    switch self {
    case .fixed(let law): law.variance
    case .exponential(let law): law.variance
    case .weibull(let law): law.variance
    case .lognormal(let law): law.variance
    case .normal(let law): law.variance
    case .gamma(let law): law.variance
    case .uniform(let law): law.variance
    case .discrete(let law): law.variance
    case .mixture(let law): law.variance
    case .empirical(let law): law.variance
    }
  }
}

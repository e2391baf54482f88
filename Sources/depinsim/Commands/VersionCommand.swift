import Experiments

/// `--version`: what built the results of this program depend on.
struct VersionCommand: Command, Equatable {
  func run(_ console: Console) {
    console.out(
      "depinsim \(Provenance.version) (results \(Provenance.resultsVersion), "
        + "\(Provenance.toolchain), numerics \(Provenance.numerics))\n")
  }
}

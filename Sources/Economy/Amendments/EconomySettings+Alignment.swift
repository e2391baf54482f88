extension EconomySettings {
  /// Stages in which streams of rewards, classes of unvested tokens and subnets have the same places:
  /// what a stage does not name stands there closed and empty.
  static func aligned(_ stages: [EconomySettings]) -> [EconomySettings] {
    var (streams, classes) = ([String](), [String]())
    func note(_ names: [String], in list: inout [String]) {
      for name in names where !list.contains(name) { list.append(name) }
    }
    for token in stages.compactMap(\.token) {
      // The first is that of the token's own keys.
      note(token.streams.dropFirst().map(\.name), in: &streams)
      note(token.vesting.map(\.name), in: &classes)
    }
    var subnets: [Subnet] = []
    for subnet in stages.compactMap(\.subnets).flatMap(\.list)
    where !subnets.contains(where: { $0.name == subnet.name }) {
      subnets.append(subnet)
    }
    return stages.map { stage in
      var stage = stage
      stage.align(streams: streams, vesting: classes, subnets: subnets)
      return stage
    }
  }
}

public import Configuration

extension FieldReader {
  /// The name of a measure; an unknown one is refused with the nearest.
  public mutating func measure(_ key: String, _ meaning: String) -> String {
    let name = text(key, meaning, example: "active_nodes")
    if has(key), !name.isEmpty, Measure.index(of: name) == nil {
      let nearest = nearestName(to: name, among: Measure.all.map(\.name))
      refuse(
        key, expected: "the name of a measure",
        help: nearest.map { "did you mean \"\($0)\"?" } ?? "see `depinsim list measures`")
    }
    return name
  }
}

public import Configuration

extension FieldReader {
  /// The name of a measure; an unknown one is refused with the nearest.
  public mutating func measure(_ key: String, _ meaning: String) -> String {
    let name = text(key, meaning, example: "active_nodes")
    if has(key), !name.isEmpty { refuse(key, unlessMeasure: name) }
    return name
  }

  /// The names of some measures; unknown ones are refused with the nearest.
  public mutating func measures(
    _ key: String, _ meaning: String, default names: [String]
  ) -> [String] {
    let names = texts(key, meaning, default: names)
    for name in names { refuse(key, unlessMeasure: name) }
    return names
  }

  private mutating func refuse(_ key: String, unlessMeasure name: String) {
    if Measure.index(of: name) != nil { return }
    let nearest = nearestName(to: name, among: Measure.all.map(\.name))
    refuse(
      key, expected: "the name of a measure", found: "\"\(name)\"",
      help: nearest.map { "did you mean \"\($0)\"?" } ?? "see `depinsim list measures`")
  }
}

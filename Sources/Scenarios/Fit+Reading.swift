internal import Configuration

extension Fit {
  /// - Parameter histories: those of the scenario.
  init(histories all: [History], reading fields: inout FieldReader) {
    keys = fields.list("keys", "numbers to choose, and where to look for them") { key in
      Key(reading: &key)
    }
    let fitted = all.filter { !$0.fittedPoints.isEmpty }.map(\.name)
    let named = fields.texts(
      "histories", "the histories to come near; by default all that have fitted dates",
      default: fitted, example: ["nodes"])
    histories = named
    distance = fields.choice(
      "distance",
      "squares: of the log of median ÷ observed; crps: the ranked probability score of replicates, "
        + "in logs, which chooses a spread too",
      default: .squares)
    replicates = fields.count(
      "replicates", "replicates that each trial runs, always the same ones", in: 1...1000,
      default: 8)
    trials = fields.count("trials", "most trials", in: 2...10_000, default: 80)
    guard !fields.isRecording else { return }
    if keys.isEmpty {
      fields.refuse(
        "keys", expected: "one key at least", found: "none",
        help: "write keys: [{key: \"token.emissionScale\", from: 0.1, to: 10}]")
    }
    if let name = named.first(where: { !fitted.contains($0) }) {
      let isThere = all.contains { $0.name == name }
      fields.refuse(
        "histories", expected: "histories with fitted dates",
        found: isThere ? "\"\(name)\", which has none" : "\"\(name)\"",
        help: isThere
          ? "give it a fittedUntil"
          : all.isEmpty
            ? "there is none: add one under \"history\""
            : "the histories are \(all.map(\.name).joined(separator: ", "))")
    } else if named.isEmpty {
      fields.refuse(
        "histories", expected: "a history with dates before its fittedUntil", found: "none",
        help: "add one under \"history\"")
    }
  }
}

extension Fit.Key {
  fileprivate init(reading fields: inout FieldReader) {
    path = fields.text("key", "key path of the number", example: "token.emissionScale")
    lowest = fields.number(
      "from", "smallest value to try; above 0 the number is sought by ratio, else by difference",
      in: .anyNumber, example: 0.1)
    highest = fields.number("to", "largest value to try", in: .anyNumber, example: 10)
    if lowest >= highest, !fields.isRecording {
      fields.refuse(
        "to", expected: "more than from (\(numberText(lowest)))", found: numberText(highest))
    }
  }
}

extension History {
  /// Places of the observations that were used to choose parameters.
  public var fittedPoints: [Int] {
    guard let end = fittedUntilDay else { return [] }
    return points.indices.filter { points[$0].day < end }
  }
}

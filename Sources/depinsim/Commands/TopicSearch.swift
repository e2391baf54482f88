import Configuration

/// Finds the topics that a question is about.
///
/// Names of the user's and rules may stand in the question or be left out, so that a key path copied
/// from a message is a question too.
struct TopicSearch {
  private let topics = Topic.all

  /// What is to be said about a subject; empty where it is no topic.
  func answer(about subject: String) -> String {
    let words = words(of: subject)
    guard !words.isEmpty else { return "" }
    for names in [Names.leftOut, .given] {
      let found = topics.filter { isAbout(words[...], $0, names) }
      guard !found.isEmpty else { continue }
      let inside = Set(found.flatMap { $0.field.flattened.dropFirst().map(\.record.path) })
      let asked = found.filter { !inside.contains($0.field.record.path) }
      return rule(words.last, around: asked)
        + asked.flatMap { topic in
          topic.field.outline.enumerated().map { Topic($1).text(isAsked: $0 == 0) }
        }.joined()
    }
    return rules(words).map { $0.text(isAsked: true) } ?? ""
  }

  /// The name of the topic that was most likely meant; nil where none is near.
  func nearest(to subject: String) -> String? {
    let names = topics.map(\.name) + topics.map(\.shortName)
    if let near = nearestName(to: subject, among: names) { return near }
    guard let last = words(of: subject).last else { return nil }
    let key = nearestName(to: String(last), among: topics.map(\.field.key))
    return topics.first { $0.field.key == key }?.name
  }
}

extension TopicSearch {
  /// Whether the question holds the names that users choose.
  private enum Names { case leftOut, given }

  /// The words of a key path; what stands below a variant is asked about as if it stood at the top.
  private func words(of subject: String) -> [Substring] {
    let plain = subject.replacing(/\[[0-9]*\]/, with: "").replacing(/\["([^"]*)"\]/) { ".\($0.1)" }
    let words = plain.split(separator: ".")
    let own = ["extends", "baseline"]
    let isChange =
      words.first == "variants" && words.count > 2
      && !(words.count == 3 && own.contains { $0 == words[2] })
    return isChange ? Array(words.dropFirst(2)) : words
  }

  /// A rule without fields has no topic; its line stands with the field it belongs to.
  private func rules(_ words: [Substring]) -> Topic? {
    guard let rule = words.last else { return nil }
    return topics.first { topic in
      topic.field.ruleNames.contains(String(rule))
        && [Names.leftOut, .given].contains { isAbout(words.dropLast(), topic, $0) }
    }
  }

  /// What a rule does, where the topics asked for are its fields.
  private func rule(_ word: Substring?, around asked: [Topic]) -> String {
    guard let word, let steps = asked.first?.field.record.path.steps.dropLast(),
      steps.last == .rule(String(word)),
      let parent = topics.first(where: { $0.field.record.path.steps[...] == steps.dropLast() }),
      let rule = parent.field.record.kind.rules.first(where: { $0.name == word })
    else { return "" }
    let source = rule.source.isEmpty ? "" : " (\(rule.source))"
    return "\(parent.name).\(rule.name): \(rule.summary)\(source)\n"
  }

  private func isAbout(_ words: ArraySlice<Substring>, _ topic: Topic, _ names: Names) -> Bool {
    let steps = topic.field.record.path.steps
    return isLed(words, along: steps, from: 0, names)
  }

  /// Whether the words lead along a way, to its end or to a place on it.
  private func isLed(
    _ words: ArraySlice<Substring>, along steps: [FieldPath.Step], from place: Int, _ names: Names
  ) -> Bool {
    guard let word = words.first else { return true }
    guard place < steps.count else { return false }
    let others = words.dropFirst()
    let isPassed: Bool
    switch steps[place] {
    case .key(let key): return key == word && isLed(others, along: steps, from: place + 1, names)
    case .rule(let name): isPassed = name == word
    case .anyItem, .index: isPassed = false
    case .anyName:
      isPassed =
        word == "NAME"
        || names == .given && !(others.isEmpty && isLikeKey(word, below: steps[...place]))
    }
    return isPassed && isLed(others, along: steps, from: place + 1, names)
      || isLed(words, along: steps, from: place + 1, names)
  }

  /// Whether a word looks more like a key of an entry than like a name of the user's.
  private func isLikeKey(_ word: Substring, below place: ArraySlice<FieldPath.Step>) -> Bool {
    let entry = topics.filter {
      let steps = $0.field.record.path.steps
      return steps.count == place.count + 1 && steps.starts(with: place)
    }
    return nearestName(to: String(word), among: entry.map(\.field.key)) != nil
  }
}

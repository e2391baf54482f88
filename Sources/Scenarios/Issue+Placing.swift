internal import Configuration

extension [Issue] {
  /// The issues, each moved to the head of some changes unless it was found in what was written there.
  ///
  /// - Parameters:
  ///   - written: all that the changes say.
  ///   - words: when it holds, behind the message.
  func placed(
    at head: SourceLocation, unlessIn written: Set<SourceLocation>, saying words: String
  ) -> [Issue] {
    map { issue in
      // What is wrong in a table is mended there.
      guard !written.contains(issue.location), !issue.location.file.hasSuffix(".csv") else {
        return issue
      }
      var issue = issue
      issue.location = head
      issue.message += ", \(words)"
      return issue
    }
  }
}

extension [Member] {
  /// Where every key and value of them was written.
  var locations: Set<SourceLocation> {
    var locations: Set<SourceLocation> = []
    for member in self { member.collectLocations(in: &locations) }
    return locations
  }
}

extension Member {
  fileprivate func collectLocations(in locations: inout Set<SourceLocation>) {
    locations.insert(keyLocation)
    value.collectLocations(in: &locations)
  }
}

extension Node {
  fileprivate func collectLocations(in locations: inout Set<SourceLocation>) {
    locations.insert(location)
    switch kind {
    case .array(let items): for item in items { item.collectLocations(in: &locations) }
    case .object(let members): for member in members { member.collectLocations(in: &locations) }
    case .null, .bool, .number, .string, .table: break
    }
  }
}

extension Issue {
  /// Whether it is about the value at a path, or one below it.
  func isInside(_ place: FieldPath) -> Bool {
    let place = place.description
    return path == place || path.hasPrefix(place + ".") || path.hasPrefix(place + "[")
  }
}

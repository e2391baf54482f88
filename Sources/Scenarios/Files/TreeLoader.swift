internal import Configuration

/// Reads a scenario file with all that it extends and includes and all the tables it names, into
/// one tree.
struct TreeLoader {
  private let access: FileAccess
  /// The folder of the scenario as the user wrote it; other files are found from here.
  private let folder: String
  /// The files that are being read, each extended or included by the one before it.
  private var chain: [String] = []
  /// Texts read so far, for messages.
  private(set) var files: [SourceFile] = []
  /// Files read so far, by their path from the scenario's folder.
  private(set) var digests: [FileDigest] = []
  private(set) var issues: [Issue] = []
  /// Whether something could not be read: an object has a gap, or a table has no rows.
  private(set) var hasGaps = false
  /// Files named so far, the scenario itself among them.
  private var names = 1
  private var bytesRead = 0

  init(folder: String, access: FileAccess) {
    self.folder = folder
    self.access = access
  }

  /// The tree of the scenario file itself; nil where its text cannot be understood.
  mutating func load(_ name: String) throws(ScenarioError) -> Node? {
    do throws(FileAccess.Problem) {
      return try tree(at: name, under: FieldPath())
    } catch {
      let shown = FilePath.joined(folder, name)
      guard error.isTooLarge else { throw .unreadable(path: shown, reason: error.words) }
      let issue = Issue(
        .error, at: SourceLocation(file: shown, line: 1, column: 1), path: "",
        message: "expected at most \(TextLimits.bytes) bytes, found more",
        help: "move long tables to CSV files, or make two scenarios of it")
      throw .issues([issue], files: files)
    }
  }

  /// The tree of a file, laid over what the file extends and includes.
  ///
  /// - Parameter place: where the tree comes to stand in the scenario.
  private mutating func tree(
    at path: String, under place: FieldPath
  ) throws(FileAccess.Problem) -> Node? {
    let shown = FilePath.joined(folder, path)
    let bytes = try read(path)
    let parsed = JSON5Parser.parse(bytes, file: shown)
    issues += parsed.issues
    guard let node = parsed.node ?? parsed.rest else { return nil }
    if parsed.node == nil { hasGaps = true }
    chain.append(path)
    defer { chain.removeLast() }
    let own =
      node.namesFiles ? resolving(node, at: place, from: FilePath.folder(of: path)) : node
    guard case .object = own.kind else {
      let subject = place.steps.isEmpty ? "a scenario" : "an object"
      report(own, place.description, expected: "\(subject) between { and }", found: own.brief)
      return nil
    }
    guard let extends = own["extends"] else { return own }
    return laying(
      own.without(["extends"]), over: extends, "extends", at: place,
      from: FilePath.folder(of: path))
  }

  /// The object laid over what the values of its `extends` or `include` name, one laid over the
  /// other, with a gap where one of them could not be read.
  private mutating func laying(
    _ own: Node, over value: Node, _ key: String, at place: FieldPath, from folder: String
  ) -> Node {
    let names: [Node]
    switch value.kind {
    case .string: names = [value]
    case .array(let items): names = items
    case .null, .bool, .number, .object, .table: names = [value]
    }
    let trees = names.compactMap { file($0, key, at: place, from: folder) } + [own]
    let laid = trees.dropFirst().reduce(trees[0]) { $0.merged(with: $1) }
    guard trees.count <= names.count else { return laid }
    hasGaps = true
    return laid.withGap
  }

  private mutating func file(
    _ name: Node, _ key: String, at place: FieldPath, from folder: String
  ) -> Node? {
    let issuePath = place.appending(key).description
    guard
      let path = relative(name, issuePath, from: folder, such: "\"../Presets/render.json5\"")
    else { return nil }
    guard !chain.contains(path) else {
      let verb = key == "extends" ? "extend" : "include"
      report(
        name, issuePath, expected: "files that do not \(verb) each other in a circle",
        found: (chain + [path]).joined(separator: " → "))
      return nil
    }
    do throws(FileAccess.Problem) {
      return try tree(at: path, under: place)
    } catch {
      report(name, issuePath, expected: "a file \"\(path)\"", found: error.words)
      return nil
    }
  }

  /// The object laid over the files that its `include` names; the object itself where it has none.
  private mutating func including(
    _ own: Node, at place: FieldPath, from folder: String
  ) -> Node {
    guard let include = own["include"] else { return own }
    let own = own.without(["include"])
    // Each file is held to the depth of a text; together they must not go deeper either.
    guard place.steps.count < TextLimits.depth else {
      hasGaps = true
      report(
        include, place.appending("include").description,
        expected: "an include at most \(TextLimits.depth) levels deep",
        found: "\(place.steps.count) levels")
      return own.withGap
    }
    var laid = laying(own, over: include, "include", at: place, from: folder)
    // What is missing is missing in the object that includes.
    laid.location = own.location
    return laid
  }

  /// The tree with every `{csv: "path"}` replaced by the table it names, and every object laid over
  /// what it includes.
  private mutating func resolving(
    _ node: Node, at path: FieldPath, from folder: String
  ) -> Node {
    switch node.kind {
    case .array(let items):
      let resolved = items.enumerated().map { index, item in
        resolving(item, at: path.appending(.index(index)), from: folder)
      }
      return Node(.array(resolved), at: node.location)
    case .object(let members):
      if let name = node["csv"], name.string != nil {
        let table = table(members, name, at: path, from: folder)
        if table == nil { hasGaps = true }
        return Node(.table(table ?? .unread(name.brief, at: name.location)), at: name.location)
      }
      let resolved = members.map { member in
        var member = member
        member.value = resolving(member.value, at: path.appending(member.key), from: folder)
        return member
      }
      return including(Node(.object(resolved), at: node.location), at: path, from: folder)
    case .null, .bool, .number, .string, .table: return node
    }
  }

  private mutating func table(
    _ members: [Member], _ name: Node, at place: FieldPath, from folder: String
  ) -> Table? {
    for member in members where member.key != "csv" {
      issues.append(
        Issue(
          .error, at: member.keyLocation, path: place.appending(member.key).description,
          message: "expected csv alone, found \"\(member.key)\"", help: "leave it out"))
    }
    let key = place.appending("csv").description
    guard let path = relative(name, key, from: folder, such: "\"data/prices.csv\"") else {
      return nil
    }
    do throws(FileAccess.Problem) {
      let bytes = try read(path)
      let (table, issues) = CSV.parse(
        bytes, file: FilePath.joined(self.folder, path), path: name.string ?? path,
        digest: SHA256.hex(bytes))
      self.issues += issues
      return table
    } catch {
      report(name, key, expected: "a file \"\(path)\"", found: error.words)
      return nil
    }
  }

  /// A path from the scenario's folder, for a path written in a file of some folder.
  private mutating func relative(
    _ name: Node, _ key: String, from folder: String, such example: String
  ) -> String? {
    // Counts a file each time it is named: two files that extend a third twice each read it 4 times.
    names += 1
    guard names <= TextLimits.files else {
      if names == TextLimits.files + 1 {
        report(
          name, key, expected: "at most \(TextLimits.files) files in one scenario", found: "more")
      }
      return nil
    }
    guard let path = name.string, !path.hasPrefix("/"), !path.contains("\0"),
      !FilePath.joined("", path).isEmpty
    else {
      report(
        name, key, expected: "a path from the folder of this file, such as \(example)",
        found: name.brief)
      return nil
    }
    return FilePath.joined(folder, path)
  }

  private mutating func read(_ path: String) throws(FileAccess.Problem) -> [UInt8] {
    let shown = FilePath.joined(folder, path)
    let bytes = try access.read(shown)
    bytesRead += bytes.count
    guard bytesRead <= TextLimits.bytesOfAllFiles else {
      throw FileAccess.Problem(
        words: "more than \(TextLimits.bytesOfAllFiles) bytes in the files of one scenario")
    }
    guard !files.contains(where: { $0.path == shown }) else { return bytes }
    let text = String(decoding: bytes, as: UTF8.self)
    files.append(SourceFile(path: shown, text: text))
    digests.append(FileDigest(path: path, text: text))
    return bytes
  }

  private mutating func report(_ node: Node, _ key: String, expected: String, found: String) {
    issues.append(
      Issue(
        .error, at: node.location, path: key, message: "expected \(expected), found \(found)",
        help: found == FileAccess.missing
          ? "a path begins at the folder of the file that names it" : ""))
  }
}

extension Node {
  /// Whether an object anywhere in the tree includes a file or stands for a table.
  fileprivate var namesFiles: Bool {
    switch kind {
    case .array(let items): items.contains(where: \.namesFiles)
    case .object(let members):
      members.contains { $0.key == "include" || $0.key == "csv" || $0.value.namesFiles }
    case .null, .bool, .number, .string, .table: false
    }
  }
}

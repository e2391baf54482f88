import Configuration
import Foundation
import TestSupport
import Testing

@testable import Scenarios

struct SchemaTests {
  private static let file = Shipped.root.appending(path: "Scenarios/schema.json")
  private static let text = ScenarioSource.schema.json(indented: true) + "\n"

  @Test func `the shipped schema is the one that the program prints`() throws {
    if ProcessInfo.processInfo.environment["DEPINSIM_WRITE_GOLDEN"] != nil {
      try Data(Self.text.utf8).write(to: Self.file)
    }
    let isSame = try String(contentsOf: Self.file, encoding: .utf8) == Self.text
    #expect(isSame, "run `depinsim explain schema > Scenarios/schema.json`")
  }

  @Test func `every field has its place in the schema`() {
    let schema = ScenarioSource.schema
    for field in ScenarioSource.reference.flatMap(\.flattened) {
      var place: Node? = schema
      for step in field.record.path.steps { place = place?.below(step, in: schema) }
      let about = place?["description"]?.string ?? ""
      #expect(about.hasPrefix(field.record.meaning), "\(field.record.path): \(about)")
      #expect(
        place?["examples"] != nil || ["extends", "include", "variants"].contains(field.key),
        "\(field.record.path)")
    }
  }

  /// The schema of what may stand at a path of an amendment; nil where no such path is known.
  private func schema(at path: String) throws -> Node? {
    let schema = ScenarioSource.schema
    let patterns = try #require(schema.value(at: ["$defs", "paths", "patternProperties"].steps))
    let fitting = try patterns.members.filter { pattern, _ in
      try Regex(pattern).wholeMatch(in: path) != nil
    }
    #expect(fitting.count <= 1, "\(path): \(fitting.map(\.key))")
    return fitting.first?.value
  }

  @Test(arguments: [
    "token.emissionScale", "token.emission", "token.emission.tokensPerEpoch", "market.rule",
    "operators.types.home.decisions.everyDays", #"operators.types["a b"].churn"#,
    "operators.types.home.churn.sessionHours.mean", "demand.classes.chat.budgetUSDPerGPUHour",
    "operators.types.home.churn.sessionHours.components[0].law.mean", "shocks.fall.factor",
  ]) func `the schema knows the path of an amendment`(path: String) throws {
    #expect(try schema(at: path) != nil)
  }

  @Test(arguments: [
    "token.emissionScal", "seed", "horizonDays", "token.emission.token",
    "operators.types.home.sessionHours", "operators.types.home.churn.sessionHours.mea",
    "Token.emissionScale", "token.emissionScale.more",
  ]) func `the schema knows no other path, and none of the run`(path: String) throws {
    #expect(try schema(at: path) == nil)
  }

  @Test func `what the paths of amendments refer to is there`() throws {
    let schema = ScenarioSource.schema
    let patterns = try #require(schema.value(at: ["$defs", "paths", "patternProperties"].steps))
    #expect(patterns.members.count > 200)
    for (pattern, value) in patterns.members {
      var choices = [value]
      if case .array(let several)? = value["anyOf"]?.kind { choices = several }
      for choice in choices {
        guard let pointer = choice["$ref"]?.string else { continue }
        let steps = pointer.split(separator: "/").dropFirst().map(String.init).steps
        #expect(schema.value(at: steps) != nil, "\(pattern): \(pointer)")
      }
    }
  }

  @Test(
    .tags(.slow), .enabled(if: Slow.isOn),
    .enabled(if: Validator.isThere, "needs python3 with its package jsonschema"))
  func `an ordinary validator takes every shipped scenario and no misspelled key`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(Self.text.utf8).write(to: folder.appending(path: "schema.json"))
    for (index, file) in Shipped.scenarios.enumerated() {
      let text = try Scenario(path: file.path).effectiveTree.json()
      let name = "\(index)-\(file.deletingPathExtension().lastPathComponent).scenario"
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    let words = try Validator.run(in: folder)
    #expect(Shipped.scenarios.count > 10)
    #expect(words == "\(Shipped.scenarios.count) scenarios\n")
  }
}

extension Node {
  /// The part of a schema that a step leads to.
  fileprivate func below(_ step: FieldPath.Step, in schema: Node) -> Node? {
    var place = resolved(in: schema)
    if place["anyOf"] != nil, case .array(let choices)? = place["anyOf"]?.kind {
      place = choices.first?.resolved(in: schema) ?? place
    }
    switch step {
    case .key(let key):
      // A name that the user chooses stands for all of them.
      return place["properties"]?[key] ?? place["additionalProperties"]?.resolved(in: schema)
    case .anyName: return place["additionalProperties"]?.resolved(in: schema)
    case .anyItem: return place["items"]
    case .rule(let name):
      guard case .array(let cases)? = place["then"]?["allOf"]?.kind else { return nil }
      return cases.first { $0["if"]?["properties"]?["rule"]?["const"]?.string == name }?["then"]
    case .index: return nil
    }
  }

  private func resolved(in schema: Node) -> Node {
    guard let path = self["$ref"]?.string else { return self }
    let steps = path.split(separator: "/").dropFirst().map { FieldPath.Step.key(String($0)) }
    return schema.value(at: steps) ?? self
  }
}

extension [String] {
  /// The steps of a JSON pointer.
  fileprivate var steps: [FieldPath.Step] { map { Int($0).map(FieldPath.Step.index) ?? .key($0) } }
}

/// Python's `jsonschema`, which many people have.
private enum Validator {
  static let isThere = (try? python(["-c", "import jsonschema"]).status) == 0

  static func run(in folder: URL) throws -> String {
    try python(["-c", script, folder.path]).text
  }

  /// Checks the schema, each of its examples, each scenario, and one key too many in each kind of
  /// object that scenarios have; only numbers may stand under any name where names are the user's.
  private static let script = """
    import copy, glob, json, sys
    from jsonschema import Draft202012Validator as Validator
    folder = sys.argv[1]
    schema = json.load(open(folder + "/schema.json"))
    Validator.check_schema(schema)

    def objects(node, path=()):
        if isinstance(node, dict):
            yield path
            for key, value in node.items():
                yield from objects(value, path + (key,))
        if isinstance(node, list):
            for index, value in enumerate(node):
                yield from objects(value, path + (index,))

    def at(node, path):
        for step in path:
            node = node[step]
        return node

    def branch(node, path):
        # A copy of the scenario with what must be there and what leads to a place.
        kept = set(schema.get("required", [])) | set(path[:1])
        copied = copy.deepcopy({key: value for key, value in node.items() if key in kept})
        if path[:1] == ("variants",) and path[1:]:
            changes = copied["variants"][path[1]]
            copied["variants"] = {
                path[1]: {key: changes[key] for key in path[2:3]} if path[2:] else changes
            }
        return copied

    validator = Validator(schema)
    for path in objects(schema):
        part = at(schema, path)
        for example in part.get("examples", []) if path[-1:] != ("properties",) else []:
            if next(validator.descend(example, part), None) is not None:
                print("example", path, example)

    count = 0
    seen = set()
    for name in sorted(glob.glob(folder + "/*.scenario")):
        scenario = json.load(open(name))
        count += 1
        for error in validator.iter_errors(scenario):
            print(name, list(error.absolute_path), error.message[:200])
        for path in objects(scenario):
            if {"types", "classes"} & set(path) and path[-1] in ("regions", "hoursFromUTC"):
                continue
            if path and path[-1] in ("roundTripMs", "targetUSDPerHour", "multipliers"):
                continue
            shape = path[2:] if path[:1] == ("variants",) and path[2:] else path
            if shape in seen:
                continue
            seen.add(shape)
            typo = branch(scenario, path)
            if not validator.is_valid(typo):
                print(name, path, "is not valid alone")
            at(typo, path)["arivalsPerHour"] = 1
            if validator.is_valid(typo):
                print(name, path, "takes a misspelled key")
    print(count, "scenarios")
    """

  private static func python(_ words: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + words
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}

import Configuration
import Testing

@testable import Economy
@testable import Scenarios

/// A text of JSON5 as a tree.
private func tree(_ text: String) throws -> Node {
  try #require(JSON5Parser.parse(Array(text.utf8), file: "test.json5").node)
}

/// Reads one object of a scenario alone; it must be right.
func read<Value>(_ text: String, _ make: (inout FieldReader) -> Value) throws -> Value {
  let context = ReadingContext()
  var fields = FieldReader(try tree(text), context: context)
  let value = make(&fields)
  fields.finish()
  #expect(context.issues.isEmpty)
  return value
}

/// What a reader says is wrong with an object, without the place.
func complaints<Value>(
  about text: String, _ make: (inout FieldReader) -> Value
) throws -> [String] {
  let context = ReadingContext()
  var fields = FieldReader(try tree(text), context: context)
  _ = make(&fields)
  fields.finish()
  return context.issues.map(\.message)
}

/// A rule chosen by name from a list, as `{rule: "name", …}`.
func rule<Value>(_ text: String, from choices: [Choice<Value>]) throws -> Value {
  try #require(
    try read("{it: \(text)}") { $0.rule("it", "the rule under test", from: choices) })
}

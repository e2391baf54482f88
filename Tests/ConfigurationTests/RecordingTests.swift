import Configuration
import Testing

struct RecordingTests {
  private static func read(_ fields: inout FieldReader) {
    _ = fields.number(
      "price", "what a job pays", unit: "USD", in: 0...9, default: 2, source: "p. 4")
    _ = fields.flag("open", "whether it is open", default: false)
    _ = fields.named("classes", "by name") { _, fields in
      fields.numbers("sizes", "sizes", default: [1, 2])
    }
    _ = fields.list("steps", "in order") { $0.text("label", "its name") }
    _ = fields.object("market", "where it trades") { $0.optionalNumber("depth", "", in: .positive) }
    _ = fields.section("loss", "nodes that go") { $0.moment("from", "when", default: 0) }
    _ = fields.rule(
      "rule", "a rule",
      from: [Choice(name: "one", summary: "") { $0.count("n", "", in: 0...9, default: 1) }])
  }

  @Test func `a reader without a tree records every field and reports nothing`() {
    let context = ReadingContext()
    var fields = FieldReader.recording(into: context)
    Self.read(&fields)
    fields.finish()
    #expect(context.issues.isEmpty)
    #expect(
      context.records.map(\.path.description) == [
        "price", "open", "classes", "classes.NAME.sizes", "steps", "steps[].label", "market",
        "market.depth", "loss", "loss.from", "rule", "rule(one).n",
      ])
    let price = context.records[0]
    #expect(price.meaning == "what a job pays" && price.unit == "USD" && price.source == "p. 4")
    #expect(price.kind.expectation(unit: price.unit) == "a number from 0 to 9 [USD]")
    #expect(context.records.filter(\.isRequired).map(\.path.description) == ["steps[].label"])
  }

  @Test func `every field is recorded with its value and its place`() {
    let records = Page(["price": 3, "rule": "one"]).records(Self.read)
    #expect(records[0].value?.json() == "3")
    #expect(records[0].location?.line == 2)
    #expect(records[1].value?.json() == "false")
    #expect(records[1].location == nil)
  }

  @Test func `the effective tree holds every value and reads back as itself`() {
    let page = Page([
      "price": 3, "classes": ["a": ["sizes": [4]], "b": [:]], "steps": [["label": "x"]],
      "rule": "one",
    ])
    let tree = page.records(Self.read).effectiveTree
    #expect(
      tree.json() == #"{"price":3,"open":false,"classes":{"a":{"sizes":[4]},"b":{"sizes":[1,2]}},"#
        + #""steps":[{"label":"x"}],"market":null,"loss":{"from":0},"rule":{"rule":"one","n":1}}"#)
    let context = ReadingContext()
    var again = FieldReader(tree, context: context)
    Self.read(&again)
    again.finish()
    #expect(context.issues.isEmpty)
    #expect(context.records.effectiveTree.json() == tree.json())
  }
}

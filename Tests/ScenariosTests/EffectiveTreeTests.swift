import Configuration
import Testing

@testable import Scenarios

struct EffectiveTreeTests {
  @Test func `the effective tree is a scenario that means the same`() throws {
    let first = try scenario(
      "{horizonDays: 90, epochHours: 12, amendments: {a: {on: 3, set: {flowsEveryDays: 7}}}}")
    let text = first.effectiveTree(variant: 0).json(indented: true)
    let second = try scenario(text)
    #expect(second.effectiveTree(variant: 0).json(indented: true) == text)
    #expect(second.variants[0].stages.map(\.day) == [0, 3])
  }

  @Test func `the effective tree of a variant stands alone`() throws {
    let first = try scenario(
      """
      {horizonDays: 90, variants: {a: {}, b: {epochHours: 6}}, baseline: "b",
       history: {h: {measure: "active_nodes", variant: "b", data: {csv: "h.csv"}}}}
      """, with: ["s/h.csv": "date,value\n2024-01-02,1\n"])
    let text = first.effectiveTree(variant: 1).json()
    let second = try scenario(text, with: ["s/h.csv": "date,value\n2024-01-02,1\n"])
    #expect(second.variants.map(\.name) == ["base"])
    #expect(second.value("epochHours") == "6")
    #expect(second.effectiveTree(variant: 0).json() == text)
  }

  @Test func `the effective tree of all variants is the whole scenario again`() throws {
    let first = try scenario(
      """
      {horizonDays: 90, baseline: "b", flowsEveryDays: 7,
       variants: {a: {}, b: {extends: "a", epochHours: 6}, c: {extends: "b", cut: ["priceToPay"]}}}
      """)
    let tree = first.effectiveTree
    #expect(tree["flowsEveryDays"]?.json() == "7")
    #expect(
      tree["variants"]?.json()
        == #"{"a":{"epochHours":24,"cut":[]},"b":{"epochHours":6,"cut":[]},"#
        + #""c":{"epochHours":6,"cut":["priceToPay"]}}"#)
    let second = try scenario(tree.json())
    #expect(second.effectiveTree.json() == tree.json())
    #expect(second.variants.map(\.name) == ["a", "b", "c"])
    #expect(second.baseline == 1)
    #expect(second.value("epochHours", in: "c") == "6")
  }

  @Test func `a scenario without variants has none in its effective tree`() throws {
    let tree = try scenario("{horizonDays: 90}").effectiveTree
    #expect(tree["variants"] == nil)
    #expect(try scenario(tree.json()).effectiveTree.json() == tree.json())
  }
}

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
}

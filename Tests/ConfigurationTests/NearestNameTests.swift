import Configuration
import Testing

@Test(arguments: [
  ("arrivalsPerHuor", "arrivalsPerHour"), ("Emission", "emission"), ("pric", "price"),
  ("demnad", "demand"),
])
func `a misspelled name finds the nearest known one`(written: String, meant: String) {
  let known = ["price", "emission", "arrivalsPerHour", "demand", "market"]
  #expect(nearestName(to: written, among: known) == meant)
}

@Test(arguments: ["zebra", "", "x", String(repeating: "a", count: 100_000)])
func `a name far from all others finds none`(written: String) {
  #expect(nearestName(to: written, among: ["price", "emission", "demand"]) == nil)
}

@Test func `a name of which nothing is left is not the nearest`() {
  #expect(nearestName(to: "x", among: ["a", "b"]) == nil)
  #expect(nearestName(to: "ab", among: ["b"]) == "b")
}

@Test func `the first of equally near names is taken`() {
  #expect(nearestName(to: "lost", among: ["cost", "list"]) == "cost")
}

import Testing

@testable import Reports

struct NumberTextTests {
  @Test(arguments: [
    (0.0, "0"), (2, "2"), (0.81234, "0.8123"), (3.14159, "3.142"), (12.345, "12.35"),
    (123.45, "123.5"),
    (1234.5, "1,234"), (-1_234_567, "-1,234,567"), (0.00001, "1.000e-05"), (1e15, "1.000e+15"),
    (.nan, "–"), (.infinity, "∞"),
  ])
  func `four digits that matter are shown`(number: Double, text: String) {
    #expect(NumberText.short(number) == text)
  }
}

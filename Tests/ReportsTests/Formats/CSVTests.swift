import Testing

@testable import Reports

struct CSVTests {
  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"so\"", "\"say \"\"so\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("", ""), ("é", "é"),
  ])
  func `text is quoted only where it must be`(text: String, cell: String) {
    #expect(CSV.cell(text) == cell)
  }

  @Test(arguments: [
    (1.0, "1"), (-0.0, "0"), (0.1, "0.1"), (1e21, "1e+21"), (-12_345_678, "-12345678"),
    (1.0 / 3, "0.3333333333333333"), (.nan, ""), (.infinity, ""),
  ])
  func `numbers read back as themselves and undefined ones are empty`(
    number: Double, cell: String
  ) {
    #expect(CSV.cell(number) == cell)
  }
}

import Configuration

extension FieldReader {
  /// A column of numbers, times another, divided by a third, times a factor, `[rows]`:
  /// `{column: "credits", times: "usd_per_eur", factor: 0.25}`.
  mutating func column(_ key: String, _ meaning: String, of table: Table?) -> [Double] {
    required(key, meaning) { fields in
      let name = fields.text("column", "the column of the table", example: "credits")
      let times = fields.optionalText("times", "a column to multiply by", example: "usd_per_eur")
      let divisor = fields.optionalText(
        "dividedBy", "a column to divide by", example: "credits_per_eur")
      let factor = fields.number("factor", "a factor", in: -1e12...1e12, default: 1)
      guard let table else { return [] }
      var numbers = fields.numbers(inColumn: name, of: table, in: -1e15...1e15)
      if let times {
        let others = fields.numbers(inColumn: times, of: table, in: -1e15...1e15)
        for row in numbers.indices { numbers[row] *= others[row] }
      }
      if let divisor {
        let others = fields.numbers(inColumn: divisor, of: table, in: 1e-15...1e15)
        for row in numbers.indices where others[row] != 0 { numbers[row] /= others[row] }
      }
      return numbers.map { $0 * factor }
    }
  }

  /// A column of dates, in days since the start of the scenario, `[rows]`.
  mutating func dates(
    _ key: String, _ meaning: String, of table: Table?, example: String
  ) -> [Double] {
    let name = text(key, meaning, example: example)
    guard let table else { return [] }
    return moments(inColumn: name, of: table)
  }
}

internal import Configuration
internal import Economy

extension History {
  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    measure = fields.measure("measure", "name of the measure that was observed")
    variant = fields.optionalText(
      "variant", "the variant it stands beside; the baseline by default", example: "fixed")
    let date = fields.text("dateColumn", "column of dates or months", default: "date")
    let value = fields.text("valueColumn", "column of observations", default: "value")
    let factor = fields.number(
      "factor", "what an observation is multiplied by", in: .anyNumber, default: 1)
    let from = fields.optionalMoment("from", "observations before this date are left out")
    fittedUntilDay = fields.optionalMoment(
      "fittedUntil", "observations before this date were used to choose parameters")
    guard let table = fields.table("data", "the observations", isRequired: true) else {
      points = []
      return
    }
    let observed = table.keepingRows(withTextIn: value)
    let days = fields.moments(inColumn: date, of: observed)
    let values = fields.numbers(inColumn: value, of: observed, in: .anyNumber)
    points = zip(days, values).map { Point(day: $0, value: $1 * factor) }
      .filter { $0.day >= from ?? -.infinity }
  }
}

extension Table {
  /// The table without the rows whose cell in a column is empty.
  fileprivate func keepingRows(withTextIn column: String) -> Table {
    guard let index = columns.firstIndex(of: column) else { return self }
    let kept = cells.indices.filter { !cells[$0][index].isEmpty }
    var table = self
    table.cells = kept.map { cells[$0] }
    table.rowLocations = kept.map { rowLocations[$0] }
    return table
  }
}

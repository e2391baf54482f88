internal import Configuration
internal import Economy

extension Calibration {
  init(horizon: Double, reading fields: inout FieldReader) {
    key = fields.text("key", "key path of the number to fit", example: "token.emissionScale")
    measure = fields.measure("measure", "name of the measure that must agree")
    fromDay = fields.number(
      "fromDay", "where the comparison begins", unit: "days", in: .nonNegative, default: 0)
    toDay =
      fields.optionalNumber(
        "toDay", "where the comparison ends; the horizon by default", unit: "days",
        in: .nonNegative) ?? horizon
    equals = fields.text("equals", "the variant whose measure is the target", example: "fixed")
    tolerance = fields.number(
      "tolerance", "largest relative difference that counts as equal", in: 1e-6...1, default: 0.01)
    if toDay <= fromDay || toDay > horizon {
      fields.refuse(
        "toDay",
        expected: "a day after fromDay, which is \(numberText(fromDay)), and not after the horizon "
          + "of \(numberText(horizon)) days",
        found: numberText(toDay))
    }
  }
}

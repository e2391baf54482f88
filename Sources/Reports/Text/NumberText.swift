import Foundation

/// Numbers for people: four digits that matter, whole numbers whole, thousands apart.
public enum NumberText {
  /// `–` where undefined.
  public static func short(_ number: Double) -> String {
    guard !number.isNaN else { return "–" }
    guard number.isFinite else { return number > 0 ? "∞" : "−∞" }
    let size = abs(number)
    guard size > 0 else { return "0" }
    if size >= 1e15 || size < 1e-4 { return String(format: "%.3e", number) }
    let decimals =
      size >= 1000 || number == number.rounded()
      ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4
    return grouped(String(format: "%.\(decimals)f", number))
  }

  public static func short(_ number: Int) -> String { grouped(String(number)) }

  /// `12.3 %`, or `–` where undefined.
  static func percent(_ share: Double) -> String {
    share.isNaN ? "–" : String(format: "%.1f %%", share * 100)
  }

  /// `[low, high]`, or `–` where there is no interval.
  public static func interval(_ low: Double, _ high: Double) -> String {
    low.isNaN || high.isNaN ? "–" : "[\(short(low)), \(short(high))]"
  }

  private static func grouped(_ text: String) -> String {
    let parts = text.split(separator: ".", maxSplits: 1)
    let sign = parts[0].hasPrefix("-") ? "-" : ""
    let digits = Array(parts[0].drop { $0 == "-" })
    var whole = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { whole += "," }
      whole.append(digit)
    }
    return sign + whole + (parts.count > 1 ? "." + parts[1] : "")
  }
}

/// A text that locations point into, kept so that messages can show the line.
public struct SourceFile: Sendable, Hashable {
  /// The path as it is shown to people, and as ``SourceLocation/file`` repeats it.
  public var path: String
  public var text: String

  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// The lines without their terminators, which are LF, CR LF or CR, and without a byte order mark.
  var lines: [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = []
    var line: [Unicode.Scalar] = []
    var afterReturn = false
    let scalars = text.unicodeScalars
    for scalar in scalars.dropFirst(scalars.first == "\u{FEFF}" ? 1 : 0) {
      let endsReturn = afterReturn && scalar == "\n"
      afterReturn = scalar == "\r"
      if endsReturn { continue }
      if scalar == "\n" || scalar == "\r" {
        lines.append(line)
        line = []
      } else {
        line.append(scalar)
      }
    }
    lines.append(line)
    return lines
  }
}

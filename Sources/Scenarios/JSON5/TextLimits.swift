/// How large a scenario text may be, so that a stranger's file is safe to open.
public enum TextLimits {
  /// Bytes of one file.
  public static let bytes = 16_000_000
  /// Bytes of a scenario and everything it extends or reads.
  public static let bytesOfAllFiles = 64_000_000
  /// Objects and lists inside each other.
  public static let depth = 256
  /// Keys and list items of one file.
  public static let values = 1_000_000
  /// Characters of one number.
  public static let numberLength = 1_000
  /// Files that one scenario may extend or read.
  public static let files = 256
  /// Variants of one scenario, and amendments of one scenario.
  public static let variants = 1_000
  /// Keys and list items of the merged tree, each counted as often as it is read: for every variant,
  /// and again after every amendment.
  public static let readings = 10_000_000
  /// Syntax errors that are reported before reading stops.
  public static let syntaxErrors = 20
}

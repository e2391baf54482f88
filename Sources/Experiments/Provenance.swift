import Kernel

/// What a result depends on besides its plan.
public enum Provenance {
  /// Version of the program.
  public static let version = "0.1.0"

  /// Raised whenever the same plan may give other numbers; stored parts of another version are
  /// not taken up again.
  public static let resultsVersion = 1

  /// Compiler that built the program, as far as the language tells.
  public static var toolchain: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift 6.2"
    #endif
  }

  /// Hash of elementary results, equal on all machines whose runs may be mixed.
  public static var numerics: String { Numerics.word }
}

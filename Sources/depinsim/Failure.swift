/// Why a command ended early: the code for the caller and the words for the user.
struct Failure: Error, Equatable {
  let code: ExitCode
  /// Text for standard error, whole lines.
  let text: String

  init(_ code: ExitCode, _ message: String, help: String = "") {
    self.code = code
    text = "error: \(message)\n" + (help.isEmpty ? "" : "  help: \(help)\n")
  }

  init(_ code: ExitCode, text: String) {
    self.code = code
    self.text = text
  }
}

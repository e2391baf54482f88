/// What is wrong with the command line.
struct UsageError: Error, Equatable {
  let message: String
  let help: String

  init(_ message: String, help: String = "see `depinsim help`") {
    self.message = message
    self.help = help
  }
}

/// `help`: the commands, or the options of one.
struct HelpCommand: Command, Equatable {
  let verb: Verb?
  /// Whether it stands in for a command that was not given, which is an error.
  var isMissing = false

  func run(_ console: Console) throws(Failure) {
    let text = verb.map(Self.text) ?? Self.overview
    guard !isMissing else { throw Failure(.usage, text: text) }
    console.out(text)
  }

  private static var overview: String {
    var text = """
      depinsim simulates the economies of decentralised GPU networks, event by event.

      usage: depinsim COMMAND [OPERAND] [OPTION …]


      """
    for verb in Verb.allCases {
      text += "  " + padded(verb.rawValue, to: 10) + verb.summary + "\n"
    }
    return text + """

      `depinsim help COMMAND` shows the options of a command, `depinsim --version` the version.
      exit: 0 done, 1 a check failed, 2 wrong usage or scenario, 3 could not read or write or a
      limit was crossed, 4 a mistake of the program, 130 interrupted

      """
  }

  private static func text(_ verb: Verb) -> String {
    var text = "usage: depinsim \(verb.rawValue) \(verb.operands)"
    text += verb.options.isEmpty ? "\n" : " [OPTION …]\n"
    text += "\n\(verb.summary)\n"
    guard !verb.options.isEmpty else { return text }
    text += "\n"
    for option in verb.options {
      let name = [option.name, option.placeholder].compactMap { $0 }.joined(separator: " ")
      text += "  " + padded(name, to: 20) + option.summary
      text += option.repeats ? "; may be repeated\n" : "\n"
    }
    return text
  }

  private static func padded(_ word: String, to width: Int) -> String {
    word + String(repeating: " ", count: max(1, width - word.count))
  }
}

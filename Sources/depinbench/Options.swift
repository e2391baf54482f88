import Foundation

/// What was asked for on the command line.
struct Options {
  /// Tiny sizes and one round: whether everything runs, not how fast.
  private(set) var isQuick = false
  /// Rounds of each contest.
  private(set) var repeats = 5
  /// Folder with the peers that were built.
  private(set) var peers = ".build/peers"
  /// Folder with our own programs.
  let programs = Bundle.main.executableURL?.deletingLastPathComponent().path ?? "."
  /// Contests whose name begins with this.
  private(set) var only = ""
  /// File that takes everything as JSON.
  private(set) var file: String?

  init(_ words: [String]) throws {
    var rest = words[...]
    var wanted: String?
    while let word = rest.popFirst() {
      func value() throws -> String {
        guard let value = rest.popFirst() else {
          throw UsageError("\(word): expected a value, found nothing")
        }
        return value
      }
      switch word {
      case "--quick": isQuick = true
      case "--peers": peers = try value()
      case "--only": only = try value()
      case "--out": wanted = try value()
      case "--repeats":
        let text = try value()
        guard let count = Int(text), count > 0 else {
          throw UsageError("--repeats: expected a number of rounds such as 5, found \"\(text)\"")
        }
        repeats = count
      case _:
        throw UsageError(
          "expected --quick, --repeats N, --only WORK, --peers DIR or --out FILE, "
            + "found \"\(word)\"")
      }
    }
    if isQuick { repeats = 1 }
    // A part of the contests does not replace the figures of all.
    file = wanted ?? (isQuick || !only.isEmpty ? nil : "Results/Benchmarks/side-by-side.json")
  }
}

/// What is wrong with the command line.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Words for whoever waits, on standard error.
func say(_ sentence: String) {
  FileHandle.standardError.write(Data((sentence + "\n").utf8))
}

import Experiments
import Foundation
import Scenarios

/// Reads a part from its beginning, a chunk at a time.
struct PartReader {
  /// A piece of a part.
  enum Chunk {
    /// Finished CSV of the table with this name.
    case rows(table: String, bytes: [UInt8])
    case outcome(ReplicateOutcome)
  }

  private static let longestLine = 256
  private static let longestChunk = 1 << 30

  private let handle: FileHandle
  private var hash = SHA256()
  /// Bytes read ahead of what was asked for.
  private var ahead: [UInt8] = []
  private var position = 0

  /// Opens a part of this key; nil where it is missing, damaged at its head, or another's.
  init?(_ path: String, key: String) {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    self.handle = handle
    guard line() == PartWriter.format, line() == "key \(key)" else { return nil }
  }

  /// The next chunk; nil after the last, and where the part is damaged.
  mutating func next() -> Chunk? {
    let soFar = hash
    guard let words = line()?.split(separator: " ") else { return nil }
    switch (words.first, words.count) {
    case ("rows", 3):
      return chunk(words[2]).map { .rows(table: String(words[1]), bytes: $0) }
    case ("outcome", 2):
      return chunk(words[1]).flatMap(OutcomeText.decode).map { .outcome($0) }
    case ("sha256", 2):
      isWhole = soFar.hexDigest == words[1] && atEnd()
      return nil
    case _:
      return nil
    }
  }

  /// Whether the last line was reached and agrees with all before it.
  private(set) var isWhole = false

  /// The outcome of a part that is whole.
  static func outcome(_ path: String, key: String) -> ReplicateOutcome? {
    guard var reader = PartReader(path, key: key) else { return nil }
    var found: ReplicateOutcome?
    while let chunk = reader.next() {
      if case .outcome(let outcome) = chunk { found = outcome }
    }
    return reader.isWhole ? found : nil
  }
}

extension PartReader {
  private mutating func chunk(_ length: Substring) -> [UInt8]? {
    guard let count = Int(length), (0...Self.longestChunk).contains(count) else { return nil }
    while ahead.count - position < count {
      guard fill() else { return nil }
    }
    defer { position += count }
    let bytes = Array(ahead[position..<position + count])
    hash.update(bytes)
    return bytes
  }

  /// The next line without its end.
  private mutating func line() -> String? {
    while true {
      if let end = ahead[position...].prefix(Self.longestLine).firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        hash.update(Array(ahead[position...end]))
        return String(decoding: ahead[position..<end], as: UTF8.self)
      }
      guard ahead.count - position < Self.longestLine, fill() else { return nil }
    }
  }

  private mutating func atEnd() -> Bool {
    position == ahead.count && !fill()
  }

  private mutating func fill() -> Bool {
    guard let data = try? handle.read(upToCount: 1 << 16), !data.isEmpty else { return false }
    ahead.removeFirst(position)
    position = 0
    ahead.append(contentsOf: data)
    return true
  }
}

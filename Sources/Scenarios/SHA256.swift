/// SHA-256 of bytes that arrive in pieces (FIPS 180-4, §6.2).
public struct SHA256: Sendable {
  private static let blockSize = 64

  private var state = Self.initialState
  /// Bytes that do not fill a block yet.
  private var rest: [UInt8] = []
  private var length: UInt64 = 0

  public init() {}

  /// The digest of a text in UTF-8, as 64 hexadecimal digits.
  public static func hex(_ text: String) -> String {
    hex(Array(text.utf8))
  }

  public static func hex(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hexDigest
  }

  public mutating func update(_ bytes: [UInt8]) {
    length += UInt64(bytes.count)
    var start = 0
    if !rest.isEmpty {
      start = min(Self.blockSize - rest.count, bytes.count)
      rest += bytes[..<start]
      guard rest.count == Self.blockSize else { return }
      compress(rest, at: 0)
      rest.removeAll(keepingCapacity: true)
    }
    while bytes.count - start >= Self.blockSize {
      compress(bytes, at: start)
      start += Self.blockSize
    }
    rest += bytes[start...]
  }

  /// Digest of everything so far, as 64 hexadecimal digits.
  public var hexDigest: String {
    var padded = self
    let zeros = (119 - Int(length % 64)) % 64
    padded.update([0x80] + [UInt8](repeating: 0, count: zeros))
    let bits = length * 8
    padded.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) })
    return padded.state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}

extension SHA256 {
  private mutating func compress(_ bytes: [UInt8], at start: Int) {
    // The message schedule, each word with its constant (§6.2.2, steps 1 and 3).
    var words = InlineArray<64, UInt32>(repeating: 0)
    Self.schedule(&words, bytes.span, at: start)
    // Rounds come by eight, after which every word is back in its place.
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in stride(from: 0, to: 64, by: 8) {
      Self.round(a, b, c, &d, e, f, g, &h, words[t])
      Self.round(h, a, b, &c, d, e, f, &g, words[t + 1])
      Self.round(g, h, a, &b, c, d, e, &f, words[t + 2])
      Self.round(f, g, h, &a, b, c, d, &e, words[t + 3])
      Self.round(e, f, g, &h, a, b, c, &d, words[t + 4])
      Self.round(d, e, f, &g, h, a, b, &c, words[t + 5])
      Self.round(c, d, e, &f, g, h, a, &b, words[t + 6])
      Self.round(b, c, d, &e, f, g, h, &a, words[t + 7])
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  @inline(__always)
  private static func schedule(
    _ words: inout InlineArray<64, UInt32>, _ bytes: Span<UInt8>, at start: Int
  ) {
    for t in 0..<16 {
      let at = start + 4 * t
      let high = UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16
      words[t] = high | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
    }
    for t in 16..<64 {
      let (early, late) = (words[t - 15], words[t - 2])
      let s0 = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
      let s1 = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
      words[t] = words[t - 16] &+ s0 &+ words[t - 7] &+ s1
    }
    let constants = Self.constants.span
    for t in 0..<64 { words[t] &+= constants[t] }
  }

  /// One round (§6.2.2, step 3), in which the words keep their places: the new `a` is left in `h`.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    let t1 = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ word
    let s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    d &+= t1
    h = t1 &+ s0 &+ ((a & b) ^ (a & c) ^ (b & c))
  }

  @inline(__always)
  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 - count)
  }

  /// First 32 bits of the fractions of the square roots of the first 8 primes (§5.3.3).
  private static let initialState = primes.prefix(8).map { prime in
    UInt32(truncatingIfNeeded: root(of: prime << 64) { $0 * $0 })
  }

  /// First 32 bits of the fractions of the cube roots of the first 64 primes (§4.2.2).
  private static let constants = primes.map { prime in
    UInt32(truncatingIfNeeded: root(of: prime << 96) { $0 * $0 * $0 })
  }

  private static let primes = (2...311).filter { number in
    !(2..<number).contains { number % $0 == 0 }
  }.map { UInt128($0) }

  /// Largest whole x < 2³⁷ whose power does not exceed a value below 2¹⁰⁶.
  private static func root(of value: UInt128, power: (UInt128) -> UInt128) -> UInt128 {
    var root: UInt128 = 0
    for bit in (0..<37).reversed() {
      let candidate = root | 1 << bit
      if power(candidate) <= value { root = candidate }
    }
    return root
  }
}

/// SHA-256 of bytes that arrive in pieces (FIPS 180-4, §6.2).
public struct SHA256: Sendable {
  private static let blockSize = 64

  private var state = Self.initialState
  /// Bytes that do not fill a block yet.
  private var rest: [UInt8] = []
  private var length: UInt64 = 0
  /// Message schedule, kept between blocks.
  private var schedule = [UInt32](repeating: 0, count: 64)

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
    for t in 0..<16 {
      let at = start + 4 * t
      let high = UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16
      schedule[t] = high | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
    }
    for t in 16..<64 {
      let (early, late) = (schedule[t - 15], schedule[t - 2])
      let s0 = Self.rotate(early, 7) ^ Self.rotate(early, 18) ^ early >> 3
      let s1 = Self.rotate(late, 17) ^ Self.rotate(late, 19) ^ late >> 10
      schedule[t] = schedule[t - 16] &+ s0 &+ schedule[t - 7] &+ s1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let s1 = Self.rotate(e, 6) ^ Self.rotate(e, 11) ^ Self.rotate(e, 25)
      let t1 = h &+ s1 &+ ((e & f) ^ (~e & g)) &+ Self.constants[t] &+ schedule[t]
      let s0 = Self.rotate(a, 2) ^ Self.rotate(a, 13) ^ Self.rotate(a, 22)
      let t2 = s0 &+ ((a & b) ^ (a & c) ^ (b & c))
      (h, g, f, e) = (g, f, e, d &+ t1)
      (d, c, b, a) = (c, b, a, t1 &+ t2)
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

  private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
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

import Kernel

extension NetworkRun {
  /// Bytes that a network takes at the least when it opens, from the draws that make its fleets.
  ///
  /// An operator takes ``operatorBytes``, two sums for each day that its rewards may be locked, and a
  /// node ``nodeBytes``: the columns they fill at once.
  /// Nothing is drawn where the largest fleets would fit; drawing ends where what was drawn does
  /// not, and the rest of that type is taken to be like it.
  ///
  /// - Parameters:
  ///   - most: bytes that there are.
  ///   - look: called every few thousand candidates, so that a signal is noticed.
  public static func leastBytes<Stop: Error>(
    of settings: EconomySettings, seed: UInt64, replicate: UInt32, among most: Double,
    look: () throws(Stop) -> Void
  ) throws(Stop) -> Double {
    let types = settings.operators.types
    let locks = settings.token?.streams.compactMap(\.rewards).filter(\.vesting.locks) ?? []
    let lockBytes = locks.reduce(0) { $0 + 16 * Double($1.vesting.days + 1) }
    let each = operatorBytes + lockBytes
    let operators = types.reduce(0) { $0 + Double($1.roster.candidates) } * each
    let largest = types.reduce(operators) {
      $0 + Double($1.roster.candidates) * Double($1.roster.largestFleet) * nodeBytes
    }
    // Nodes are numbered in 32 bits, whatever the memory.
    let most = min(most, operators + Double(UInt32.max) * nodeBytes)
    guard operators <= most, largest > most else { return operators }
    let luck = Luck(seed: seed, replicate: replicate)
    var bytes = operators
    for (type, terms) in types.enumerated() {
      let before = bytes
      for number in 0..<terms.roster.candidates {
        bytes += Double(terms.fleet(of: number, type: type, luck)) * nodeBytes
        if bytes > most {
          let share = Double(terms.roster.candidates) / Double(number + 1)
          return before + (bytes - before) * share
        }
        if number & 0xFFF == 0 { try look() }
      }
    }
    return bytes
  }

  /// The columns of ``Operators`` and two balances.
  private static let operatorBytes = 190.0
  /// A row, its work, its owner, its identity and its place among the idle.
  static let nodeBytes = Double(
    MemoryLayout<NodeRow>.stride + MemoryLayout<NodeWork>.stride + 4 + 8 + 4)
}

extension OperatorType {
  /// Nodes of a candidate, the same for every use of the same luck.
  func fleet(of number: Int, type: Int, _ luck: Luck) -> Int {
    var stream = luck.stream(.fleetSize, entity: Identity.candidate(type: type, number: number))
    let size = nodesPerOperator.sample(using: &stream).rounded()
    return Int(min(max(size, 1), Double(roster.largestFleet)))
  }
}

import Kernel
import TestSupport
import Testing

@testable import Economy

/// Locked rewards against a book that keeps every grant by itself.
struct RewardLocksTests {
  enum Operation {
    case lock(slot: Int, amount: Int64, days: Int)
    case pass(days: Int)
    case forfeit(slot: Int)
  }

  private static let longest = 9

  /// What is due of one grant, day by day.
  private struct Grant {
    let slot: Int
    let amount: Int64
    let days: Int
    let from: Int

    /// Base units that a day frees.
    func freed(on day: Int) -> Int64 {
      guard day > from, day <= from + days else { return 0 }
      let part = amount / Int64(days)
      return day == from + days ? amount - part * Int64(days - 1) : part
    }
  }

  private static var law: Property<Operation> {
    Property(
      draw: { stream in
        switch stream.below(8) {
        case 0...4:
          .lock(
            slot: Int(stream.below(3)), amount: Int64(stream.below(1_000_000)),
            days: 1 + Int(stream.below(UInt32(longest))))
        case 5, 6: .pass(days: Int(stream.below(4)))
        default: .forfeit(slot: Int(stream.below(3)))
        }
      },
      simpler: { operation in
        guard case .lock(let slot, let amount, let days) = operation else { return [] }
        return simplerAmounts(than: amount).map { .lock(slot: slot, amount: $0, days: days) }
      },
      firstBreach: { operations in
        var locks = RewardLocks(operators: 3, longest: longest)
        var grants: [Grant] = []
        for (place, operation) in operations.enumerated() {
          var sentence: String?
          switch operation {
          case .lock(let slot, let amount, let days):
            locks.lock(amount, of: slot, days: days)
            grants.append(Grant(slot: slot, amount: amount, days: days, from: locks.day))
          case .pass(let days):
            let before = locks.day
            let freed = locks.release(through: before + days) ?? [0, 0, 0]
            for slot in 0..<3 {
              let due = grants.filter { $0.slot == slot }.reduce(0) { sum, grant in
                sum + (before + 1..<before + days + 1).reduce(0) { $0 + grant.freed(on: $1) }
              }
              if freed[slot] != due { sentence = "slot \(slot) gets \(freed[slot]), not \(due)" }
            }
            grants.removeAll { $0.from + $0.days <= locks.day }
          case .forfeit(let slot):
            let due = locks.locked[slot]
            let lost = locks.forfeit(1, of: slot)
            if lost != due { sentence = "slot \(slot) loses \(lost), not \(due)" }
            grants.removeAll { $0.slot == slot }
          }
          for slot in 0..<3 {
            let held = grants.filter { $0.slot == slot }.reduce(0) { sum, grant in
              sum + (1...longest).reduce(0) { $0 + grant.freed(on: locks.day + $1) }
            }
            if locks.locked[slot] != held {
              sentence = "slot \(slot) has \(locks.locked[slot]) locked, not \(held)"
            }
          }
          if let sentence { return .init(length: place + 1, sentence: sentence) }
        }
        return nil
      })
  }

  @Test func `locks free what each grant says, whatever comes between`() {
    Self.law.holds(seeds: 1..<6, count: 300)
  }

  @Test(.tags(.slow), .enabled(if: Slow.isOn))
  func `locks free what each grant says in a million operations`() {
    Self.law.holds(seeds: 100..<1_100, count: 1_000)
  }

  @Test func `a share that is lost is taken from every grant, and what is left comes in time`() {
    var locks = RewardLocks(operators: 2, longest: 5)
    locks.lock(1000, of: 0, days: 5)
    #expect(locks.release(through: 1) == [200, 0])
    locks.lock(99, of: 0, days: 2)
    #expect(locks.forfeit(0, of: 0) == 0)
    #expect(locks.locked[0] == 899)
    // 800 in four parts of 200, and 49, then 50: halves are 4 x 100 and 24, 24.
    #expect(locks.forfeit(0.5, of: 0) == 899 - 448)
    #expect((2...6).map { locks.release(through: $0)?[0] ?? 0 } == [124, 124, 100, 100, 0])
    #expect(locks.locked == [0, 0])
  }
}

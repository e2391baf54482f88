import Kernel

/// What is remembered of rows that were read before their events came.
struct ReadAhead: BitwiseCopyable, Sendable {
  /// State: fills of the queue that rows were read for.
  var fills = 0
  /// A sum of what was read, so that no compiler leaves the reading out.
  var sum: UInt64 = 0

  /// Parameter: nodes from which on their rows are larger than a processor's cache of its own.
  static let leastNodes = 20_000
}

/// In a large network the rows of an event lie in slow memory, and an event alone waits for them one
/// by one. Rows of a few dozen events are asked for together instead, and come together.
extension NetworkState {
  @inline(never)
  mutating func readAhead(_ queue: inout EventQueue<NetworkEvent>) {
    readAhead.fills = queue.fills
    guard nodes.count >= ReadAhead.leastNodes else { return }
    var sum: UInt64 = 0
    var busy = InlineArray<128, Int32>(repeating: -1)
    for number in 0..<queue.nearCount {
      let event = queue.nearEvent(number)
      switch event.kind {
      case .jobFinished:
        let job = jobs[event.slot]
        sum &+= job.identity &+ UInt64(job.kind)
        busy[number] = job.node
      case .nodeOffline, .nodeOnline: busy[number] = Int32(event.slot)
      default: break
      }
    }
    for number in 0..<queue.nearCount where busy[number] >= 0 {
      let node = Int(busy[number])
      sum &+= UInt64(nodes[node].generation) &+ UInt64(bitPattern: work[node].busy)
    }
    readAhead.sum &+= sum
  }
}

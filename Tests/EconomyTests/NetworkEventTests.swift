import Testing

@testable import Economy
@testable import Kernel

struct NetworkEventTests {
  @Test func `an event has 8 bytes and a queue entry 16`() {
    #expect(MemoryLayout<NetworkEvent>.size == 8)
    #expect(MemoryLayout<QueueEntry<NetworkEvent>>.stride == 16)
  }

  @Test func `there is a counter for each kind`() {
    #expect(NetworkEvent.Kind.allCases.count <= InlineArray<32, Int>(repeating: 0).count)
  }

  @Test(arguments: NetworkEvent.Kind.allCases)
  func `kind, slot and generation come out as they went in`(kind: NetworkEvent.Kind) {
    for slot in [0, 1, 65_537, Int(UInt32.max)] {
      for generation: UInt32 in [0, 1, 0xFF_FFFE] {
        let event = NetworkEvent(kind, slot: slot, generation: generation)
        #expect(event.kind == kind)
        #expect(event.slot == slot)
        #expect(!event.isStale(generation))
        #expect(event.isStale(generation + 1))
      }
    }
  }

  @Test func `generations are compared by their lowest 24 bits`() {
    let event = NetworkEvent(.nodeOffline, slot: 5, generation: 0xAB00_0001)
    #expect(event.slot == 5)
    #expect(event.kind == .nodeOffline)
    #expect(!event.isStale(0xCD00_0001))
    #expect(event.isStale(0xAB00_0002))
  }

  @Test func `phases of one instant run in the order of the design`() {
    let phases = [
      Phases.shocks, Phases.work, Phases.oracle, Phases.settlement, Phases.market,
      Phases.decisions, Phases.measurement,
    ]
    #expect(phases.map(\.rawValue) == Array(0...6))
  }
}

import Kernel
import Testing

@testable import Economy

struct IdleNodesTests {
  @Test(arguments: 0..<20)
  func `it holds what an array for each class would hold, and every node knows its place`(
    seed: Int
  ) {
    var stream = testStream(seed)
    let count = 1 + Int(stream.below(30))
    var nodes = (0..<count).map { _ in NodeRow(type: 0, hardware: Int(stream.below(3))) }
    var idle = IdleNodes(placesFor: nodes)
    var reference: [[Int]] = [[], [], []]
    for _ in 0..<300 {
      let node = Int(stream.below(UInt32(count)))
      let hardware = Int(nodes[node].hardware)
      if let index = reference[hardware].firstIndex(of: node) {
        // The last one moves into the hole.
        reference[hardware].swapAt(index, reference[hardware].count - 1)
        reference[hardware].removeLast()
        idle.remove(node, &nodes)
      } else {
        reference[hardware].append(node)
        idle.insert(node, &nodes)
      }
      for hardware in 0..<3 {
        let found = (0..<idle.count(of: hardware)).map { idle.node($0, of: hardware) }
        #expect(found == reference[hardware], "seed \(seed)")
      }
    }
  }
}

import Kernel
import Testing

@testable import Economy

struct IdleSetTests {
  @Test(arguments: 0..<20)
  func `it holds what an array would hold, and every node knows its place`(seed: Int) {
    var stream = testStream(seed)
    let count = 1 + Int(stream.below(30))
    var set = IdleSet()
    var place = [Int32](repeating: -1, count: count)
    var reference: [Int] = []
    for _ in 0..<300 {
      let node = Int(stream.below(UInt32(count)))
      if let index = reference.firstIndex(of: node) {
        reference.remove(at: index)
        set.remove(node, &place)
      } else {
        reference.append(node)
        set.insert(node, &place)
      }
      #expect(set.nodes.map(Int.init).sorted() == reference.sorted(), "seed \(seed)")
      #expect(set.count == reference.count && set.isEmpty == reference.isEmpty)
      for (index, node) in set.nodes.enumerated() {
        #expect(place[Int(node)] == Int32(index), "seed \(seed)")
      }
      #expect(place.count { $0 >= 0 } == reference.count, "seed \(seed)")
    }
  }
}

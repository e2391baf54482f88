/// Some of the nodes, by hardware, any of which can be taken in constant time.
struct NodeLists: Sendable {
  /// State: slots by hardware class, and the place of each node in its list, -1 for those in none.
  private(set) var slots: [[UInt32]] = []
  private var places: [Int32] = []

  init() {}

  init(placesFor nodes: Int, hardware: Int) {
    places = Array(repeating: -1, count: nodes)
    slots = Array(repeating: [], count: hardware)
  }

  func count(of hardware: Int) -> Int { slots[hardware].count }

  func node(_ number: Int, of hardware: Int) -> Int { Int(slots[hardware][number]) }

  mutating func insert(_ node: Int, of hardware: Int) {
    places[node] = Int32(slots[hardware].count)
    slots[hardware].append(UInt32(node))
  }

  mutating func remove(_ node: Int, of hardware: Int) {
    // The last one moves into the hole.
    let hole = Int(places[node])
    let last = slots[hardware].removeLast()
    if Int(last) != node {
      slots[hardware][hole] = last
      places[Int(last)] = Int32(hole)
    }
    places[node] = -1
  }
}

/// The idle nodes, any of which can be taken in constant time.
struct IdleNodes: Sendable {
  /// State: slots, those of one hardware class side by side from its `start` on.
  private var slots: [UInt32]
  /// Parameter: by hardware class, whose column is a byte.
  private let start: InlineArray<256, UInt32>
  private var counts = InlineArray<256, UInt32>(repeating: 0)

  /// No idle node, and a place for each of `nodes`.
  init(placesFor nodes: [NodeRow]) {
    var start = InlineArray<256, UInt32>(repeating: 0)
    var places = InlineArray<256, UInt32>(repeating: 0)
    for node in nodes { places[Int(node.hardware)] += 1 }
    for column in 1..<256 { start[column] = start[column - 1] + places[column - 1] }
    self.start = start
    slots = Array(repeating: 0, count: nodes.count)
  }

  @inline(__always)
  func count(of hardware: Int) -> UInt32 { counts[hardware] }

  /// One of the idle nodes of a hardware class; their order is that of a run with the same events.
  @inline(__always)
  func node(_ number: UInt32, of hardware: Int) -> Int {
    precondition(number < counts[hardware], "there are fewer idle nodes")
    return Int(slots[Int(start[hardware] + number)])
  }

  /// Gives an idle node a job.
  @inline(__always)
  mutating func assign(_ job: Int, to node: Int, _ nodes: inout [NodeRow]) {
    var rows = nodes.mutableSpan
    remove(node, &rows)
    rows[node].begin(job)
  }

  /// Ends the job of a node, which is idle again.
  @inline(__always)
  mutating func release(_ node: Int, _ nodes: inout [NodeRow]) {
    var rows = nodes.mutableSpan
    rows[node].step(.released)
    insert(node, &rows)
  }

  mutating func insert(_ node: Int, _ nodes: inout [NodeRow]) {
    var rows = nodes.mutableSpan
    insert(node, &rows)
  }

  mutating func remove(_ node: Int, _ nodes: inout [NodeRow]) {
    var rows = nodes.mutableSpan
    remove(node, &rows)
  }

  @inline(__always)
  private mutating func insert(_ node: Int, _ rows: inout MutableSpan<NodeRow>) {
    let hardware = Int(rows[node].hardware)
    let place = start[hardware] + counts[hardware]
    counts[hardware] += 1
    slots[Int(place)] = UInt32(node)
    rows[node].link = Int32(place)
  }

  @inline(__always)
  private mutating func remove(_ node: Int, _ rows: inout MutableSpan<NodeRow>) {
    let hardware = Int(rows[node].hardware)
    counts[hardware] -= 1
    // The last one moves into the hole.
    let hole = rows[node].link
    let last = slots[Int(start[hardware] + counts[hardware])]
    slots[Int(hole)] = last
    rows[Int(last)].link = hole
  }
}

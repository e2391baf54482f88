import Testing

@testable import Economy

struct NodeStateTests {
  /// The life of a node: a row a state, a column an input, a dot where there is no such step.
  private static let table = """
              arrived  assigned  released  takenAway  returned  broke   repaired  retired  cutOff  reached  registered  verified
    absent    idle     .         .         .          .         .       .         .        .       .      pending     .
    idle      .        serving   .         offline    .         failed  .         absent   cutOff  .      .           .
    serving   .        .         idle      offline    .         failed  .         absent   cutOff  .      .           .
    offline   .        .         .         .          idle      .       .         absent   .       .      .           .
    failed    .        .         .         .          .         .       idle      absent   .       .      .           .
    cutOff    .        .         .         offline    .         failed  .         absent   .       idle      .           .
    pending   .        .         .         .          .         .       .         absent   .       .        .           idle
    """

  @Test func `the whole grid of states and inputs is that of the table`() {
    let rows = Self.table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows[0] == NodeInput.allCases.map { "\($0)" })
    for (state, row) in zip(NodeState.allCases, rows.dropFirst()) {
      let found = NodeInput.allCases.map { state.after($0).map { "\($0)" } ?? "." }
      #expect(["\(state)"] + found == row)
    }
    #expect(rows.count == 1 + NodeState.allCases.count)
  }

  @Test func `a node is online while it is idle or serves`() {
    #expect(NodeState.allCases.filter(\.isOnline) == [.idle, .serving])
    #expect(NodeState.allCases.filter(\.isInSession) == [.idle, .serving, .cutOff])
  }

  @Test func `a step that the table does not know is our mistake`() async {
    await #expect(processExitsWith: .failure) {
      var node = NodeRow(type: 0, hardware: 0)
      node.step(.repaired)
    }
  }
}

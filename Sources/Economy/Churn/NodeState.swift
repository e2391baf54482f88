/// Where a node stands in its life.
enum NodeState: UInt8, CaseIterable, Sendable {
  /// Its operator is not in the network.
  case absent
  case idle, serving
  /// Taken away between two sessions.
  case offline
  /// Broken: under repair, or waiting for a crew.
  case failed

  var isOnline: Bool { self == .idle || self == .serving }
}

/// What can happen to a node.
enum NodeInput: CaseIterable, Sendable {
  case arrived, assigned, released, takenAway, returned, broke, repaired, retired
}

extension NodeState {
  /// The state after an input, or nil where the life of a node has no such step.
  func after(_ input: NodeInput) -> NodeState? {
    switch (self, input) {
    case (.absent, .arrived): .idle
    case (.idle, .assigned): .serving
    case (.serving, .released): .idle
    case (.idle, .takenAway), (.serving, .takenAway): .offline
    case (.offline, .returned): .idle
    case (.idle, .broke), (.serving, .broke): .failed
    case (.failed, .repaired): .idle
    case (.idle, .retired), (.serving, .retired), (.offline, .retired), (.failed, .retired):
      .absent
    default: nil
    }
  }
}

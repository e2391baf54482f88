/// Where a node stands in its life.
enum NodeState: UInt8, CaseIterable, Sendable {
  /// Its operator is not in the network.
  case absent
  case idle, serving
  /// Taken away between two sessions.
  case offline
  /// Broken: under repair, or waiting for a crew.
  case failed
  /// In a session, but out of reach while an outage lasts.
  case cutOff
  /// Registered and not verified: not eligible, or waiting for approval.
  case pending

  var isOnline: Bool { self == .idle || self == .serving }

  /// Whether a session runs, within reach or not.
  var isInSession: Bool { isOnline || self == .cutOff }
}

/// What can happen to a node.
enum NodeInput: CaseIterable, Sendable {
  case arrived, assigned, released, takenAway, returned, broke, repaired, retired
  case cutOff, reached
  case registered, verified
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
    case (.idle, .cutOff), (.serving, .cutOff): .cutOff
    case (.cutOff, .reached): .idle
    case (.cutOff, .takenAway): .offline
    case (.cutOff, .broke): .failed
    case (.idle, .retired), (.serving, .retired), (.offline, .retired), (.failed, .retired),
      (.cutOff, .retired), (.pending, .retired):
      .absent
    case (.absent, .registered): .pending
    case (.pending, .verified): .idle
    default: nil
    }
  }
}

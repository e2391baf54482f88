import Kernel

/// From registered to verified.
extension NetworkState {
  /// Lets a node of an operator that has come work, where it may, and else keeps it waiting.
  mutating func begin(node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    guard let terms = settings.eligibility else {
      return startSession(of: node, .arrived, &queue)
    }
    let isEligible = meets(terms, Int(nodeOwners[node]))
    let isKnown = queue.now == .zero && terms.approval?.approvesOpening ?? true
    if isEligible, isKnown || terms.approval == nil {
      return startSession(of: node, .arrived, &queue)
    }
    nodes[node].step(.registered)
    gauges.pendingNodes.change(by: 1, at: queue.now)
    if isEligible, let approval = terms.approval { review(node, approval, &queue) }
  }

  /// Puts a node that waits at the end of the queue for approval.
  private mutating func review(
    _ node: Int, _ approval: EligibilitySettings.Approval, _ queue: inout EventQueue<NetworkEvent>
  ) {
    var at = queue.now
    if let perDay = approval.perDay {
      reviewedUntil = max(at, reviewedUntil) + .days(1 / perDay)
      at = reviewedUntil
    }
    var stream = luck.stream(.approval, entity: nodeIdentities[node])
    queue.schedule(
      NetworkEvent(.nodeVerified, slot: node, generation: nodes[node].generation),
      at: at + .days(max(0, approval.delay.sample(using: &stream))), phase: Phases.work)
  }

  /// Lets a node work that has been approved.
  mutating func verify(node: Int, _ queue: inout EventQueue<NetworkEvent>) {
    gauges.pendingNodes.change(by: -1, at: queue.now)
    startSession(of: node, .verified, &queue)
  }

  /// Looks again at the nodes that wait, when terms have changed.
  mutating func review(
    after before: EligibilitySettings?, _ queue: inout EventQueue<NetworkEvent>
  ) {
    guard gauges.pendingNodes.level > 0 else { return }
    for node in nodes.indices where nodes[node].state == .pending {
      let owner = Int(nodeOwners[node])
      let isEligible = settings.eligibility.map { meets($0, owner) } ?? true
      guard isEligible else { continue }
      guard let approval = settings.eligibility?.approval else {
        // An answer that is under way is no longer waited for.
        nodes[node].generation &+= 1
        verify(node: node, &queue)
        continue
      }
      let wasInQueue = before.map { $0.approval != nil && meets($0, owner) } ?? false
      if !wasInQueue {
        nodes[node].generation &+= 1
        review(node, approval, &queue)
      }
    }
  }

  private func meets(_ terms: EligibilitySettings, _ slot: Int) -> Bool {
    let type = settings.operators.types[Int(operators.type[slot])]
    guard terms.admits(settings.hardware[type.hardware]) else { return false }
    if terms.download == 0 { return true }
    var stream = luck.stream(.bandwidth, entity: operators.identity(slot))
    return type.download.sample(using: &stream) >= terms.download
  }
}

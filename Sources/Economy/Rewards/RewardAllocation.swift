import Configuration

/// How an epoch's emission is shared out: parts of it, each by one weight of the operators.
struct RewardAllocation: Sendable {
  /// What operators are weighed by.
  enum Weight: CaseIterable, Sendable {
    /// Dollars of the jobs they finished in the epoch.
    case work
    /// Time their nodes were online in the epoch.
    case online
    /// Nodes they have in the network.
    case registered
  }

  let work: Double
  let online: Double
  let registered: Double
  let treasury: Double

  init(reading fields: inout FieldReader) {
    work = fields.share(
      "work", "part shared out by dollars of finished jobs", default: 0, example: 1)
    online = fields.share("online", "part shared out by time online", default: 0)
    registered = fields.share("registered", "part shared out by nodes", default: 0)
    treasury = fields.share("treasury", "part for the protocol's treasury", default: 0)
    fields.refuse(
      "parts",
      unlessWhole: [
        ("work", work), ("online", online), ("registered", registered), ("treasury", treasury),
      ])
  }

  func part(_ weight: Weight) -> Double {
    switch weight {
    case .work: work
    case .online: online
    case .registered: registered
    }
  }
}

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
  /// Shared out by the rank that validators give (``Ranking``), and between subnets.
  let rank: Double
  let subnets: Double
  /// Part for the vault that promised pay comes from first.
  let rewardVault: Double
  /// Of holders who have bonded tokens; not issued while there are none.
  let stakers: Double

  init(reading fields: inout FieldReader) {
    work = fields.share(
      "work", "part shared out by dollars of finished jobs", default: 0, example: 1)
    online = fields.share("online", "part shared out by time online", default: 0)
    registered = fields.share("registered", "part shared out by nodes", default: 0)
    treasury = fields.share("treasury", "part for the protocol's treasury", default: 0)
    rank = fields.share("rank", "part shared out by the rank that validators give", default: 0)
    subnets = fields.share("subnets", "part that goes into the pools of subnets", default: 0)
    stakers = fields.share("stakers", "part for holders who have bonded tokens", default: 0)
    rewardVault = fields.share(
      "rewardVault", "part for the vault that payment.demandDriven pays from first", default: 0,
      source: "protocols-render §2.4: io.net's schedule feeds its reward vault (S)")
    let parts: [(key: String, value: Double)] = [
      ("work", work), ("online", online), ("registered", registered), ("treasury", treasury),
    ]
    let rare = [
      ("rank", rank), ("subnets", subnets), ("stakers", stakers), ("rewardVault", rewardVault),
    ]
    fields.refuse("parts", unlessWhole: parts + rare.filter { $0.1 > 0 })
  }

  func part(_ weight: Weight) -> Double {
    switch weight {
    case .work: work
    case .online: online
    case .registered: registered
    }
  }
}

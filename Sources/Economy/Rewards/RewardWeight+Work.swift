extension RewardWeight {
  /// Dollars of the jobs that were finished in the epoch.
  static let work = RewardWeight(
    "work", "part shared out by dollars of finished jobs", source: "Render RNP-001",
    isByNodes: false
  ) { $0.operators.owed }
}

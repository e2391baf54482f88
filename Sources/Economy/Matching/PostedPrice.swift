import Configuration

/// A job gets an idle node of the hardware whose asked price buys its work most cheaply.
enum PostedPrice {
  static let choice = Choice<MatchingRule>(
    name: "postedPrice",
    summary: "An idle node of the hardware with the lowest asked price for the work.",
    source: "posted price lists, Render and io.net"
  ) { _ in .postedPrice }
}

import Configuration
import Kernel

/// A few clients that all arrivals of a class come from, each of which stays or leaves as a whole.
///
/// An arrival belongs to client k with a share of k^-exponent (Zipf). What would be each arrival's
/// own answer to the state of the network is its client's: the uniform that it stays by, its budget
/// and its taste for the cloud.
struct Clients: Sendable, Equatable {
  /// Sums of the shares up to each client, the last being 1.
  private let sums: [Double]

  init(reading fields: inout FieldReader) {
    let count = fields.count(
      "count", "clients of the class", in: 1...100_000, default: 100, source: "assumption")
    let exponent = fields.number(
      "zipf", "exponent of their shares of the arrivals: client k has k^-zipf", in: 0...5,
      default: 1,
      source: "model-facts §3.2: with 100 clients the top five have 44 %, observed 43 %")
    var sum = 0.0
    let sums = (1...count).map { client in
      sum += Elementary.pow(Double(client), -exponent)
      return sum
    }
    self.sums = sums.map { $0 / sum }
  }

  var count: Int { sums.count }

  /// Share of the arrivals of the first clients.
  func share(ofFirst count: Int) -> Double { count == 0 ? 0 : sums[count - 1] }

  /// The client that a uniform draw falls to.
  func client(at uniform: Double) -> Int {
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if uniform < sums[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

import Configuration
import Kernel

/// A centralised cloud that users could rent from instead of the network.
struct Cloud: Sendable, Equatable {
  /// A kind of GPU that it rents out.
  struct Offer: Sendable, Equatable {
    /// Name of a hardware class of the network, or ``Cloud/anyHardware``.
    let hardware: String
    let path: PricePath
    /// Work per hour against the reference GPU [1]; nil: that of the network's class.
    let speed: Double?
  }

  /// A stretch of days in which it serves fewer requests than otherwise.
  struct Shortage: Sendable, Equatable {
    let from: Double
    /// Days.
    let lasting: Double
    let availability: Double
    /// [h]
    let unservedWaiting: Double

    func holds(on day: Double) -> Bool { from <= day && day < from + lasting }
  }

  /// Name of an offer that is for every class, in hours of its reference GPU.
  static let anyHardware = "any"

  let name: String
  let offers: [Offer]
  /// Share of requests that are served at once [1].
  let availability: Double
  /// Time until a request that is served has its GPU, and until one that is not has it [h].
  let waiting: Double
  let unservedWaiting: Double
  let shortages: [Shortage]

  init(name: String, reading fields: inout FieldReader) {
    self.name = name
    offers = fields.named(
      "offers", "prices by hardware class of the network; `any` for every class"
    ) { name, offer in
      Offer(
        hardware: name, path: PricePath(reading: &offer),
        speed: offer.optionalNumber(
          "speed", "work per hour against the reference GPU; by default that of the hardware class",
          in: 0.001...1000, example: 1))
    }.map(\.value)
    availability = fields.share(
      "availability", "share of requests that are served", default: 1,
      source: "assumption: no measured share")
    waiting = fields.number(
      "waitingHours", "waiting time of a request that is served", unit: "h", in: 0...1e4,
      default: 0, source: "assumption")
    unservedWaiting = fields.number(
      "unservedWaitingHours", "waiting time of a request that is not served at once", unit: "h",
      in: 0...1e5, default: 24, source: "assumption")
    shortages = fields.named("shortages", "stretches of days with few free GPUs") { _, shortage in
      Shortage(
        from: shortage.moment("from", "first day"),
        lasting: shortage.number(
          "lastingDays", "days until it is over", unit: "days", in: 0.01...1e5),
        availability: shortage.share(
          "availability", "share of requests that are served meanwhile", default: 0.5,
          source: "assumption"),
        unservedWaiting: shortage.number(
          "unservedWaitingHours", "waiting time of the others meanwhile", unit: "h", in: 0...1e5,
          default: 168, source: "assumption"))
    }.map(\.value)
  }
}

/// One cloud as the users of a class see it.
struct CloudOption: Sendable {
  let name: String
  /// Prices by work: of each offer that they can use, its path and its speed.
  let offers: [(path: PricePath, speed: Double)]
  let availability: Double
  let waiting: Double
  let unservedWaiting: Double
  let shortages: [Cloud.Shortage]

  /// A cloud of one price that serves everybody.
  init(price: Double, waiting: Double) {
    name = "cloud"
    offers = [(PricePath(constant: price), 1)]
    availability = 1
    self.waiting = waiting
    unservedWaiting = 24
    shortages = []
  }

  /// Nil where the cloud offers nothing that could do the work.
  init?(_ cloud: Cloud, insteadOf hardware: [HardwareClass]) {
    name = cloud.name
    offers = cloud.offers.compactMap { offer in
      if offer.hardware == Cloud.anyHardware { return (offer.path, offer.speed ?? 1) }
      return hardware.first { $0.name == offer.hardware }.map {
        (offer.path, offer.speed ?? $0.speed)
      }
    }
    if offers.isEmpty { return nil }
    availability = cloud.availability
    waiting = cloud.waiting
    unservedWaiting = cloud.unservedWaiting
    shortages = cloud.shortages
  }

  /// The cheapest of its offers on a day [USD/GPU-h of speed 1].
  func price(on day: Double) -> Double {
    offers.reduce(.infinity) { min($0, $1.path.price(on: day) / $1.speed) }
  }

  /// Share of requests served on a day [1], and how long the others wait [h].
  func service(on day: Double) -> (availability: Double, unservedWaiting: Double) {
    shortages.reduce((availability, unservedWaiting)) { service, shortage in
      guard shortage.holds(on: day) else { return service }
      return (
        min(service.0, shortage.availability), max(service.1, shortage.unservedWaiting)
      )
    }
  }
}

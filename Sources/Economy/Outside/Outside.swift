import Configuration
import Kernel

/// The clouds that the users of a class compare, and how they choose.
struct Outside: Sendable {
  let options: [CloudOption]
  let switching: Switching
  /// Whether the work of each request that goes there is drawn, rather than the mean counted: where
  /// more is asked for than the plain form of one cloud.
  let isCounted: Bool

  /// - Parameter hardware: classes that can serve the class of demand.
  init?(
    of hardware: [HardwareClass], clouds: [Cloud], isReplayed: Bool,
    reading fields: inout FieldReader
  ) {
    var options: [CloudOption] = []
    let own = fields.object("cloud", "the cloud that users could rent from instead") { cloud in
      let price = cloud.number(
        "priceUSDPerGPUHour", "price there", unit: "USD/GPU-h", in: 0.0001...1e5)
      let taste = TasteSwitching(reading: &cloud)
      let waiting = cloud.number(
        "waitingHours", "waiting time there", unit: "h", in: 0...1e4, default: 0)
      return (option: CloudOption(price: price, waiting: waiting), taste: taste)
    }
    if let own { options.append(own.option) }
    let names = fields.texts(
      "clouds", "clouds of the scenario that users compare with the network, the cheapest counting",
      default: [], example: ["aws"])
    for name in names {
      guard let cloud = clouds.first(where: { $0.name == name }) else {
        fields.refuse(
          name: name, "clouds", expected: "names of clouds", among: clouds.map(\.name),
          ifNone: "add \"clouds\" to the scenario, or include a file of Scenarios/Presets")
        continue
      }
      guard let option = CloudOption(cloud, insteadOf: hardware) else {
        let wanted = hardware.map { "\"\($0.name)\"" }.joined(separator: ", ")
        fields.refuse(
          "clouds", expected: "clouds that offer \(wanted), or \"any\"",
          found: "\"\(name)\", which offers "
            + (cloud.offers.isEmpty
              ? "nothing"
              : cloud.offers.map { "\"\($0.hardware)\"" }.joined(separator: ", ")),
          help: "add an offer under clouds.\(name).offers, with its speed where it is another GPU")
        continue
      }
      options.append(option)
    }
    let rule = fields.rule(
      "switching",
      "how users choose between network and cloud; by default `taste`, with the discount and spread "
        + "of cloud where it is written", from: Switching.choices)
    if rule != nil, names.isEmpty, own == nil, !fields.isRecording {
      fields.warn(
        "switching", expected: "cloud or clouds beside it", found: "neither",
        help: "without a cloud there is nothing to switch to")
    }
    guard !options.isEmpty else { return nil }
    self.options = options
    isCounted = rule != nil || !names.isEmpty
    switching = rule ?? .taste(own?.taste ?? TasteSwitching(discountWanted: 0.3, spread: 0.5))
  }
}

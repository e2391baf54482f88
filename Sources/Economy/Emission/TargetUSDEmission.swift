import Configuration

/// E ×= 0.9 where E · P ÷ nodes is above a target in dollars, × 1.1 otherwise, between two bounds.
///
/// A factor on the emission is part of what nodes get, so that it moves the bounds and not the target.
/// Memory: `level` is the emission of the last epoch [tokens].
struct TargetUSDEmission: EmissionPolicy {
  static let choice = Choice<any EmissionPolicy>(
    name: "targetUSD", summary: "Steers the dollars that a node gets towards a target.",
    source: "Fluence, contract of the capacity constants: 0.9, 1.1, 0.33 USD a unit and epoch"
  ) { fields in TargetUSDEmission(reading: &fields) }

  let target: Double
  let initial: Double
  let lowest: Double
  let highest: Double
  let lowering: Double
  let raising: Double
  let asDeployed: Bool

  init(reading fields: inout FieldReader) {
    target = fields.number(
      "targetUSDPerNode", "dollars that a node is to get each epoch", unit: "USD/node/epoch",
      in: 1e-9...1e9, default: 0.33, source: "Fluence: 0.33 USD a unit and epoch")
    lowest = fields.number(
      "minimumTokens", "least emission of an epoch", unit: "tokens/epoch", in: 0...1e12,
      default: 100, source: "Fluence, test deployment")
    highest = fields.number(
      "maximumTokens", "largest emission of an epoch", unit: "tokens/epoch", in: 0...1e12,
      default: 1000, source: "Fluence, test deployment")
    initial = fields.number(
      "initialTokens", "emission of the first epoch", unit: "tokens/epoch", in: 0...1e12,
      default: 500, source: "Fluence, test deployment")
    lowering = fields.number(
      "lowering", "factor where nodes get more than the target", in: 0.001...1, default: 0.9,
      source: "Fluence")
    raising = fields.number(
      "raising", "factor where they get less", in: 1...1000, default: 1.1, source: "Fluence")
    asDeployed = fields.flag(
      "asDeployed",
      "compares as Fluence's contract of June 2024 does, whose units differ by 10^18: the pool always "
        + "shrinks", default: false, source: "assumption: units are consistent")
    if lowering == 1, raising == 1 {
      fields.refuse(
        "raising", expected: "a factor other than 1 in lowering or raising", found: "1 in both",
        help: "a target that nothing moves towards is no target")
    }
    if lowest <= highest, initial == 0 || !(lowest...highest).contains(initial) {
      fields.refuse(
        "initialTokens",
        expected: "a number above 0 from minimumTokens (\(numberText(lowest))) to maximumTokens "
          + "(\(numberText(highest)))", found: numberText(initial),
        help: "factors move it from there, and 0 stays 0")
    }
    if lowest > highest {
      fields.refuse(
        "minimumTokens", expected: "at most maximumTokens (\(numberText(highest)))",
        help: "swap the two")
    }
  }

  var openingKey: String? { "initialTokens" }

  func emission(_ network: NetworkSnapshot, _ memory: inout EmissionMemory) -> Double {
    let tokens = next(
      after: memory.level, price: network.price * network.scale,
      nodes: Double(network.activeNodes))
    memory.level = tokens
    return tokens
  }

  /// The emission of an epoch, from that of the one before; nil: there was none.
  ///
  /// - Parameter price: what each token of it brings nodes, a factor on it included [USD/token].
  func next(after last: Double?, price: Double, nodes: Double) -> Double {
    guard let last else { return initial }
    // Without nodes there is nobody to pay more or less.
    guard nodes > 0 else { return last }
    let paid = last * price / nodes * (asDeployed ? 1e18 : 1)
    return min(max(last * (paid > target ? lowering : raising), lowest), highest)
  }
}

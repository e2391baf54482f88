/// An operator's time in the network since it last entered, in money.
struct Spell: BitwiseCopyable, Sendable {
  /// What its machines were worth, or cost, when it entered, and were worth when it left [USD].
  var invested = 0.0
  var recovered = 0.0
  /// Pay at the settlement oracle and from other uses, and costs [USD].
  var income = 0.0
  var cost = 0.0
  /// Time in the network, as settlements count it [node-days].
  var nodeDays = 0.0

  var net: Double { income - cost }
}

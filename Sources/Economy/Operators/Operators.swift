import Kernel

/// Where an operator stands.
enum OperatorState: UInt8, CaseIterable, Sendable {
  /// Looks on from outside.
  case candidate
  /// Has decided to enter; its nodes are not there yet.
  case arriving
  case active
  /// Has left.
  case left
}

/// Operators in columns; a slot is a candidate for the whole run.
struct Operators: Sendable {
  /// Parameter: type, number among the candidates of the type, nodes `first ..< first + nodes`.
  private(set) var type: [UInt8] = []
  private(set) var number: [UInt32] = []
  private(set) var firstNode: [UInt32] = []
  private(set) var nodes: [UInt32] = []
  /// Parameter: column of the region that it is in; 0 where there are none.
  private(set) var region: [UInt8] = []
  /// Parameter: tariff [USD/kWh] and multiplier of all costs [1].
  private(set) var tariff: [Double] = []
  private(set) var costFactor: [Double] = []
  /// Parameter: owns machines before it enters, and their age at day 0 [years].
  private(set) var ownsMachines: [Bool] = []
  private(set) var age: [Double] = []
  /// State.
  var state: [OperatorState] = []
  var enteredAt: [SimTime] = []
  var leftAt: [SimTime] = []
  /// Looks taken so far: the index of the draws of a decision.
  var looks: [UInt32] = []
  /// Counter: micro-dollars of jobs finished since the last settlement.
  var owed: [Int64] = []
  /// State: base units to sell at the next market step.
  var toSell: [Int64] = []
  /// State: micro-dollars of costs that were due and could not be paid.
  var arrears: [Int64] = []
  /// Counter: time since the last settlement, summed over its nodes [µs].
  var online: [Int64] = []
  var busy: [Int64] = []
  /// Counter: pay less cost of the last settlement, and pay since the last look at
  /// concentration [USD].
  var margin: [Double] = []
  /// State: mean margin per node and day over the last month, and days behind it [USD/node-day].
  var meanMargin: [Double] = []
  var marginDays: [Double] = []
  var income: [Double] = []
  /// Counter: the time in the network since an operator last entered.
  var spells: [Spell] = []
  /// State: since when pay says leave; the far future while it does not. Empty where nobody has
  /// patience.
  var lossSince: [SimTime] = []

  var count: Int { type.count }

  mutating func append(
    type: Int, number: Int, region: Int, firstNode: Int, nodes: Int, tariff: Double,
    costFactor: Double,
    ownsMachines: Bool, age: Double, active: Bool
  ) {
    self.type.append(UInt8(type))
    self.number.append(UInt32(number))
    self.region.append(UInt8(region))
    self.firstNode.append(UInt32(firstNode))
    self.nodes.append(UInt32(nodes))
    self.tariff.append(tariff)
    self.costFactor.append(costFactor)
    self.ownsMachines.append(ownsMachines)
    self.age.append(age)
    state.append(active ? .active : .candidate)
    enteredAt.append(.zero)
    leftAt.append(.farFuture)
    looks.append(0)
    owed.append(0)
    toSell.append(0)
    arrears.append(0)
    online.append(0)
    busy.append(0)
    margin.append(0)
    meanMargin.append(0)
    marginDays.append(0)
    income.append(0)
    spells.append(Spell())
  }

  /// Out of the network; who sold the machines has to buy when coming back.
  mutating func leave(_ slot: Int, at now: SimTime, mayReturn: Bool, keepsMachines: Bool = false) {
    state[slot] = mayReturn ? .candidate : .left
    leftAt[slot] = now
    if keepsMachines {
      // Machines bought meanwhile are as old as that: ages count from day 0.
      if !ownsMachines[slot] { age[slot] = -(enteredAt[slot].inDays / Span.daysPerYear) }
    } else {
      age[slot] = 0
    }
    ownsMachines[slot] = keepsMachines
  }

  func nodeRange(_ slot: Int) -> Range<Int> {
    let first = Int(firstNode[slot])
    return first..<first + Int(nodes[slot])
  }

  func identity(_ slot: Int) -> UInt64 {
    Identity.candidate(type: Int(type[slot]), number: Int(number[slot]))
  }
}

/// What textbooks say about the queues of `Scenarios/Checks/theory-*.json5`.
enum Theory {
  /// Mean wait of M/M/c by Erlang's C [units of the mean service time].
  ///
  /// C = c B ÷ (c − a (1 − B)) with Erlang's B by its recursion, wait = C ÷ (c − a), for a load of
  /// a < c (Kleinrock 1975, sections 3.5 and 3.6).
  static func wait(servers: Int, load: Double) -> Double {
    var blocked = 1.0
    for count in 1...servers { blocked = load * blocked / (Double(count) + load * blocked) }
    let servers = Double(servers)
    let waits = servers * blocked / (servers - load * (1 - blocked))
    return waits / (servers - load)
  }

  /// Mean wait of M/G/1: λ E[S²] ÷ (2 (1 − ρ)) (Pollaczek 1930, Khinchine 1932).
  ///
  /// - Parameter squaredVariation: variance of the service time ÷ square of its mean.
  static func wait(load: Double, squaredVariation: Double) -> Double {
    load * (1 + squaredVariation) / (2 * (1 - load))
  }

  /// Mean number of machines that run, of `machines` that break and crews that mend them.
  ///
  /// k broken machines are a birth-death process with births (N − k) ÷ life and deaths
  /// min(k, crews) ÷ repair (Palm 1947).
  static func running(machines: Int, life: Double, repair: Double, crews: Int) -> Double {
    var weight = 1.0
    var (total, broken) = (1.0, 0.0)
    for count in 1...machines {
      weight *= Double(machines - count + 1) / life * repair / Double(min(count, crews))
      total += weight
      broken += Double(count) * weight
    }
    return Double(machines) - broken / total
  }
}

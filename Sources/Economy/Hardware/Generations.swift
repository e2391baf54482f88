import Configuration
import Kernel

/// Newer hardware on a date: what it can do from then on, and what it does to the older.
extension [HardwareClass] {
  /// The day on which a class is superseded; nil: it never is, or it was before the run began and
  /// its price says so already.
  func daySuperseded(_ column: Int) -> Double? {
    guard let name = self[column].successor?.name else { return nil }
    return first { $0.name == name }?.availableFrom.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Refuses successors that are not there.
  func checkSuccessors(_ fields: inout FieldReader) {
    guard !fields.isRecording else { return }
    for hardware in self {
      guard let name = hardware.successor?.name else { continue }
      let key = "classes"
      if name == hardware.name || !contains(where: { $0.name == name }) {
        fields.refuse(
          key, expected: "another class that supersedes \(hardware.name)", found: "\"\(name)\"",
          help: "one of "
            + map(\.name).filter { $0 != hardware.name }.joined(separator: ", "))
      } else if first(where: { $0.name == name })?.availableFrom == nil {
        fields.refuse(
          key, expected: "\(name) with availableFrom, since it supersedes \(hardware.name)",
          found: "none", help: "write the day on which \(name) can be bought first")
      }
    }
  }
}

extension NetworkState {
  /// Whether machines of a type can be bought yet.
  func isAvailable(type: Int, at now: SimTime) -> Bool {
    let hardware = settings.hardware[settings.operators.types[type].hardware]
    return hardware.availableFrom.map { now.inDays >= $0 } ?? true
  }

  /// The successor of a class has come.
  mutating func supersede(hardware column: Int) {
    settings.supersede(hardware: column)
  }
}

extension EconomySettings {
  /// Applies the generations that had come before these settings took effect.
  mutating func catchUp(with now: SimTime) {
    for column in hardware.indices {
      if let day = hardware.daySuperseded(column), SimTime.days(day) <= now {
        supersede(hardware: column)
      }
    }
  }
}

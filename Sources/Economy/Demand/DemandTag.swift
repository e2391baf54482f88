/// Why the jobs of a class are there.
enum DemandTag: String, CaseIterable, Sendable {
  /// Somebody needs the work and pays for it.
  case organic
  /// Somebody needs the work, and the protocol pays for it in part.
  case subsidised
  /// Nobody needs the work.
  case wash
}

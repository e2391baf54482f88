/// A bounded number of tasks over numbered pieces of work.
enum Workers {
  /// Results of all pieces by index, whatever order they finished in.
  ///
  /// After the first failure no further piece starts; of several failures the one with the lowest
  /// index is thrown, interruptions last, because a failure of one piece interrupts the others.
  ///
  /// - Parameter onFailure: told of the first failure, while other pieces may still run.
  static func map<Value: Sendable>(
    _ count: Int, threads: Int, onFailure: @escaping @Sendable () -> Void = {},
    _ body: @escaping @Sendable (Int) throws(ExperimentError) -> Value
  ) async throws(ExperimentError) -> [Value] {
    typealias Piece = (index: Int, outcome: Result<Value, ExperimentError>)
    let work: @Sendable (Int) -> Piece = { index in
      do throws(ExperimentError) {
        return (index, .success(try body(index)))
      } catch {
        return (index, .failure(error))
      }
    }
    let outcomes = await withTaskGroup(of: Piece.self) { group in
      var outcomes = [Result<Value, ExperimentError>?](repeating: nil, count: count)
      var next = 0
      var failed = false
      while next < min(count, max(1, threads)) {
        group.addTask { [next] in work(next) }
        next += 1
      }
      while let piece = await group.next() {
        outcomes[piece.index] = piece.outcome
        if case .failure = piece.outcome, !failed {
          failed = true
          onFailure()
        }
        guard !failed, next < count else { continue }
        group.addTask { [next] in work(next) }
        next += 1
      }
      return outcomes
    }
    let finished = outcomes.compactMap { $0 }
    for case .failure(let error) in finished {
      if case .interrupted = error { continue }
      throw error
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for outcome in finished { values.append(try outcome.get()) }
    return values
  }
}

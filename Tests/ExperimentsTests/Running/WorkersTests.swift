import Synchronization
import Testing

@testable import Experiments

struct WorkersTests {
  @Test func `results stand by index`() async throws {
    let squares = try await Workers.map(100, threads: 4) { $0 * $0 }
    #expect(squares == (0..<100).map { $0 * $0 })
  }

  @Test func `nothing to do gives nothing`() async throws {
    #expect(try await Workers.map(0, threads: 4) { $0 }.isEmpty)
  }

  @Test func `no more tasks run at once than asked for`() async throws {
    let busy = Mutex((now: 0, most: 0))
    _ = try await Workers.map(64, threads: 2) { _ in
      busy.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      busy.withLock { $0.now -= 1 }
      return 0
    }
    #expect(busy.withLock { $0.most } <= 2)
  }

  @Test func `the failure of the lowest index is thrown and later work is not begun`() async {
    let begun = Mutex(0)
    await #expect {
      try await Workers.map(50, threads: 1) { index throws(ExperimentError) in
        begun.withLock { $0 += 1 }
        if index >= 3 { throw .sink(SinkError("piece \(index)")) }
        return index
      }
    } throws: {
      guard case .sink(let error)? = $0 as? ExperimentError else { return false }
      return error.message == "piece 3"
    }
    #expect(begun.withLock { $0 } == 4)
  }
}

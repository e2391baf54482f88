import Configuration
import Foundation
import TestSupport
import Testing

@testable import Scenarios

/// Scenarios that lack something, where what is left refers to it.
struct MutilatedScenarioTests {
  /// Each object and list of a shipped scenario left out or emptied, one at a time:
  /// it is read or refused, and never ends the program.
  @Test(
    .tags(.slow), .enabled(if: Slow.isOn),
    arguments: Shipped.scenarios.map(\.lastPathComponent).filter { !$0.hasPrefix("million") })
  func `a scenario without one of its parts is read or refused`(file: String) throws {
    let url = try #require(Shipped.scenarios.first { $0.lastPathComponent == file })
    let source = try ScenarioSource(path: url.path)
    var readings = 0
    for path in source.tree.containers(to: 3, below: FieldPath()) {
      for value in [Node.Kind.null, .object([])] {
        var rest = source
        rest.tree = try #require(
          source.tree.setting(path.steps, to: Node(value, at: source.tree.location)))
        do throws(ScenarioError) {
          _ = try rest.scenario()
        } catch {
          #expect(!error.description.isEmpty)
        }
        readings += 1
      }
    }
    #expect(readings >= 2)
  }
}

extension Node {
  /// Paths of the objects and lists down to a depth.
  fileprivate func containers(to depth: Int, below path: FieldPath) -> [FieldPath] {
    guard depth > 0, case .object(let members) = kind else { return [] }
    return members.flatMap { member in
      let own = path.appending(member.key)
      switch member.value.kind {
      case .object: return [own] + member.value.containers(to: depth - 1, below: own)
      case .array, .table: return [own]
      case .null, .bool, .number, .string: return []
      }
    }
  }
}

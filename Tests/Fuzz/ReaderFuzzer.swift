import Configuration

@testable import Scenarios

/// What libFuzzer calls with every text it makes up: reads it as JSON5, as a table and as a
/// scenario. A trap, a refusal without a reason or a scenario that does not read back is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func readAnything(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let parsed = JSON5Parser.parse(bytes, file: "a.json5")
  precondition(parsed.node != nil || !parsed.issues.isEmpty, "a text was refused in silence")
  if let node = parsed.node, parsed.issues.isEmpty { checkCanonical(node) }
  let (table, issues) = CSV.parse(bytes, file: "a.csv", path: "a.csv", digest: "")
  precondition(table != nil || !issues.isEmpty, "a table was refused in silence")
  checkScenario(bytes)
  return 0
}

/// The canonical text of a value is read as a value with the same canonical text.
private func checkCanonical(_ node: Node) {
  let text = node.json()
  let again = JSON5Parser.parse(Array(text.utf8), file: "b.json5")
  precondition(again.node?.json() == text, "a value changed when it was written and read again")
}

private func checkScenario(_ bytes: [UInt8]) {
  let access = FileAccess { path throws(FileAccess.Problem) in
    guard path == "a.json5" else { throw FileAccess.Problem(words: "no such file") }
    return bytes
  }
  do throws(ScenarioError) {
    let scenario = try ScenarioSource(path: "a.json5", access: access).scenario()
    precondition(!scenario.variants.isEmpty, "a scenario has no variant")
    for variant in scenario.variants.indices {
      _ = scenario.effectiveTree(variant: variant).json()
    }
  } catch {
    precondition(!error.description.isEmpty, "a scenario was refused in silence")
  }
}

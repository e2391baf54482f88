import Configuration
import Foundation
import Testing

@testable import Scenarios

/// What `explain`, the schema and the README's tables say about keys.
struct ReferenceTests {
  private static let fields = ScenarioSource.reference.flatMap(\.flattened)

  @Test func `every key that a reader asks for is in the reference`() throws {
    let known = Set(Self.fields.map(\.key))
    let question =
      #/[.\s](?:number|optionalNumber|share|optionalShare|count|optionalCount|flag|text|optionalText|choice|choices|moment|optionalMoment|numbers|texts|object|required|section|named|list|rule|rules|tree|table|distribution|column|dates|measure)\(\s*"([$A-Za-z]+)",\s/#
    let folders = ["Sources/Economy", "Sources/Scenarios"].map { Shipped.root.appending(path: $0) }
    var asked: Set<String> = []
    for file in folders.flatMap({ Shipped.files(in: $0, ending: ".swift") }) {
      let text = try String(contentsOf: file, encoding: .utf8)
      asked.formUnion(text.matches(of: question).map { String($0.output.1) })
    }
    #expect(asked.count > 150)
    #expect(asked.subtracting(known).sorted() == [])
  }

  @Test func `every field that a shipped scenario has is in the reference`() throws {
    let known = Set(Self.fields.map { $0.record.path.description })
    for file in Shipped.scenarios {
      let scenario = try Scenario(path: file.path)
      for index in scenario.variants.indices {
        let keys = scenario.fields(variant: index).compactMap { record -> String? in
          guard case .key(let key)? = record.path.steps.last, key != "rule" else { return nil }
          return key
        }
        let missing = Set(keys).subtracting(Self.fields.map(\.key))
          .subtracting(scenario.givenNames(variant: index))
        #expect(missing.isEmpty, "\(file.lastPathComponent): \(missing)")
      }
    }
    #expect(known.count > 300)
  }

  @Test func `every field has a meaning, every number a unit, every default a source`() {
    for field in Self.fields {
      let record = field.record
      #expect(!record.meaning.isEmpty, "\(record.path)")
      switch record.kind {
      case .number, .count, .numbers:
        #expect(!record.unitText.isEmpty, "\(record.path)")
        if record.fallback?.finiteNumber != nil { #expect(!record.origin.isEmpty) }
      case .flag, .text, .choice, .choices, .moment, .texts, .table, .object, .list, .named, .rule,
        .rules, .tree:
        break
      }
    }
  }

  @Test func `every example can be laid over a small scenario`() throws {
    let base = try #require(JSON5Parser.parse(Array(Self.small.utf8), file: "small.json5").node)
    var laid = 0
    for tree in ScenarioSource.reference {
      tree.walk { path, change in
        laid += 1
        let changed = base.merged(with: Self.placed(change))
        let messages = messages(changed.json(indented: true), with: Self.files)
        #expect(messages.isEmpty, "\(path): \(change.json())\n\(messages)")
      }
    }
    #expect(laid == Self.fields.count)
  }

  /// A number is matched in a variant, because it needs another one to equal; a fit needs dates.
  private static func placed(_ change: Node) -> Node {
    if change["fit"] != nil {
      let nodes = Node.object([
        ("measure", text("active_nodes")), ("data", .object([("csv", text("data/prices.csv"))])),
        ("fittedUntil", text("2026-01-05")),
      ])
      let key = Node.object([
        ("key", text("token.emissionScale")),
        ("from", Node(.number(0.1, text: "0.1"), at: .nowhere)),
        ("to", Node(.number(10, text: "10"), at: .nowhere)),
      ])
      let keys = Node.object([("keys", Node(.array([key]), at: .nowhere))])
      return Node.object([("fit", keys), ("history", .object([("nodes", nodes)]))])
        .merged(with: change)
    }
    guard let calibrate = change["calibrate"] else { return change }
    return .object([("variants", .object([("bme", .object([("calibrate", calibrate)]))]))])
  }

  private static func text(_ text: String) -> Node { Node(.string(text), at: .nowhere) }

  private static let small = """
    {
      start: "2026-01-01", horizonDays: 365, regions: {us: {}},
      clouds: {aws: {offers: {any: {priceUSDPerGPUHour: 2}}}},
      hardware: {classes: {
        rtx4090: {
          priceUSD: 1800, busyWatts: 600, idleWatts: 60, priceUSDPerGPUHour: 0.4,
          availableFrom: "2022-10-12",
          vramGB: 24, interconnect: "nvlink",
        },
      }},
      operators: {types: {hobbyist: {hardware: "rtx4090", candidates: 9, activeAtStart: 1}}},
      demand: {classes: {render: {arrivalsPerHour: 1, hardware: ["rtx4090"]}}},
      token: {
        circulating: 1e8, rewards: {work: 1}, streams: {example: {rewards: {work: 1}}},
        vesting: {team: {tokens: 1e6, cliff: 30}},
      },
      market: {rule: "exogenous", openingPriceUSD: 1}, payment: {providerPaidIn: "token"},
      subnets: {networks: {example: {tokensInPool: 1000, alphaInPool: 1000, share: 1}}},
      variants: {fixed: {}, bme: {}},
    }
    """

  private static let files = [
    "s/data/prices.csv": """
    start_date,end_date,date,value,credits,usd_per_eur,credits_per_eur,host
    2026-01-01,2026-01-08,2026-01-01,1,40,1.1,4,a
    2026-01-08,2026-01-15,2026-01-08,2,50,1.2,4,a

    """,
    "s/base.json5": "{}",
    "s/data/more.json5": "{}",
  ]
}

private func number(_ value: Double) -> Node {
  Node(.number(value, text: numberText(value)), at: .nowhere)
}

/// Keys that exclude others, with the keys that give way and those that come with them.
private let alternatives: [String: (without: Set<String>, with: [(String, Node)])] = [
  "trace": (["arrivalsPerHour"], []),
  "arrivalTrace": (["arrivalsPerHour"], []),
  "arrivalsPerHourPerNode": (["arrivalsPerHour"], []),
  "contract": (["allowedRegions"], []),
  "tokensPerNode": (["usdPerNode"], []),
  "buyBack": (["provider"], [("provider", number(0.9)), ("protocol", number(0.1))]),
  "demandDriven": (
    ["provider"],
    [
      ("provider", number(0)), ("feeVault", number(1)),
      (
        "demandDriven",
        .object([("targetUSDPerHour", .object([("rtx4090", number(0.1))]))])
      ),
    ]
  ),
  "usdInTokensPerNode": (["usdPerNode"], []),
  "pledge": (["usdPerNode"], []),
  "dailyFee": (["usdPerNode"], [("tokensPerNode", Node(.number(1, text: "1"), at: .nowhere))]),
  "unlocks": (["cliff"], []),
  "when": (["on"], []),
  "decidedOn": (["on"], []),
  "above": (["below"], []),
  "eventually": (["always"], []),
  "within": (["always"], []),
  "until": (["always"], []),
  "region": (
    ["factor"],
    [
      ("target", Node(.string("outage"), at: .nowhere)),
      ("share", Node(.number(1, text: "1"), at: .nowhere)),
      ("lastingDays", Node(.number(1, text: "1"), at: .nowhere)),
    ]
  ),
  "hardwareClass": (
    ["target"], [("target", Node(.string("hardwareGeneration"), at: .nowhere))]
  ),
  "vestingClass": (
    ["factor"],
    [
      ("target", Node(.string("unlock"), at: .nowhere)),
      ("share", Node(.number(1, text: "1"), at: .nowhere)),
    ]
  ),
  "share": (["factor", "target"], [("target", Node(.string("sale"), at: .nowhere))]),
]

extension FieldTree {
  /// The example of this field and of every field below it, each with what must stand around it.
  fileprivate func walk(_ visit: (FieldPath, Node) -> Void) {
    walk(visit) { $0 }
  }

  private func walk(_ visit: (FieldPath, Node) -> Void, inside wrapped: (Node) -> Node) {
    visit(record.path, wrapped(.object([(key, example)])))
    switch record.kind {
    case .object: walk(fields, visit) { wrapped(.object([(key, $0)])) }
    case .named:
      walk(fields, visit) { wrapped(.object([(key, .object([("example", $0)]))])) }
    case .list:
      walk(fields, visit) { wrapped(.object([(key, Node(.array([$0]), at: .nowhere))])) }
    case .rule:
      for branch in branches {
        let name = Node.object([("rule", Node(.string(branch.rule.name), at: .nowhere))])
        walk(branch.fields, visit) { wrapped(.object([(key, name.merged(with: $0))])) }
      }
    case .number, .count, .flag, .text, .choice, .choices, .moment, .numbers, .texts, .table,
      .rules, .tree:
      break
    }
  }

  private func walk(
    _ fields: [FieldTree], _ visit: (FieldPath, Node) -> Void, inside wrapped: (Node) -> Node
  ) {
    for field in fields {
      let known = alternatives[field.key] ?? (without: [], with: [])
      // A key gives way only where the object has it at all.
      let isHere = fields.contains { known.without.contains($0.key) }
      let change = isHere ? known : (without: [], with: [])
      let around = Node.object(of: fields).without(change.without)
        .merged(with: .object(change.with))
      field.walk(visit) { wrapped(around.merged(with: $0)) }
    }
  }
}

extension Scenario {
  /// Names in the paths of a variant that the user chose.
  fileprivate func givenNames(variant: Int) -> Set<String> {
    let named = fields(variant: variant).filter {
      if case .object = $0.kind { return true }
      return $0.path.steps.first == .key("sources")
    }
    return Set(
      named.compactMap { record in
        guard case .key(let name)? = record.path.steps.last else { return nil }
        return name
      })
  }
}

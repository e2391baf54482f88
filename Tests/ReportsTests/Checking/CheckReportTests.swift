import Economy
import Foundation
import Testing

@testable import Experiments
@testable import Reports
@testable import Scenarios

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct CheckReportTests {
  /// Prices of twelve replicates, moved by a factor, and a count moved by steps.
  private static func reference(
    priceFactor: Double = 1, steps: Double = 0, digest: String, replicates: Int = 12
  ) -> Reference {
    let plan = Fixture.plan(variants: ["a & b"], replicates: replicates)
    let outcomes = plan.units.map { unit in
      let luck = [1, 5, 2, 8, 3, 9, 4, 7, 6, 11, 10, 12][unit.replicate - 1] / 100.0
      var values = Fixture.values((1 + luck) * (priceFactor + (priceFactor - 1) * luck / 10))
      values[Measure.index(of: "entries") ?? 0] = 40 + steps
      return ReplicateOutcome(
        summary: values, events: EventTally(total: 0, stale: 0, kinds: []), warnings: [])
    }
    return Reference(
      ExperimentResult(plan: plan, outcomes: outcomes), digest: digest,
      origin: .init(date: "2026-03-01", reason: "first reference"))
  }

  private static func assertion(_ held: Int) -> AssertionResult {
    let outcomes = (1...12).map { replicate in
      (replicate, replicate <= held ? AssertionMonitor.Outcome.held : .broken(day: 3, value: 9.5))
    }
    let claim = Assertion.Claim.always(.init("active_nodes", .atLeast, 10))
    return AssertionResult(
      Assertion(name: "nodes \"stay\"", claim: claim), variant: "a & b", outcomes)
  }

  private let equal = ScenarioCheck(
    now: reference(digest: "x"), reference: reference(digest: "x"), assertions: [assertion(12)],
    seconds: 1)
  private let moved = ScenarioCheck(
    now: reference(priceFactor: 1.5, digest: "y"), reference: reference(digest: "x"),
    assertions: [assertion(10)], seconds: 0.25)
  private let new = ScenarioCheck(
    now: reference(digest: "x"), reference: nil, assertions: [], seconds: 0)

  @Test func `a verdict is one line`() {
    #expect(
      CheckText.line(equal) == "toy: passed: equal bytes; 1 of 1 assertions hold\n")
    #expect(
      CheckText.line(moved) == """
        toy: failed: bytes differ, 1 of 2 metrics moved beyond luck (paired by replicate, \
        Holm 5 %); 0 of 1 assertions hold

        """)
    #expect(CheckText.line(new) == "toy: failed: no reference\n")
    #expect(CheckText.details(equal).isEmpty)
  }

  @Test func `details show what moved and what does not hold`() {
    #expect(
      CheckText.details(moved) == """

        toy
          a & b: nodes "stay": always active_nodes >= 10: failed: holds in 10 of 12 replicates; \
        first broken in replicate 11 on day 3, at 9.500
          metric that moved       reference    now  difference     95 % interval  in half-widths  \
        detectable   n  method
          a & b: token_price_usd      1.064  1.600      0.5357  [0.5345, 0.5369]           439.4  \
            0.0018  12  paired student of logs

        """)
  }

  @Test func `an update says what it accepts and why`() {
    #expect(equal.reasonToUpdate == nil)
    #expect(new.reasonToUpdate == "first reference")
    #expect(moved.reasonToUpdate == "1 of 2 metrics moved beyond luck")
    #expect(
      CheckText.update(new, reason: "first reference") == "toy: new reference: first reference\n")
  }

  /// Nothing says how much luck spreads: a gate that cannot tell stays shut.
  @Test(arguments: [(1, 1), (2, 2), (12, 2), (1, 12)])
  func `what differs between fewer than three replicates is not passed`(now: Int, before: Int) {
    func check(_ factor: Double) -> ScenarioCheck {
      ScenarioCheck(
        now: Self.reference(priceFactor: factor, digest: "y", replicates: now),
        reference: Self.reference(digest: "x", replicates: before), assertions: [], seconds: 0)
    }
    #expect(!check(1.5).hasPassed)
    #expect(
      CheckText.details(check(1.5)).contains(
        "1 of 2 metrics differ, and fewer than three replicates cannot tell a shift from luck; run "
          + "more of them"))
    if now == before { #expect(check(1).hasPassed && check(1 + 1e-12).hasPassed) }
  }

  @Test func `changes within luck pass though bytes differ`() {
    let check = ScenarioCheck(
      now: Self.reference(digest: "y"), reference: Self.reference(digest: "x"), assertions: [],
      seconds: 0)
    #expect(check.hasPassed && !check.isEqual)
    #expect(
      CheckText.line(check) == """
        toy: passed: bytes differ, 0 of 2 metrics moved beyond luck (paired by replicate, Holm 5 %)

        """)
  }

  @Test func `JUnit names a suite a scenario and a case a metric or assertion`() {
    #expect(
      JUnit.text([moved]) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="depinsim check" tests="4" failures="3" errors="0" skipped="0" time="0.250">
          <testsuite name="toy" tests="4" failures="3" errors="0" skipped="0" time="0.250">
            <testcase classname="toy" name="reference" time="0">
              <failure message="toy: failed: bytes differ, 1 of 2 metrics moved beyond luck (paired \
        by replicate, Holm 5 %); 0 of 1 assertions hold"/>
            </testcase>
            <testcase classname="toy.a &amp; b" name="token_price_usd" time="0">
              <failure message="was 1.064, is 1.600 USD/token: moved by 0.5357 [0.5345, 0.5369] \
        (paired student of logs, 12 values)"/>
            </testcase>
            <testcase classname="toy.a &amp; b" name="entries" time="0"/>
            <testcase classname="toy.a &amp; b" name="assertion nodes &quot;stay&quot;" time="0">
              <failure message="a &amp; b: nodes &quot;stay&quot;: always active_nodes &gt;= 10: \
        failed: holds in 10 of 12 replicates; first broken in replicate 11 on day 3, at 9.500"/>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func `ordinary readers parse the JUnit file`() throws {
    let text = JUnit.text([equal, moved, new])
    let counter = ElementCounter()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = counter
    #expect(parser.parse())
    #expect(counter.elements == ["testsuites": 1, "testsuite": 3, "testcase": 9, "failure": 4])
    #expect(counter.suites == ["toy", "toy", "toy"])
    #expect(counter.names.contains("assertion nodes \"stay\""))
  }

  @Test func `characters that XML cannot hold are replaced`() {
    let loss = "variant <\u{1}> is new"
    #expect(
      JUnit.quoted(loss + "\n\"&\"") == "\"variant &lt;\u{FFFD}&gt; is new&#10;&quot;&amp;&quot;\"")
  }

  @Test func `check.csv has a row for everything judged`() {
    #expect(
      CheckTable.text([equal, moved]) == #"""
        scenario,variant,kind,name,unit,reference,now,difference,ci_low,ci_high,p_value,detectable,\#
        n,method,verdict
        toy,,result,bytes,,,,,,,,,,,equal bytes
        toy,a & b,metric,token_price_usd,USD/token,1.0644401544195892,1.0644401544195892,0,\#
        -0.030099013949786806,0.03097488614059802,1,0.06305001831146066,12,welch of logs,passed
        toy,a & b,metric,entries,nodes,40,40,0,0,0,1,0,12,constant,passed
        toy,a & b,assertion,"nodes ""stay""",1,1,1,,0.7575059933447592,1,,,12,wilson,passed
        toy,,result,bytes,,,,,,,,,,,bytes differ
        toy,a & b,metric,token_price_usd,USD/token,1.0644401544195892,1.6001186073674663,\#
        0.5356784529478766,0.5344596764182775,0.5368981585014213,2.082757222576609e-29,\#
        0.0017695836230559074,12,paired student of logs,moved
        toy,a & b,metric,entries,nodes,40,40,0,0,0,1,0,12,constant,passed
        toy,a & b,assertion,"nodes ""stay""",1,1,0.8333333333333334,,0.5519691377470267,\#
        0.9530348578161462,,,12,wilson,failed

        """#)
  }

  @Test func `a reference is read as it was written`() throws {
    let scratch = try Scratch()
    let reference = Self.reference(digest: "x")
    try ReferenceFile.write(reference, in: scratch.path + "/deep")
    #expect(try ReferenceFile.read("toy", in: scratch.path + "/deep") == reference)
    #expect(try ReferenceFile.read("other", in: scratch.path + "/deep") == nil)
    scratch.write("{}", to: "toy.json")
    let error = #expect(throws: SinkError.self) {
      try ReferenceFile.read("toy", in: scratch.path)
    }
    #expect(
      error?.message == """
        \(scratch.path)/toy.json: expected a reference of "toy" as check writes it, found something \
        else
        """)
  }

  @Test func `another seed, number of replicates or scenario is compared unpaired`() {
    func reference(_ name: String, _ replicates: Int, _ seed: UInt64) -> Reference {
      let plan = Fixture.plan(name, variants: ["a"], replicates: replicates, seed: seed)
      return Reference(
        Fixture.result(plan), digest: "x", origin: .init(date: "2026-03-01", reason: ""))
    }
    let before = reference("toy", 4, 1)
    #expect(before.whyUnpaired(with: before) == nil)
    #expect(before.whyUnpaired(with: reference("toy", 4, 2)) == "the seed was 1 and is 2")
    #expect(
      before.whyUnpaired(with: reference("toy", 5, 1)) == "there were 4 replicates and are 5")
    #expect(
      before.shifts(to: reference("toy", 5, 2)).map(\.method) == ["welch of logs", "constant"])
    #expect(before.shifts(to: reference("toy", 4, 1)).allSatisfy { $0.difference == 0 })
  }

  @Test func `what has come or gone is said`() {
    let before = Self.reference(digest: "x")
    let plan = Fixture.plan(variants: ["b"], replicates: 12)
    let after = Reference(
      Fixture.result(plan), digest: "y", origin: .init(date: "2026-03-01", reason: ""))
    #expect(before.losses(to: before).isEmpty)
    #expect(before.losses(to: after) == ["variant a & b is gone", "variant b is new"])
    let check = ScenarioCheck(now: after, reference: before, assertions: [], seconds: 0)
    #expect(!check.hasPassed)
  }
}

/// Counts elements and keeps names.
private final class ElementCounter: NSObject, XMLParserDelegate {
  var elements: [String: Int] = [:]
  var suites: [String] = []
  var names: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[element, default: 0] += 1
    if element == "testsuite" { suites.append(attributes["name"] ?? "") }
    if element == "testcase" { names.append(attributes["name"] ?? "") }
  }
}

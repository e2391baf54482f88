import Foundation
import Testing

@testable import Scenarios

/// What cannot be read hides nothing else, and nothing is blamed for what it might have brought.
struct GapTests {
  @Test func `every file that cannot be read is told, and what is wrong in the others`() {
    #expect(
      messages(
        """
        {extends: ["gone.json5", "base.json5", "."], sede: 1, seed: "x", epochHours: 9, epochHours: 8,
         payment: {include: "p.json5", provder: 1},
         hardware: {classes: {gpu: {priceUSD: 9}}},
         operators: {types: {host: {hardware: "gpo"}}},
         amendments: {a: {include: "a.json5", on: "soon", set: {"tokn.cap": 3}}},
         variants: {v: {extends: "w"}, u: {replicates: 3}}, baseline: "w"}
        """,
        with: ["s/base.json5": "{replicates: 0, variants: {include: 'v.json5'}}"]) == """
          s/main.json5:1:12: error: extends: expected a file "gone.json5", found no such file
           1 | {extends: ["gone.json5", "base.json5", "."], sede: 1, seed: "x", epochHours: 9, epochHours: 8,
             |            ^
            help: a path begins at the folder of the file that names it
          s/main.json5:1:40: error: extends: expected a path from the folder of this file, such as "../Presets/render.json5", found "."
           1 | {extends: ["gone.json5", "base.json5", "."], sede: 1, seed: "x", epochHours: 9, epochHours: 8,
             |                                        ^
          s/main.json5:1:46: error: sede: expected a key of the scenario, found "sede"
           1 | {extends: ["gone.json5", "base.json5", "."], sede: 1, seed: "x", epochHours: 9, epochHours: 8,
             |                                              ^
            help: did you mean "seed"?
          s/main.json5:1:61: error: seed: expected a whole number of at least 0, found "x"
           1 | {extends: ["gone.json5", "base.json5", "."], sede: 1, seed: "x", epochHours: 9, epochHours: 8,
             |                                                             ^
            help: write a number such as 1
          s/main.json5:1:81: error: epochHours: expected each key once, found "epochHours" again
           1 | {extends: ["gone.json5", "base.json5", "."], sede: 1, seed: "x", epochHours: 9, epochHours: 8,
             |                                                                                 ^
            help: it was first written at line 1, column 66; keep one
          s/main.json5:2:21: error: payment.include: expected a file "p.json5", found no such file
           2 |  payment: {include: "p.json5", provder: 1},
             |                     ^
            help: a path begins at the folder of the file that names it
          s/main.json5:2:32: error: payment.provder: expected a key of payment, found "provder"
           2 |  payment: {include: "p.json5", provder: 1},
             |                                ^
            help: did you mean "provider"?
          s/main.json5:5:28: error: amendments.a.include: expected a file "a.json5", found no such file
           5 |  amendments: {a: {include: "a.json5", on: "soon", set: {"tokn.cap": 3}}},
             |                            ^
            help: a path begins at the folder of the file that names it
          s/main.json5:5:43: error: amendments.a.on: expected a date such as "2026-03-01" or a day number, found "soon"
           5 |  amendments: {a: {include: "a.json5", on: "soon", set: {"tokn.cap": 3}}},
             |                                           ^
            help: write year, month and day with two digits each: "2026-03-01"
          s/main.json5:6:36: error: variants.u.replicates: expected changes to the network, found "replicates"
           6 |  variants: {v: {extends: "w"}, u: {replicates: 3}}, baseline: "w"}
             |                                    ^
            help: all variants share it; write it at the top
          s/base.json5:1:14: error: replicates: expected a whole number from 1 to 1000000, found 0
           1 | {replicates: 0, variants: {include: 'v.json5'}}
             |              ^
          s/base.json5:1:37: error: variants.include: expected a file "v.json5", found no such file
           1 | {replicates: 0, variants: {include: 'v.json5'}}
             |                                     ^
            help: a path begins at the folder of the file that names it

          """)
  }

  @Test func `only the object that includes lacks something`() {
    #expect(
      messages(
        """
        {hardware: {classes: {a: {include: "a.json5", busyWatts: 1},
                              b: {idleWatts: 1, priceUSD: 1, priceUSDPerGPUHour: 1}}}}
        """) == """
          s/main.json5:1:1: error: horizonDays: expected a number from 0.001 to 3652425 [days], found nothing
           1 | {hardware: {classes: {a: {include: "a.json5", busyWatts: 1},
             | ^
            help: add horizonDays: 1 (length of a run); see `depinsim explain horizonDays`
          s/main.json5:1:36: error: hardware.classes.a.include: expected a file "a.json5", found no such file
           1 | {hardware: {classes: {a: {include: "a.json5", busyWatts: 1},
             |                                    ^
            help: a path begins at the folder of the file that names it
          s/main.json5:2:26: error: hardware.classes.b.busyWatts: expected a number from 0 to 100000 [W], found nothing
           2 |                       b: {idleWatts: 1, priceUSD: 1, priceUSDPerGPUHour: 1}}}}
             |                          ^
            help: add busyWatts: 1 (draw at the wall under load); see `depinsim explain hardware`

          """)
  }

  @Test func `a rule that may be named in what is missing is left alone`() {
    #expect(
      messages(
        """
        {horizonDays: 9, matching: {include: "m.json5", weight: 3}, market: {include: "m.json5"}}
        """) == """
          s/main.json5:1:38: error: matching.include: expected a file "m.json5", found no such file
           1 | {horizonDays: 9, matching: {include: "m.json5", weight: 3}, market: {include: "m.json5"}}
             |                                      ^
            help: a path begins at the folder of the file that names it
          s/main.json5:1:79: error: market.include: expected a file "m.json5", found no such file
           1 | {horizonDays: 9, matching: {include: "m.json5", weight: 3}, market: {include: "m.json5"}}
             |                                                                               ^
            help: a path begins at the folder of the file that names it

          """)
  }

  @Test func `a text with syntax errors still names its files and is read where it can be`() {
    #expect(
      messages(
        """
        {extends: "base.json5", sede: 1, payment: {provider: 0.5 0.6, burn: 2},
         hardware: {include: "gone.json5"}, backtests: ["a", b], about: }
        """,
        with: ["s/base.json5": "{replicates: 0, horizonDays 9}"]) == """
          s/main.json5:1:25: error: sede: expected a key of the scenario, found "sede"
           1 | {extends: "base.json5", sede: 1, payment: {provider: 0.5 0.6, burn: 2},
             |                         ^
            help: did you mean "seed"?
          s/main.json5:1:58: error: payment: expected "," or "}", found "0"
           1 | {extends: "base.json5", sede: 1, payment: {provider: 0.5 0.6, burn: 2},
             |                                                          ^
            help: write a comma behind what stands before it
          s/main.json5:1:58: error: payment: expected a key, found "0"
           1 | {extends: "base.json5", sede: 1, payment: {provider: 0.5 0.6, burn: 2},
             |                                                          ^
            help: a key that begins with a digit stands between quotes
          s/main.json5:1:69: error: payment.burn: expected a number from 0 to 1, found 2
           1 | {extends: "base.json5", sede: 1, payment: {provider: 0.5 0.6, burn: 2},
             |                                                                     ^
            help: a share lies between 0 and 1; write 0.02 for 2 %
          s/main.json5:2:22: error: hardware.include: expected a file "gone.json5", found no such file
           2 |  hardware: {include: "gone.json5"}, backtests: ["a", b], about: }
             |                      ^
            help: a path begins at the folder of the file that names it
          s/main.json5:2:54: error: backtests[1]: expected a value, found "b"
           2 |  hardware: {include: "gone.json5"}, backtests: ["a", b], about: }
             |                                                      ^
            help: put text between quotes
          s/main.json5:2:65: error: about: expected a value, found "}"
           2 |  hardware: {include: "gone.json5"}, backtests: ["a", b], about: }
             |                                                                 ^
          s/base.json5:1:14: error: replicates: expected a whole number from 1 to 1000000, found 0
           1 | {replicates: 0, horizonDays 9}
             |              ^
          s/base.json5:1:29: error: horizonDays: expected ":" after the key, found "9"
           1 | {replicates: 0, horizonDays 9}
             |                             ^

          """)
  }

  @Test func `a text whose brackets do not close is told alone`() {
    #expect(
      messages("{extends: 'gone.json5', sede: 1, payment: {provider: 1,") == """
        s/main.json5:1:56: error: payment: expected "}", found the end of the text
         1 | {extends: 'gone.json5', sede: 1, payment: {provider: 1,
           |                                                        ^
          help: "{" of line 1, column 43 is not closed

        """)
  }

  @Test(arguments: Shipped.scenarios)
  func `without the files it names a shipped scenario has no other errors`(file: URL) throws {
    let texts = ["s/\(file.lastPathComponent)": try String(contentsOf: file, encoding: .utf8)]
    do throws(ScenarioError) {
      _ = try ScenarioSource(path: "s/\(file.lastPathComponent)", access: .memory(texts)).scenario()
    } catch {
      let wrong = error.description.split(separator: "\n").filter { $0.contains(": error: ") }
      #expect(wrong.allSatisfy { $0.hasSuffix("found no such file") }, "\(error)")
    }
  }
}

import Testing

@testable import Experiments
@testable import Reports

struct ProfileTextTests {
  private let profile = RunProfile(
    replicates: 2,
    rows: [
      .init(
        name: "jobFinished", words: "a job is done and paid for", events: 1_500, stale: 250,
        milliseconds: 0.6, nanosecondsPerEvent: 400),
      .init(name: "queue", words: "the next event is found", milliseconds: 0.2),
      .init(
        name: "settlement", words: "an epoch is settled", events: 2, stale: 0, milliseconds: 0.1,
        nanosecondsPerEvent: 50_000),
      .init(name: "writing", words: "rows and files are written", milliseconds: 0.1),
    ],
    total: .init(
      name: "total", words: "", events: 1_502, stale: 250, milliseconds: 1,
      nanosecondsPerEvent: 599.2),
    ownNanosecondsPerEvent: 25.5, ownMilliseconds: 0.25)

  @Test func `a profile is a table and what it cost itself`() {
    #expect(
      ProfileText.text(profile) == """

        where the time went: 2 replicates, variants and threads added up
        kind         events  stale  of events  time [ms]  of time  ns an event  what happens
        jobFinished   1,500    250     99.9 %     0.6000   60.0 %          400  a job is done and \
        paid for
        queue                                     0.2000   20.0 %               the next event is \
        found
        settlement        2      0      0.1 %     0.1000   10.0 %       50,000  an epoch is settled
        writing                                   0.1000   10.0 %               rows and files are \
        written
        total         1,502    250    100.0 %          1  100.0 %        599.2
        timing them took 25.50 ns an event, 20.0 % of the time; it is taken out above

        """)
  }

  @Test func `as JSON a profile stands beside the result, empty cells as null`() {
    let result = Fixture.result(Fixture.plan())
    let text = ResultJSON.text(result, summary: [], comparison: nil, profile: profile)
    #expect(
      text.contains(
        """
              {
                "kind": "queue",
                "words": "the next event is found",
                "events": null,
                "stale": null,
                "share_of_events": null,
                "ms": 0.2,
                "share_of_time": 0.2,
                "ns_per_event": null
              },
        """))
    #expect(
      text.hasSuffix(
        """
            "own": {
              "ns_per_event": 25.5,
              "ms": 0.25,
              "share_of_time": 0.2
            }
          }
        }

        """))
    #expect(!ResultJSON.text(result, summary: [], comparison: nil).contains("\"profile\""))
  }
}

import Economy
import Experiments
import Foundation
import Scenarios
import Testing

@testable import Reports

struct DataPackageTests {
  private struct Package: Decodable {
    struct Resource: Decodable {
      struct Schema: Decodable { let fields: [Field] }
      struct Field: Decodable {
        let name: String
        let type: String
        let unit: String?
        let description: String
      }
      let path: String
      let bytes: Int
      let hash: String
      let schema: Schema
    }
    let name: String
    let resources: [Resource]
  }

  @Test func `every file is described column by column, with its digest`() throws {
    let scratch = try Scratch()
    let plan = Fixture.plan("Toy Scenario")
    let path = scratch.path + "/out"
    try Fixture.fill(ResultFolder(at: path, scenario: plan.name, force: false), plan)
    let text = try #require(scratch.text("out/datapackage.json"))
    let package = try JSONDecoder().decode(Package.self, from: Data(text.utf8))
    #expect(package.name == "toy-scenario")
    #expect(
      package.resources.map(\.path) == [
        "timeseries.csv", "summary.csv", "flows.csv", "breakdown.csv", "survival.csv",
      ])
    for resource in package.resources {
      let file = try #require(scratch.text("out/" + resource.path))
      let header = file.prefix { $0 != "\n" }.split(separator: ",").map(String.init)
      #expect(header == resource.schema.fields.map(\.name))
      #expect(resource.bytes == file.utf8.count)
      var digest = SHA256()
      digest.update(Array(file.utf8))
      #expect(resource.hash == "sha256:" + digest.hexDigest)
    }
    let price = try #require(package.resources[0].schema.fields.first { $0.unit == "USD/token" })
    #expect(price.description == Measure.all[0].formula)
  }
}

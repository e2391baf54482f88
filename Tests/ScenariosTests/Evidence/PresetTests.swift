import Configuration
import Foundation
import Testing

@testable import Scenarios

/// The shipped presets and the evidence beside their values.
struct PresetTests {
  private static let folder = Shipped.root.appending(path: "Scenarios/Presets")

  @Test(arguments: Shipped.files(in: folder, ending: ".json5").map(\.lastPathComponent))
  func `every value of a preset says where it comes from`(file: String) throws {
    let card = try ModelCard(path: Self.folder.appending(path: file).path)
    #expect(card.issues.isEmpty, "\(card.issues.map(\.message))")
    #expect(!card.about.isEmpty && !card.counts.isEmpty)
    for history in card.backtests {
      let path = Shipped.root.appending(path: "Scenarios/History/\(history).json5").path
      #expect(FileManager.default.fileExists(atPath: path), "\(history)")
    }
  }

  @Test func `each network has a preset, and a check of its 90 days`() {
    let networks = [
      "aethir", "akash", "akash-bme", "bittensor", "filecoin", "fluence", "gensyn", "helium",
      "ionet", "ionet-ide", "nosana", "render",
    ]
    for network in networks {
      for path in ["Presets/\(network)", "Checks/preset-\(network)"] {
        let file = Shipped.root.appending(path: "Scenarios/\(path).json5").path
        #expect(FileManager.default.fileExists(atPath: file), "\(path)")
      }
    }
  }

  @Test func `histories that presets name are scored`() throws {
    let scores = try String(
      contentsOf: Shipped.root.appending(path: "Results/Reference/histories.csv"), encoding: .utf8)
    let names = Set(
      scores.split(separator: "\n").dropFirst().compactMap { $0.split(separator: ",").first })
    let files = Shipped.files(
      in: Shipped.root.appending(path: "Scenarios/History"), ending: ".json5")
    #expect(names.sorted() == files.map { Substring($0.deletingPathExtension().lastPathComponent) })
  }
}

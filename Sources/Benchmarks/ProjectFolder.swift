import Foundation
import Scenarios

/// The folder that the project's scenarios lie in.
public struct ProjectFolder: Sendable, Equatable {
  public let path: String

  /// Looks in the working folder and those above it, then above the executable.
  public static func find() throws(BenchmarkError) -> ProjectFolder {
    let executable = Bundle.main.executableURL?.resolvingSymlinksInPath().path
    return try find(
      above: [FileManager.default.currentDirectoryPath] + [executable].compactMap(\.self))
  }

  static func find(above places: [String]) throws(BenchmarkError) -> ProjectFolder {
    for place in places {
      var folder = URL(filePath: place).standardizedFileURL
      while true {
        let checks = folder.appending(path: "Scenarios/Checks").path
        if FileManager.default.fileExists(atPath: checks) {
          return ProjectFolder(path: folder.path)
        }
        if folder.path == "/" { break }
        folder.deleteLastPathComponent()
      }
    }
    throw .noProject(places)
  }

  /// A scenario of the project, by its path below `Scenarios` without the extension.
  func scenario(
    _ name: String, setting settings: [String] = []
  ) throws(BenchmarkError) -> Scenario {
    do throws(ScenarioError) {
      return try Scenario(path: "\(path)/Scenarios/\(name).json5", setting: settings)
    } catch {
      throw .scenario(error)
    }
  }
}

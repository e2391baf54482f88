public import Experiments
import Foundation
import Synchronization

/// The folder that a result ends up in: parts while replicates run, whole files at the end.
///
/// Nothing in the folder changes until ``complete(_:command:comparison:timing:)`` exchanges it for
/// a finished sibling in one step, so a run that is killed leaves the old result whole. Where the
/// system cannot, as at a mount point, files are replaced one by one, the record last.
public final class ResultFolder: ResultSink {
  /// Absolute path without links.
  public let path: String
  private let lock: FolderLock
  private let written = Atomic<Int>(0)

  /// Takes hold of a folder, making it where needed.
  ///
  /// - Parameter force: whether a result of another scenario may be replaced, and whether other
  ///   files may stand in the folder; these are kept.
  public init(at path: String, scenario: String, force: Bool) throws(FolderError) {
    if !force { try Contents.check(path, scenario: scenario) }
    do throws(SinkError) {
      guard FileSystem.isFolder(path) != false else {
        throw SinkError(
          "\(path): expected a folder, found a file", help: "choose another path with --out")
      }
      try FileSystem.makeFolder(path)
      self.path = try FileSystem.resolved(path)
      let partial = self.path + "/" + Contents.partial
      try FileSystem.makeFolder(partial)
      lock = try FolderLock(partial + "/lock", folder: path)
      try retireSibling()
    } catch {
      throw .sink(error)
    }
  }

  public var bytesWritten: Int { written.load(ordering: .relaxed) }

  public func stored(_ unit: WorkUnit, of plan: Plan) throws(SinkError) -> ReplicateOutcome? {
    PartReader.outcome(partPath(unit), key: PartKey.digest(unit, of: plan))
  }

  public func open(_ unit: WorkUnit, of plan: Plan) throws(SinkError) -> any ReplicateSink {
    try PartWriter(unit, of: plan, key: PartKey.digest(unit, of: plan), at: partPath(unit)) {
      [self] count in
      written.add(count, ordering: .relaxed)
    }
  }

  /// Takes away what taking hold has made, where nothing worth keeping has come to it.
  public func leaveIfUnused() {
    let partial = path + "/" + Contents.partial
    guard FileSystem.names(in: partial) == ["lock"] else { return }
    FileSystem.remove(partial)
    // Fails, as it should, where an older result stands in the folder.
    rmdir(path)
  }

  /// Where the part of a unit stands.
  func partPath(_ unit: WorkUnit) -> String {
    "\(path)/\(Contents.partial)/variant-\(unit.variant + 1)-replicate-\(unit.replicate).part"
  }

  /// The sibling in which the new result is completed, where that may be, and the old one ends.
  var sibling: String {
    let parent = FileSystem.parent(of: path)
    return (parent == "/" ? "" : parent) + "/." + FileSystem.name(of: path) + ".incoming"
  }
}

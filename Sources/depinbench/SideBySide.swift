import Experiments
import Foundation

/// Everything that is compared, one after the other.
struct SideBySide {
  private let options: Options
  private let ours: Contender
  private let peers: [Contender]

  init(_ options: Options) {
    self.options = options
    ours = .ours(options.programs)
    let all = Contender.peers(in: options.peers)
    peers = all.filter(\.isInstalled)
    for peer in all where !peer.isInstalled {
      say("\(peer.name) is left out: there is no \(peer.file); see Sources/depinbench/peers.sh")
    }
  }

  func run() throws -> Report {
    var contests: [Contest] = []
    for work in options.isQuick ? Work.quick : Work.all where work.name.hasPrefix(options.only) {
      say(work.name)
      contests.append(
        try Contest(work, ours: ours, peers: peers, rounds: options.repeats))
    }
    return Report(
      machine: Machine(), toolchain: Provenance.toolchain, version: Provenance.version,
      peers: versions, contests: contests,
      memory: isAsked("memory") ? try Memory.measure(options) : [],
      replicates: isAsked("replicates") && hasReplicatePeer ? try Replicates(options) : nil)
  }

  private func isAsked(_ name: String) -> Bool {
    guard name.hasPrefix(options.only) else { return false }
    say(name)
    return true
  }

  private var hasReplicatePeer: Bool {
    FileManager.default.fileExists(atPath: options.peers + "/churn_queue")
  }

  /// Compilers and libraries of the peers, as the script noted them.
  private var versions: [String] {
    let text = try? String(contentsOfFile: options.peers + "/versions", encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }
}

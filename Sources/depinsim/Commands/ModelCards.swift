import Configuration
import Foundation
import Kernel
import Reports
import Scenarios

/// `list presets`: what each preset is, what its values rest on, and how it did on history.
struct ModelCards {
  /// Where presets and the scores of histories are, from the project's folder.
  static let presets = "Scenarios/Presets"
  static let scores = "Results/Reference/histories.csv"

  private let today: CalendarDate
  private let backtests: [Backtest]

  /// - Parameter scores: text of a table of histories and their errors.
  init(today: CalendarDate, scores: String) {
    self.today = today
    backtests = scores.split(separator: "\n").dropFirst().compactMap { Backtest(String($0)) }
  }

  /// Shows the presets of the project, and says what their marks lack.
  static func show(_ console: Console) throws(Failure) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: presets)) ?? []
    let files = names.filter { $0.hasSuffix(".json5") }.sorted()
    guard !files.isEmpty else {
      throw Failure(
        .unable, "expected scenarios in \(presets), found none",
        help: "call it in the project's folder")
    }
    let days = Int((Date().timeIntervalSince1970 / 86_400).rounded(.down))
    let cards = ModelCards(
      today: CalendarDate(daysSince1970: days),
      scores: (try? String(contentsOfFile: scores, encoding: .utf8)) ?? "")
    for file in files {
      do throws(ScenarioError) {
        let card = try ModelCard(path: "\(presets)/\(file)")
        console.out(cards.text(of: card))
        if !card.issues.isEmpty {
          console.err(IssueRenderer(files: card.files).text(for: card.issues))
        }
      } catch {
        throw Failure(error)
      }
    }
  }

  /// Some lines and an empty one.
  func text(of card: ModelCard) -> String {
    var lines = ["\(card.name)  \(card.about.firstSentence)"]
    let counts = EvidenceGrade.allCases.map { "\(card.counts[$0] ?? 0) \($0)" }
    lines.append("  values     " + counts.joined(separator: ", "))
    if let first = card.factDays.first, let last = card.factDays.last {
      let middle = card.factDays[card.factDays.count / 2]
      let months = Int((Double(today.daysSince1970 - middle) / 30.4375).rounded())
      let dates = [first, last, middle].map {
        "\(CalendarDate(daysSince1970: $0))".prefix(7)
      }
      lines.append(
        "  facts      \(dates[0]) to \(dates[1]), the median of \(dates[2]), "
          + "\(months) months old")
    }
    for name in card.backtests { lines += text(ofHistory: name) }
    if card.backtests.isEmpty { lines.append("  back-test  none") }
    return lines.joined(separator: "\n") + "\n\n"
  }

  private func text(ofHistory name: String) -> [String] {
    let found = backtests.filter { $0.history == name }
    guard !found.isEmpty else { return ["  back-test  \(name): not scored"] }
    return found.map { score in
      "  back-test  \(name), \(score.series), \(score.split): error of logs "
        + "\(NumberText.short(score.rmse)), \(NumberText.short(100 * score.coverage)) % of "
        + "\(score.dates) dates in a band \(NumberText.short(score.band))-fold wide"
    }
  }
}

/// Errors of one series of a history.
private struct Backtest {
  let history: String
  let series: String
  let split: String
  let dates: Int
  let rmse: Double
  let coverage: Double
  /// High ÷ low of the 90 % band, median over the dates.
  let band: Double

  /// Reads `history,series,split,dates,rmse_of_logs,coverage,band_ratio`.
  init?(_ row: String) {
    let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard cells.count == 7, let dates = Int(cells[3]) else { return nil }
    (history, series) = (cells[0], cells[1])
    split = cells[2] == "held_out" ? "held out" : cells[2]
    self.dates = dates
    rmse = Double(cells[4]) ?? .nan
    coverage = Double(cells[5]) ?? .nan
    band = Double(cells[6]) ?? .nan
  }
}

extension String {
  fileprivate var firstSentence: String {
    range(of: ". ").map { String(self[..<$0.lowerBound]) + "." } ?? self
  }
}

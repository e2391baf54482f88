import Foundation

do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  let report = try SideBySide(options).run()
  print(report.text, terminator: "")
  if let file = options.file { try report.write(to: file) }
} catch {
  say("error: \(error)")
  exit(error is UsageError ? 2 : 3)
}

import Foundation

var console = Console.standard
console.interrupt = SignalWatch.start()
let command = Result { () throws(UsageError) in
  try CommandLineParser.parse(Array(CommandLine.arguments.dropFirst()))
}
let code = await console.perform(command)
exit(code.rawValue)

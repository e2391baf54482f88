/// Something the program can be asked to do, its words already understood.
protocol Command: Sendable {
  func run(_ console: Console) async throws(Failure)
}

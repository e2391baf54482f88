import Configuration

extension Contract {
  static let onDemandChoice = Choice<Contract>(
    name: "onDemand", summary: "Each job pays the price list when it starts."
  ) { _ in .onDemand }
}

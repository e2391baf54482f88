// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A library target and, beside it, the test target of the same folders.
func room(
  _ name: String, imports: [Target.Dependency], tests: [Target.Dependency] = [],
  also: [SwiftSetting] = [], data: [String] = []
) -> [Target] {
  [
    .target(name: name, dependencies: imports, swiftSettings: settings + also),
    .testTarget(
      name: name + "Tests",
      dependencies: [.init(stringLiteral: name), "TestSupport"] + imports + tests,
      exclude: data, swiftSettings: settings),
  ]
}

/// Everything that a test of a whole run may look at.
let allRooms: [Target.Dependency] = [
  "Reports", "Benchmarks", "Experiments", "Scenarios", "Economy", "Configuration", "Kernel",
]

let package = Package(
  name: "depinsim",
  products: [.executable(name: "depinsim", targets: ["depinsim"])],
  targets: [
    room("Kernel", imports: [], also: [.strictMemorySafety()]),
    room("Configuration", imports: []),
    room("Economy", imports: ["Kernel", "Configuration"], tests: ["Scenarios"], data: ["Data"]),
    room("Scenarios", imports: ["Economy", "Configuration", "Kernel"]),
    room("Experiments", imports: ["Scenarios", "Economy", "Kernel"]),
    room("Benchmarks", imports: ["Experiments", "Scenarios", "Economy", "Kernel"]),
    room(
      "Reports",
      imports: [
        "Benchmarks", "Experiments", "Scenarios", "Economy", "Kernel", "Configuration",
      ]),
    [
      .executableTarget(name: "depinsim", dependencies: allRooms, swiftSettings: settings),
      .executableTarget(
        name: "depinbench", dependencies: ["Benchmarks", "Experiments", "Reports"],
        exclude: ["Peers", "peers.sh"], swiftSettings: settings),
      .testTarget(
        name: "depinbenchTests", dependencies: ["depinbench"], swiftSettings: settings),
      .testTarget(
        name: "depinsimTests", dependencies: ["depinsim", "TestSupport"] + allRooms,
        swiftSettings: settings),
      .target(
        name: "TestSupport", dependencies: ["Scenarios"], path: "Tests/TestSupport",
        swiftSettings: settings),
    ],
  ].flatMap { $0 }
)

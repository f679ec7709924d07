// swift-tools-version: 6.2
import PackageDescription

// CI turns every warning into an error; a newer toolchain at a user's desk only warns.
let strict: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + strict

// Where the recogniser's shared libraries are, seen from the executable: installed, then in the checkout.
let libraries: [LinkerSetting] = [
  .unsafeFlags([
    "-L\(Context.packageDirectory)/.deps/lib",
    "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib/acogida",
    "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../../../.deps/lib",
  ])
]

/// One room of the product: a library target with the project's settings.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of one room.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [])
  -> Target
{
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    resources: resources,
    swiftSettings: settings,
    linkerSettings: libraries)
}

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let toml: Target.Dependency = .product(name: "TOMLKit", package: "TOMLKit")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

// Only where it is asked for: libFuzzer instruments everything that is built with it.
let fuzzing: [Target] =
  Context.environment["ACOGIDA_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "fuzz",
      dependencies: ["Extraction", "Forms", "Interview", "Store", "Transcription", "Vault"],
      path: "benchmarks/fuzz", exclude: ["run", "corpus"], swiftSettings: settings,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])])
  ]

let package = Package(
  name: "acogida",
  defaultLocalization: "es",
  products: [.executable(name: "acogida", targets: ["acogida"])],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .target(
      name: "CNcurses", cSettings: [.define("_GNU_SOURCE")],
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CCurl", cSettings: [.define("_GNU_SOURCE")]),
    .systemLibrary(name: "CALSA"),
    .systemLibrary(name: "CSherpaOnnx"),
    .systemLibrary(name: "CSodium"),
    .systemLibrary(name: "CSndFile"),
    room("Messages", []),
    room("Forms", [toml]),
    room("Extraction", ["Forms"]),
    room("Interview", ["Forms", "Extraction", "Tone"]),
    room("HTTP", ["CCurl"]),
    room("Audio", ["CALSA", "CSndFile"]),
    room("Transcription", ["Audio", "Tone", logging]),
    room("Speakers", []),
    room("Tone", []),
    room("Reports", ["Terminal"]),
    room(
      "Recognizer", ["Audio", "HTTP", "Transcription", "Speakers", "CSherpaOnnx", "CSodium"]),
    room("Vault", ["CSodium"]),
    room("Store", ["Interview", "Vault", grdb]),
    room("Exchange", ["Store", "Forms", "Interview", "Vault", "HTTP"]),
    room("Forecast", []),
    room("Analytics", ["Exchange", "Forecast", "Forms", "Interview", "Store", "Vault", sqlite]),
    room("Terminal", ["CNcurses"]),
    room("Desk", ["Messages", "Forms", "Extraction", "Interview", "Terminal"]),
    .executableTarget(
      name: "acogida",
      dependencies: [
        "Messages", "Forms", "Extraction", "Interview", "Audio", "Transcription", "Recognizer",
        "Vault", "Store", "Exchange", "HTTP", "Forecast", "Analytics", "Terminal", "Desk",
        "Speakers", "Tone", "Reports", arguments, logging, toml,
      ],
      swiftSettings: settings,
      linkerSettings: libraries),
    tests("Messages", []),
    .executableTarget(
      name: "store-benchmark",
      dependencies: ["Forms", "Extraction", "Interview", "Store", "Exchange", grdb],
      path: "benchmarks/store", swiftSettings: settings),
    .executableTarget(
      name: "forecast-benchmark", dependencies: ["Forecast"], path: "benchmarks/forecast",
      exclude: ["series.py", "compare.py"], swiftSettings: settings),
    .executableTarget(
      name: "population",
      dependencies: ["Extraction", "Forecast", "Forms", "Interview", "Store", "TestSupport"],
      path: "benchmarks/analytics", exclude: ["engines.py", "scale"], swiftSettings: settings),
    .executableTarget(
      name: "number-benchmark", dependencies: ["Extraction", "TestSupport"],
      path: "benchmarks/numbers", swiftSettings: settings),
    .executableTarget(
      name: "torture",
      dependencies: ["Forms", "Extraction", "Interview", "Store", "Exchange", grdb],
      path: "benchmarks/torture", exclude: ["faults.c", "powercut.py"], swiftSettings: settings),
    .executableTarget(
      name: "desk-benchmark",
      dependencies: [
        "Desk", "Extraction", "Forms", "Interview", "Messages", "Terminal", "TerminalTestSupport",
      ],
      path: "benchmarks/desk", swiftSettings: settings),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    tests("Forms", []),
    tests("Extraction", ["Forms"]),
    tests("Interview", ["Forms", "Extraction", "Tone"]),
    tests("Forecast", []),
    tests(
      "Analytics",
      ["Exchange", "Extraction", "Forecast", "Forms", "Interview", "Store", "Vault"]),
    tests("Audio", ["CSndFile"]),
    tests("Transcription", ["Audio"]),
    tests("Recognizer", ["Transcription", "Audio", "HTTP"]),
    tests("Speakers", []),
    tests("Tone", []),
    tests("Reports", []),
    tests("Vault", []),
    tests("Store", ["Interview", "Forms", "Extraction", "Vault", "torture"]),
    tests(
      "Exchange", ["HTTP", "Store", "Interview", "Forms", "Extraction", "Vault"],
      resources: [.copy("Vectors")]),
    .target(
      name: "TerminalTestSupport", dependencies: ["Terminal"], path: "Tests/TerminalTestSupport",
      swiftSettings: settings),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Terminal"], path: "Tests/TerminalProbe",
      swiftSettings: settings),
    tests("Terminal", ["TerminalTestSupport", "TerminalProbe"]),
    tests(
      "Desk",
      ["Messages", "Interview", "Forms", "Extraction", "Terminal"],
      resources: [.copy("Snapshots")]),
    .testTarget(
      name: "AcogidaTests",
      dependencies: [
        "acogida", "Extraction", "Forms", "Interview", "Recognizer", "Speakers", "Store",
        "Terminal",
        "TerminalTestSupport", "TestSupport", "Tone", "Vault",
      ],
      swiftSettings: settings, linkerSettings: libraries),
  ] + fuzzing
)

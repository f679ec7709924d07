/// One key of `[[sync.target]]`: what the reader allows, and what the manual lists.
struct TargetKey: Sendable {
  /// The kinds of servers.
  enum Server: String, CaseIterable, Sendable {
    case s3
    case openrosa
  }

  let name: String
  let kind: ConfigurationKey.Kind
  /// The values it takes, where they are few.
  let choices: [String]
  /// The servers that it is for.
  let servers: Set<Server>

  /// The catalogue key of what it means.
  var meaning: String { "configuration.sync.target." + name }

  /// Every key, in the order of the file.
  static let table: [TargetKey] = [
    both("name"), both("stage"), both("kind", choices: Server.allCases.map(\.rawValue)),
    s3("bucket"), s3("endpoint"), s3("region"), s3("prefix"), s3("profile"),
    s3("path_style", .flag), s3("formats", .list), s3("datasets", .list), s3("redact", .flag),
    openRosa("url"),
    openRosa("auth", choices: ["basic", "digest"]), openRosa("plain", .flag),
    TargetKey(name: "allow_http", kind: .flag, choices: [], servers: [.s3, .openrosa]),
  ]

  private static func both(_ name: String, choices: [String] = []) -> TargetKey {
    TargetKey(
      name: name, kind: choices.isEmpty ? .text : .choice, choices: choices,
      servers: [.s3, .openrosa])
  }

  private static func s3(_ name: String, _ kind: ConfigurationKey.Kind = .text) -> TargetKey {
    TargetKey(name: name, kind: kind, choices: [], servers: [.s3])
  }

  private static func openRosa(
    _ name: String, _ kind: ConfigurationKey.Kind = .text, choices: [String] = []
  ) -> TargetKey {
    TargetKey(
      name: name, kind: choices.isEmpty ? kind : .choice, choices: choices, servers: [.openrosa])
  }
}

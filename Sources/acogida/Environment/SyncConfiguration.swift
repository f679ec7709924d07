import Exchange
import Forms
import Foundation

/// The section `[sync]` of the configuration: where submissions are sent to, stage by stage.
struct SyncConfiguration: Hashable, Sendable {
  /// One place that submissions of one stage are sent to.
  struct Target: Hashable, Sendable {
    /// What kind of server it is.
    enum Kind: Hashable, Sendable {
      /// A bucket.
      case s3(Bucket)
      /// An OpenRosa server.
      case openRosa(OpenRosa)
    }

    /// Its name in receipts.
    let name: String
    /// The stage that sends to it.
    let stage: String
    let kind: Kind
  }

  /// A bucket and what goes into it.
  struct Bucket: Hashable, Sendable {
    let name: String
    let region: String?
    let endpoint: String?
    let prefix: String
    let isPathStyle: Bool?
    /// The profile in `~/.aws`; empty for the usual one.
    let profile: String
    let formats: [LakeFormat]
    let datasets: [LakeDatasetName]
    /// Leaves out what identifies a person.
    let isRedacted: Bool
  }

  /// What a lake consists of.
  enum LakeDatasetName: String, Sendable, CaseIterable {
    /// One row a submission.
    case submissions
    /// One row a submission and field.
    case fields
    /// Counts by day.
    case daily
  }

  /// An OpenRosa server.
  struct OpenRosa: Hashable, Sendable {
    let url: String
    /// Whether it is asked by Digest instead of Basic.
    let isDigest: Bool
    /// Whether records may go unsealed although the organisation has a key.
    let isPlain: Bool
  }

  /// The organisation's public key; empty for none.
  var organisationKey = ""
  /// URL of a proxy; empty: as the environment says.
  var proxy = ""
  /// File of trusted authorities in PEM; empty: the system's.
  var authorityFile = ""
  /// Limit for sending and receiving; 0 for none.
  var bytesPerSecond = 0
  /// The most submissions in one file of the lake.
  var batch = 500
  /// All stages' targets in the order of the file.
  var targets: [Target] = []

  /// Reads `[[sync.target]]`; the other keys of the section are in ``ConfigurationKey/table``.
  mutating func readTargets(_ section: TOMLNode) throws(DefinitionError) {
    let reader = TargetReader(hasKey: !organisationKey.isEmpty)
    for node in try section.tables("target", header: "[[sync.target]]") {
      let target = try reader.target(node)
      try refuseClash(target, node)
      targets.append(target)
    }
  }

  /// Refuses a name used twice in a stage, and a place used by two stages: what is tried out must never reach production.
  private func refuseClash(_ target: Target, _ node: TOMLNode) throws(DefinitionError) {
    for other in targets {
      if other.stage == target.stage, other.name == target.name {
        throw node.error("name", .duplicate(target.name))
      }
      guard other.stage != target.stage else { continue }
      switch (other.kind, target.kind) {
      case (.s3(let a), .s3(let b))
      where a.name == b.name && a.endpoint == b.endpoint && a.prefix == b.prefix:
        throw shared(node, "bucket", b.name)
      case (.openRosa(let a), .openRosa(let b)) where a.url == b.url:
        throw shared(node, "url", OpenRosaTarget.withoutToken(b.url))
      default: break
      }
    }
  }

  private func shared(_ node: TOMLNode, _ key: String, _ value: String) -> DefinitionError {
    node.error(key, .particular("sharedBetweenStages", name: key, value: value))
  }

  /// Lower-case letters, digits, hyphens and underscores, 1 to 32: safe in a path, and no place for a person's name.
  static func isCode(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95
      }
  }
}

/// Reads `[[sync.target]]`.
private struct TargetReader {
  let hasKey: Bool

  func target(_ node: TOMLNode) throws(DefinitionError) -> SyncConfiguration.Target {
    let kind = try node.string("kind")
    let stage = try node.string("stage")
    guard Configuration.isStageName(stage) else { throw node.error("stage", .badName(stage)) }
    let name = try node.name("name")
    guard let kind = TargetKey.Server(rawValue: kind) else {
      throw node.error("kind", .unknownValue("kind", kind))
    }
    try node.allow(Set(TargetKey.table.filter { $0.servers.contains(kind) }.map(\.name)))
    return SyncConfiguration.Target(
      name: name, stage: stage,
      kind: kind == .s3 ? .s3(try bucket(node)) : .openRosa(try openRosa(node)))
  }

  private func bucket(_ node: TOMLNode) throws(DefinitionError) -> SyncConfiguration.Bucket {
    var formats: [LakeFormat] = []
    for text in try node.texts("formats") ?? ["jsonl", "csv"] {
      guard let format = LakeFormat(rawValue: text) else {
        throw node.error("formats", .unknownValue("formats", text))
      }
      if !formats.contains(format) { formats.append(format) }
    }
    var datasets: [SyncConfiguration.LakeDatasetName] = []
    for text in try node.texts("datasets")
      ?? SyncConfiguration.LakeDatasetName.allCases.map(\.rawValue)
    {
      guard let dataset = SyncConfiguration.LakeDatasetName(rawValue: text) else {
        throw node.error("datasets", .unknownValue("datasets", text))
      }
      if !datasets.contains(dataset) { datasets.append(dataset) }
    }
    return SyncConfiguration.Bucket(
      name: try node.string("bucket"), region: try node.optionalString("region"),
      endpoint: try address(node, "endpoint"), prefix: try node.optionalString("prefix") ?? "",
      isPathStyle: try node.optionalFlag("path_style"),
      profile: try node.optionalString("profile") ?? "", formats: formats, datasets: datasets,
      isRedacted: try node.flag("redact"))
  }

  private func openRosa(
    _ node: TOMLNode
  ) throws(DefinitionError) -> SyncConfiguration.OpenRosa {
    let isPlain = try node.flag("plain")
    guard isPlain || !hasKey else {
      throw node.error("kind", .particular("needsPlain", name: "plain", value: ""))
    }
    let auth = try node.optionalString("auth") ?? "basic"
    guard auth == "basic" || auth == "digest" else {
      throw node.error("auth", .unknownValue("auth", auth))
    }
    guard let url = try address(node, "url") else {
      throw DefinitionError(line: node.line, problem: .missing("url"))
    }
    return SyncConfiguration.OpenRosa(url: url, isDigest: auth == "digest", isPlain: isPlain)
  }

  /// An address; without encryption only on this machine, or where the file says that it may be.
  private func address(_ node: TOMLNode, _ key: String) throws(DefinitionError) -> String? {
    guard let text = try node.optionalString(key) else { return nil }
    guard SyncAddress.isUsable(text) else { throw node.error(key, .unknownValue(key, text)) }
    let isAllowed = try node.flag("allow_http")
    guard isAllowed || SyncAddress.isPrivate(text) else {
      throw node.error(
        key,
        .particular(
          "insecureAddress", name: key, value: OpenRosaTarget.withoutToken(text)))
    }
    return text
  }
}

/// Judges addresses of servers.
enum SyncAddress {
  /// Whether it is an absolute address of the web.
  static func isUsable(_ text: String) -> Bool {
    guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else {
      return false
    }
    return parts.scheme == "https" || parts.scheme == "http"
  }

  /// Whether nobody on the way can read along.
  static func isPrivate(_ text: String) -> Bool {
    guard let parts = URLComponents(string: text) else { return false }
    return parts.scheme == "https"
      || ["localhost", "127.0.0.1", "::1", "[::1]"].contains(parts.host ?? "")
  }
}

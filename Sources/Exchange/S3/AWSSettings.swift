import Foundation

/// Credentials, region and endpoint from where AWS's own tools take them; nothing of it is stored.
///
/// Order: the environment (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`), then the profile in
/// `~/.aws/credentials` and `~/.aws/config` (AWS, "Configuration and credential file settings"). A profile that is
/// asked for by name goes before the environment's keys, as with AWS's own tools.
public struct AWSSettings: Sendable {
  private let environment: [String: String]
  private let profile: String
  private let isProfileNamed: Bool
  private let credentialsFile: [String: [String: String]]
  private let configurationFile: [String: [String: String]]

  /// Reads the files that are there.
  ///
  /// - Parameters:
  ///   - profile: a profile's name; empty: `AWS_PROFILE`, else `default`.
  ///   - read: gives a file's text, nil when it is missing.
  public init(
    environment: [String: String], profile: String = "",
    read: (String) -> String? = { try? String(contentsOfFile: $0, encoding: .utf8) }
  ) {
    self.environment = environment.filter { !$0.value.isEmpty }
    isProfileNamed = !profile.isEmpty
    self.profile = isProfileNamed ? profile : self.environment["AWS_PROFILE"] ?? "default"
    let folder = (environment["HOME"] ?? "") + "/.aws/"
    credentialsFile = Self.sections(
      read(self.environment["AWS_SHARED_CREDENTIALS_FILE"] ?? folder + "credentials") ?? "")
    configurationFile = Self.sections(
      read(self.environment["AWS_CONFIG_FILE"] ?? folder + "config") ?? "")
  }

  /// The credentials; nil when there are none.
  public var credentials: AWSCredentials? {
    let fromEnvironment = Self.credentials {
      environment["AWS_\($0.uppercased().replacingOccurrences(of: "AWS_", with: ""))"]
    }
    let inFile = credentialsFile[profile] ?? [:]
    let fromFiles =
      Self.credentials { inFile[$0] } ?? Self.credentials { configurationSection[$0] }
    return isProfileNamed ? fromFiles : fromEnvironment ?? fromFiles
  }

  /// The region; nil when nothing says it.
  public var region: String? {
    environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"]
      ?? configurationSection["region"]
  }

  /// The endpoint of S3; nil for AWS's own.
  public var endpoint: String? {
    environment["AWS_ENDPOINT_URL_S3"] ?? environment["AWS_ENDPOINT_URL"]
      ?? configurationSection["endpoint_url"]
  }

  /// The file of trusted authorities; nil for the system's.
  public var authorityFile: String? {
    environment["AWS_CA_BUNDLE"] ?? configurationSection["ca_bundle"]
  }

  private var configurationSection: [String: String] {
    configurationFile[profile == "default" ? "default" : "profile \(profile)"] ?? [:]
  }

  private static func credentials(_ value: (String) -> String?) -> AWSCredentials? {
    guard let key = value("aws_access_key_id"), let secret = value("aws_secret_access_key")
    else { return nil }
    return AWSCredentials(
      accessKey: key, secretKey: secret, sessionToken: value("aws_session_token"))
  }

  /// The sections of an INI file as AWS writes them; nested settings (indented) are passed over.
  static func sections(_ text: String) -> [String: [String: String]] {
    var sections: [String: [String: String]] = [:]
    var name: String?
    for line in text.split(whereSeparator: \.isNewline) {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.hasPrefix("#") || trimmed.hasPrefix(";") || line.first?.isWhitespace == true {
        continue
      }
      if trimmed.hasPrefix("["), let end = trimmed.firstIndex(of: "]") {
        name = trimmed[trimmed.index(after: trimmed.startIndex)..<end]
          .split(whereSeparator: \.isWhitespace).joined(separator: " ")
      } else if let name, let equals = trimmed.firstIndex(of: "=") {
        let key = trimmed[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
        let value = trimmed[trimmed.index(after: equals)...].trimmingCharacters(in: .whitespaces)
        sections[name, default: [:]][key] = value
      }
    }
    return sections
  }
}

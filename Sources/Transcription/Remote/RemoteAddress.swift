import Foundation

/// Where a server is, and which protocol it speaks.
public enum RemoteAddress: Hashable, Sendable, Codable {
  /// Wyoming events over TCP.
  case wyoming(host: String, port: Int)
  /// An OpenAI-compatible transcription endpoint; its whole URL.
  case endpoint(url: String)

  /// The port of Wyoming recognisers.
  public static let wyomingPort = 10_300
  private static let path = "/audio/transcriptions"

  /// Reads `tcp://host[:port]`, `https://host[/v1[/audio/transcriptions]]` or the same with `http`; nil for anything
  /// else, and for an address with a user or a key in it, which would be stored.
  public init?(_ text: String) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let named = parts.host, !named.isEmpty, parts.user == nil, parts.password == nil,
      parts.query == nil, parts.fragment == nil, (1...65_535).contains(parts.port ?? 1)
    else { return nil }
    let host = named.trimmingCharacters(in: ["[", "]"])
    switch scheme {
    case "tcp":
      guard ["", "/"].contains(parts.path) else { return nil }
      self = .wyoming(host: host, port: parts.port ?? RemoteAddress.wyomingPort)
    case "http", "https":
      self = .endpoint(url: RemoteAddress.completing(parts))
    default: return nil
    }
  }

  private static func completing(_ parts: URLComponents) -> String {
    var whole = parts
    while whole.path.hasSuffix("/") { whole.path.removeLast() }
    if whole.path.isEmpty { whole.path = "/v1" }
    if whole.path.hasSuffix("/v1") { whole.path += path }
    return whole.string ?? ""
  }

  /// The address as text.
  public var text: String {
    switch self {
    case .wyoming(let host, let port):
      host.contains(":") ? "tcp://[\(host)]:\(port)" : "tcp://\(host):\(port)"
    case .endpoint(let url): url
    }
  }

  /// Where an endpoint lists its models; nil where its URL does not tell.
  public var modelsURL: String? {
    guard case .endpoint(let url) = self, url.hasSuffix(RemoteAddress.path) else { return nil }
    return url.dropLast(RemoteAddress.path.count) + "/models"
  }

  /// Whether what is sent there is encrypted.
  public var isEncrypted: Bool {
    if case .endpoint(let url) = self { url.lowercased().hasPrefix("https:") } else { false }
  }

  /// Whether it is on this machine, so that nothing passes a network.
  public var isThisMachine: Bool {
    switch self {
    case .wyoming(let host, _): RemoteAddress.isLoopback(host)
    case .endpoint(let url):
      RemoteAddress.isLoopback(
        URLComponents(string: url)?.host?.trimmingCharacters(in: ["[", "]"]) ?? "")
    }
  }

  /// Whether a host is this machine: `localhost`, 127.0.0.0/8 (RFC 1122) or ::1.
  public static func isLoopback(_ host: String) -> Bool {
    if host.lowercased() == "localhost" { return true }
    var four = in_addr()
    if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
    var six = in6_addr()
    guard inet_pton(AF_INET6, host, &six) == 1 else { return false }
    return withUnsafeBytes(of: six) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
  }
}

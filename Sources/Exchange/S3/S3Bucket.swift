/// Where a bucket is.
public struct S3Bucket: Hashable, Sendable {
  /// `https://s3.example.org`, without a path.
  public let endpoint: String
  /// The bucket's name.
  public let name: String
  /// The region that signatures name.
  public let region: String
  /// What stands before all keys; empty, or text without a slash at its ends.
  public let prefix: String
  /// Whether the bucket's name stands in the path and not before the host.
  public let isPathStyle: Bool

  /// Makes a bucket's address.
  ///
  /// - Parameter isPathStyle: nil: in the path except at AWS.
  public init(
    name: String, region: String, endpoint: String? = nil, prefix: String = "",
    isPathStyle: Bool? = nil
  ) {
    self.name = name
    self.region = region
    var base = endpoint ?? "https://s3.\(region).amazonaws.com"
    while base.hasSuffix("/") { base.removeLast() }
    self.endpoint = base
    self.prefix = prefix.split(separator: "/").joined(separator: "/")
    self.isPathStyle = isPathStyle ?? (endpoint != nil && !base.hasSuffix(".amazonaws.com"))
  }

  /// The scheme and host, the host with its port.
  private var parts: (scheme: Substring, host: Substring) {
    let scheme = endpoint.prefix { $0 != ":" }
    return (scheme, endpoint.dropFirst(scheme.count + 3))
  }

  /// The value of the header `Host`.
  var host: String {
    // A default port is not sent, and so not signed.
    var host = String(parts.host)
    let isDefault = parts.scheme == "https" ? host.hasSuffix(":443") : host.hasSuffix(":80")
    if isDefault { host.removeLast(parts.scheme == "https" ? 4 : 3) }
    return isPathStyle ? host : "\(name).\(host)"
  }

  /// The path of a key, percent-encoded.
  func path(_ key: String) -> String {
    let whole = prefix.isEmpty ? key : "\(prefix)/\(key)"
    return (isPathStyle ? "/\(name)/" : "/") + URIEncoding.encode(whole, keeping: "/")
  }

  /// The URL of a path.
  func url(_ path: String) -> String {
    isPathStyle ? endpoint + path : "\(parts.scheme)://\(name).\(parts.host)\(path)"
  }

  /// Where an object is, for people.
  public func place(_ key: String) -> String {
    "s3://\(name)/" + (prefix.isEmpty ? key : "\(prefix)/\(key)") + " (\(endpoint))"
  }
}

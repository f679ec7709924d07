import Foundation
import HTTP
import Vault

/// What signs a request.
public struct AWSCredentials: Hashable, Sendable {
  /// The access key's identifier.
  public let accessKey: String
  /// The secret.
  public let secretKey: String
  /// The token of a session; nil for a lasting key.
  public let sessionToken: String?

  /// Makes credentials.
  public init(accessKey: String, secretKey: String, sessionToken: String? = nil) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
  }
}

/// AWS Signature Version 4 (AWS, "Signature Version 4 signing process").
///
/// Paths are taken as they are unless `normalizesPath`: S3 alone leaves them so.
public struct SignatureV4: Hashable, Sendable {
  private static let algorithm = "AWS4-HMAC-SHA256"

  let credentials: AWSCredentials
  let region: String
  let service: String
  /// Whether dot segments and repeated slashes are taken out, as every service but S3 wants it.
  var normalizesPath = false
  /// Whether the session token is added after signing instead of being signed.
  var signsToken = true

  /// What is signed.
  struct Request: Hashable, Sendable {
    var method: String
    /// The path, percent-encoded or not.
    var path: String
    /// The query as sent, without the question mark.
    var query = ""
    var headers: [HTTPHeader]
    /// SHA-256 of the body in hexadecimal, or `UNSIGNED-PAYLOAD`.
    var payloadHash: String
  }

  /// A signature with the steps that led to it.
  struct Signed: Hashable, Sendable {
    let canonicalRequest: String
    let stringToSign: String
    let signature: String
    let signedHeaders: String
    let scope: String
  }

  /// Makes a signer for a service in a region.
  public init(credentials: AWSCredentials, region: String, service: String) {
    self.credentials = credentials
    self.region = region
    self.service = service
  }

  /// The value of the header `Authorization`; the headers must have `host` and `x-amz-date`.
  func authorization(_ request: Request, timestamp: String) -> String {
    let signed = sign(request, timestamp: timestamp)
    return "\(Self.algorithm) Credential=\(credentials.accessKey)/\(signed.scope), "
      + "SignedHeaders=\(signed.signedHeaders), Signature=\(signed.signature)"
  }

  /// Signs a request.
  ///
  /// - Parameter timestamp: `20150830T123600Z`.
  func sign(_ request: Request, timestamp: String) -> Signed {
    let day = String(timestamp.prefix(8))
    let scope = "\(day)/\(region)/\(service)/aws4_request"
    let headers = Self.canonicalHeaders(request.headers)
    let names = headers.map(\.name).joined(separator: ";")
    let canonical =
      "\(request.method)\n\(canonicalPath(request.path))\n\(Self.canonicalQuery(request.query))\n"
      + headers.map { "\($0.name):\($0.value)\n" }.joined()
      + "\n\(names)\n\(request.payloadHash)"
    let hash = Digest.hexadecimal(Digest.sha256(Array(canonical.utf8)))
    let text = "\(Self.algorithm)\n\(timestamp)\n\(scope)\n\(hash)"
    let key = [day, region, service, "aws4_request"].reduce(
      Array("AWS4\(credentials.secretKey)".utf8)
    ) { Digest.hmacSHA256(Array($1.utf8), key: $0) }
    return Signed(
      canonicalRequest: canonical, stringToSign: text,
      signature: Digest.hexadecimal(Digest.hmacSHA256(Array(text.utf8), key: key)),
      signedHeaders: names, scope: scope)
  }

  /// The query of a presigned URL, with its signature; `request.headers` are those that the caller will send.
  func presignedQuery(_ request: Request, timestamp: String, seconds: Int) -> (
    query: String, signed: Signed
  ) {
    let day = timestamp.prefix(8)
    let scope = "\(day)/\(region)/\(service)/aws4_request"
    let names = Self.canonicalHeaders(request.headers).map(\.name).joined(separator: ";")
    var items = [
      ("X-Amz-Algorithm", Self.algorithm),
      ("X-Amz-Credential", "\(credentials.accessKey)/\(scope)"), ("X-Amz-Date", timestamp),
      ("X-Amz-SignedHeaders", names), ("X-Amz-Expires", String(seconds)),
    ]
    let token = credentials.sessionToken.map { [("X-Amz-Security-Token", $0)] } ?? []
    if signsToken { items += token }
    var request = request
    request.query = Self.joined(request.query, items)
    let signed = sign(request, timestamp: timestamp)
    let rest = (signsToken ? [] : token) + [("X-Amz-Signature", signed.signature)]
    return (Self.joined(request.query, rest), signed)
  }

  private static func joined(_ query: String, _ items: [(String, String)]) -> String {
    let added = items.map { "\($0.0)=\(URIEncoding.encode($0.1))" }.joined(separator: "&")
    return query.isEmpty ? added : query + "&" + added
  }

  private func canonicalPath(_ path: String) -> String {
    let path = path.isEmpty ? "/" : path
    return URIEncoding.reencode(normalizesPath ? Self.normalized(path) : path, keeping: "/")
  }

  /// RFC 3986, 5.2.4, and no empty segments.
  private static func normalized(_ path: String) -> String {
    var kept: [Substring] = []
    for segment in path.split(separator: "/") where segment != "." {
      if segment == ".." { _ = kept.popLast() } else { kept.append(segment) }
    }
    let ends = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
    return kept.isEmpty ? "/" : "/" + kept.joined(separator: "/") + (ends ? "/" : "")
  }

  /// Names in lower case and sorted, values of the same name joined, runs of space made one.
  private static func canonicalHeaders(_ headers: [HTTPHeader]) -> [HTTPHeader] {
    var values: [String: [String]] = [:]
    for header in headers {
      let words = header.value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      values[header.name.lowercased(), default: []].append(words)
    }
    return values.keys.sorted().map {
      HTTPHeader($0, (values[$0] ?? []).joined(separator: ","))
    }
  }

  /// Keys and values encoded again, sorted by their bytes.
  private static func canonicalQuery(_ query: String) -> String {
    let pairs = query.split(separator: "&").map { item -> (name: String, value: String) in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        URIEncoding.reencode(String(parts[0])),
        parts.count > 1 ? URIEncoding.reencode(String(parts[1])) : ""
      )
    }
    return pairs.sorted { $0.name == $1.name ? $0.value < $1.value : $0.name < $1.name }
      .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
  }
}

/// Percent-encoding as AWS wants it: all but letters, digits and `-._~`, in capitals.
enum URIEncoding {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Encodes a text.
  static func encode(_ text: String, keeping kept: String = "") -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      if isUnreserved(byte) || kept.utf8.contains(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Encodes a text that may be encoded already.
  static func reencode(_ text: String, keeping kept: String = "") -> String {
    encode(text.removingPercentEncoding ?? text, keeping: kept)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}

import CCurl
import Foundation
import Synchronization

/// What holds for all requests to a target.
public struct HTTPSettings: Hashable, Sendable {
  /// URL of a proxy; nil: as the environment says (`https_proxy`, `no_proxy`).
  public var proxy: String?
  /// File of trusted authorities in PEM; nil: the system's.
  public var authorityFile: String?
  /// Limit for sending and for receiving; 0 for none.
  public var bytesPerSecond: Int
  /// How long a connection may take.
  public var connectTimeout: Duration
  /// How long nothing may come.
  public var stallTimeout: Duration

  /// Makes settings.
  public init(
    proxy: String? = nil, authorityFile: String? = nil, bytesPerSecond: Int = 0,
    connectTimeout: Duration = .seconds(15), stallTimeout: Duration = .seconds(60)
  ) {
    self.proxy = proxy
    self.authorityFile = authorityFile
    self.bytesPerSecond = bytesPerSecond
    self.connectTimeout = connectTimeout
    self.stallTimeout = stallTimeout
  }
}

/// HTTP over libcurl, which is loaded when the first request is sent.
///
/// Sendable without a check because the client behind the pointer is used by one thread at a time, under `lock`;
/// only the cancel flag, an atomic, is touched beside it, and the pointer never changes after `init`.
public final class CurlTransport: HTTPTransport, @unchecked Sendable {
  private let client: OpaquePointer?
  private let lock = NSLock()

  /// Prepares a client; nothing is sent.
  public init(_ settings: HTTPSettings = .init(), userAgent: String) {
    client = withOptionalCString(settings.proxy) { proxy in
      withOptionalCString(settings.authorityFile) { authorities in
        userAgent.withCString { agent in
          var values = acogida_http_settings()
          values.proxy = proxy
          values.ca_file = authorities
          values.user_agent = agent
          values.bytes_per_second = Int64(settings.bytesPerSecond)
          values.connect_timeout_ms = Int(settings.connectTimeout / .milliseconds(1))
          values.stall_timeout_s = max(1, Int(settings.stallTimeout / .seconds(1)))
          return acogida_http_open(&values)
        }
      }
    }
  }

  deinit { acogida_http_close(client) }

  /// Ends the running request and all later ones with ``HTTPFailure/cancelled``.
  public func cancel() {
    if let client { acogida_http_cancel(client) }
  }

  /// Sends a request once.
  public func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
    guard let client else { throw .libraryMissing }
    lock.lock()
    defer { lock.unlock() }
    var response = acogida_http_response()
    defer { acogida_http_free(&response) }
    perform(request, client, &response)
    if response.code != 0 { throw Self.failure(response.code) }
    return HTTPResponse(
      status: Int(response.status), headers: Self.headers(response),
      body: Array(UnsafeBufferPointer(start: response.body, count: response.body_length)))
  }

  private func perform(
    _ request: HTTPRequest, _ client: OpaquePointer, _ response: inout acogida_http_response
  ) {
    var lines = request.headers.map { strdup("\($0.name): \($0.value)") }
    // Without it a large body waits for a "100 Continue" that small servers never send.
    lines.append(strdup("Expect:"))
    defer { for line in lines { free(line) } }
    let pointers = lines.map { UnsafePointer($0) }
    request.body.withUnsafeBufferPointer { body in
      pointers.withUnsafeBufferPointer { headers in
        withOptionalCString(request.login?.user) { user in
          withOptionalCString(request.login?.password) { password in
            request.method.withCString { method in
              request.url.withCString { url in
                var values = acogida_http_request()
                values.method = method
                values.url = url
                values.headers = headers.baseAddress
                values.header_count = headers.count
                values.body = body.isEmpty ? nil : body.baseAddress
                values.body_length = body.count
                values.user = user
                values.password = password
                values.digest = request.login?.isDigest == true ? 1 : 0
                values.response_limit = request.responseLimit
                acogida_http_send(client, &values, &response)
              }
            }
          }
        }
      }
    }
  }

  private static func failure(_ code: Int32) -> HTTPFailure {
    switch code {
    case acogida_http_cannot_resolve: .unknownHost
    case acogida_http_bad_proxy: .unknownProxy
    case acogida_http_cannot_connect: .unreachable
    case acogida_http_timed_out: .timedOut
    case acogida_http_untrusted: .untrusted
    case acogida_http_bad_authority_file: .authorityFile
    case acogida_http_cancelled: .cancelled
    default: .broken(code: code)
    }
  }

  private static func headers(_ response: acogida_http_response) -> [String: String] {
    let raw = UnsafeRawBufferPointer(start: response.headers, count: response.headers_length)
    var headers: [String: String] = [:]
    for line in String(decoding: raw, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = line[..<colon].lowercased()
      headers[name] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    return headers
  }
}

/// The text as C has it, or a null pointer.
private func withOptionalCString<Result>(
  _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let text else { return body(nil) }
  return text.withCString { body($0) }
}

/// A header of a request; the order is kept.
public struct HTTPHeader: Hashable, Sendable {
  /// The name as written.
  public let name: String
  /// The value.
  public let value: String

  /// Makes a header.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A user's name and password, for Basic and Digest.
public struct HTTPLogin: Hashable, Sendable {
  /// The user's name.
  public let user: String
  /// The password.
  public let password: String
  /// Digest (RFC 7616), which waits to be asked, instead of Basic, which tells at once.
  public let isDigest: Bool

  /// Makes a login.
  public init(user: String, password: String, isDigest: Bool = false) {
    self.user = user
    self.password = password
    self.isDigest = isDigest
  }
}

/// A request with its whole body.
public struct HTTPRequest: Hashable, Sendable {
  /// `GET`, `HEAD`, `PUT`, `POST`.
  public var method: String
  /// The absolute URL, encoded.
  public var url: String
  /// Headers besides `Host` and `Content-Length`.
  public var headers: [HTTPHeader]
  /// The body.
  public var body: [UInt8]
  /// The most bytes that the answer's body may have.
  public var responseLimit: Int
  /// Who asks, for Basic and Digest; nil for nobody or a signature in the headers.
  public var login: HTTPLogin?

  /// Makes a request.
  public init(
    _ method: String, _ url: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
    responseLimit: Int = 1 << 20, login: HTTPLogin? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.responseLimit = responseLimit
    self.login = login
  }
}

/// An answer with its whole body.
public struct HTTPResponse: Hashable, Sendable {
  /// The status code.
  public let status: Int
  /// Headers by lower-case name; of repeated ones the last.
  public let headers: [String: String]
  /// The body.
  public let body: [UInt8]

  /// Makes an answer.
  public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// Why there was no answer.
public enum HTTPFailure: Error, Hashable, Sendable {
  /// The machine has no libcurl.
  case libraryMissing
  /// The server's name is not known; perhaps there is no network.
  case unknownHost
  /// The proxy's name is not known.
  case unknownProxy
  /// Nobody listens there.
  case unreachable
  /// Nothing came for too long.
  case timedOut
  /// The server's certificate is not signed by a trusted authority, or is another server's.
  case untrusted
  /// The file of trusted authorities can't be read.
  case authorityFile
  /// The person stopped it.
  case cancelled
  /// The connection broke, or what came is no answer; libcurl's code.
  case broken(code: Int32)

  /// Whether the same request may succeed later without anybody doing anything.
  public var isTransient: Bool {
    switch self {
    case .unknownHost, .unknownProxy, .unreachable, .timedOut, .broken: true
    case .libraryMissing, .untrusted, .authorityFile, .cancelled: false
    }
  }
}

/// What sends requests: libcurl, or what a test puts in its place. Blocks until the answer is there.
public protocol HTTPTransport: Sendable {
  /// Sends a request once, without following redirects and without trying again.
  ///
  /// - Throws: ``HTTPFailure``.
  func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse
}

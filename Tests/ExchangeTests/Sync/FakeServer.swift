import Foundation
import HTTP
import Synchronization
import Vault

@testable import Exchange

/// A bucket in memory that answers as S3 does, and whatever a test makes it answer before.
final class FakeServer: HTTPTransport {
  struct State {
    var objects: [String: [UInt8]] = [:]
    var requests: [HTTPRequest] = []
    /// Answers given, in order, before the bucket's own; nil lets one through.
    var script: [Result<HTTPResponse, HTTPFailure>?] = []
    var isConditional = true
    /// Whether the `ETag` is the MD5; false as for objects encrypted by the server.
    var tagsByMD5 = true
    var puts = 0
  }

  let state = Mutex(State())

  func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
    let result = state.withLock { state -> Result<HTTPResponse, HTTPFailure> in
      state.requests.append(request)
      if !state.script.isEmpty, let scripted = state.script.removeFirst() { return scripted }
      return .success(Self.answer(request, &state))
    }
    return try result.get()
  }

  private static func answer(_ request: HTTPRequest, _ state: inout State) -> HTTPResponse {
    let object = state.objects[request.url]
    switch request.method {
    case "PUT":
      if request.headers.contains(HTTPHeader("If-None-Match", "*")) {
        if !state.isConditional { return error(501, "NotImplemented") }
        if object != nil { return error(412, "PreconditionFailed") }
      }
      state.objects[request.url] = request.body
      state.puts += 1
      return HTTPResponse(status: 200)
    default:
      guard let object else { return HTTPResponse(status: 404) }
      let tag = state.tagsByMD5 ? Digest.hexadecimal(MD5.digest(object)) : "0123-1"
      return HTTPResponse(
        status: 200, headers: ["etag": "\"\(tag)\"", "content-length": String(object.count)],
        body: request.method == "HEAD" ? [] : object)
    }
  }

  static func error(
    _ status: Int, _ code: String, headers: [String: String] = [:]
  ) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: headers,
      body: Array("<?xml version=\"1.0\"?><Error><Code>\(code)</Code></Error>".utf8))
  }

  var objects: [String: [UInt8]] { state.withLock { $0.objects } }
  var requests: [HTTPRequest] { state.withLock { $0.requests } }
  var puts: Int { state.withLock { $0.puts } }

  func script(_ answers: Result<HTTPResponse, HTTPFailure>?...) {
    state.withLock { $0.script = answers }
  }
}

import HTTP
import Store

/// A place that submissions are sent to.
public protocol SyncTarget: Sendable {
  /// Makes sure, before anything leaves the machine, that the server is the right one and lets us in.
  func greet() -> SendOutcome
  /// Sends a parcel's bytes once and makes sure that they arrived; sending them again does no harm.
  func deliver(_ parcel: Parcel, _ payload: [UInt8]) -> SendOutcome
  /// Looks whether a parcel whose bytes are gone had arrived.
  func find(_ parcel: Parcel) -> SendOutcome
  /// Where a parcel of that name is at the target, for people; without secrets.
  func place(of name: String) -> String
}

/// What came of one attempt.
public enum SendOutcome: Hashable, Sendable {
  /// The bytes are there, and are the same; the status code that said so.
  case there(status: Int)
  /// The bytes are not there; the answer to ``SyncTarget/find(_:)`` only.
  case absent
  /// Nothing is known, or the server was busy: the same may succeed later, not before the given time.
  case again(SyncProblem, after: Duration?)
  /// The server will not have this one; others may pass.
  case refused(SyncProblem)
  /// Nothing more will pass until somebody does something.
  case stop(SyncProblem)
}

/// Why something was not sent; texts for people are made at the edge.
public struct SyncProblem: Error, Hashable, Sendable {
  /// The kind of problem.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// No answer: no network, no server, or a connection that broke.
    case unreachable
    /// The server's certificate is not trusted.
    case untrusted
    /// The file of trusted authorities can't be read.
    case authorityFile
    /// libcurl is not installed.
    case libraryMissing
    /// The server had an error or too much to do.
    case busy
    /// The bytes were damaged on the way.
    case corrupted
    /// What answers is not the server that was asked for: a login page of a network, for example.
    case notTheServer
    /// Who asks is not known, or the secret is wrong.
    case unauthorised
    /// Who asks may not do this.
    case forbidden
    /// The session's credentials have run out.
    case expired
    /// This machine's clock is wrong.
    case clock
    /// There is no more room, or the contract has ended.
    case quota
    /// The bucket, or the form, is not there.
    case missing
    /// The bucket is in another region.
    case region
    /// Something else is there under the same name.
    case differs
    /// The server does not accept these bytes.
    case rejected
    /// The person stopped it.
    case cancelled
  }

  /// The kind.
  public let kind: Kind
  /// The server's status code; nil without an answer.
  public let status: Int?
  /// The server's own code or hint, for example `AccessDenied`; empty where there is none.
  public let detail: String

  /// Makes a problem.
  public init(_ kind: Kind, status: Int? = nil, detail: String = "") {
    self.kind = kind
    self.status = status
    self.detail = detail
  }
}

extension SendOutcome {
  /// What it means that there was no answer.
  init(_ failure: HTTPFailure) {
    self =
      switch failure {
      case .untrusted: .stop(SyncProblem(.untrusted))
      case .authorityFile: .stop(SyncProblem(.authorityFile))
      case .libraryMissing: .stop(SyncProblem(.libraryMissing))
      case .cancelled: .stop(SyncProblem(.cancelled))
      case .unknownHost: .again(SyncProblem(.unreachable, detail: "unknown host"), after: nil)
      case .unknownProxy: .again(SyncProblem(.unreachable, detail: "unknown proxy"), after: nil)
      case .unreachable: .again(SyncProblem(.unreachable, detail: "no connection"), after: nil)
      case .timedOut: .again(SyncProblem(.unreachable, detail: "timeout"), after: nil)
      case .broken(let code):
        .again(SyncProblem(.unreachable, detail: "curl \(code)"), after: nil)
      }
  }
}

extension HTTPResponse {
  /// What the header `Retry-After` says in seconds (RFC 9110, 10.2.3); dates are passed over.
  var retryAfter: Duration? {
    headers["retry-after"].flatMap { Int($0) }.map { .seconds(min(max($0, 0), 600)) }
  }
}

import HTTP
import Store
import Synchronization
import Vault

/// An OpenRosa server as target (ODK Central, KoboToolbox): one form-data POST a submission, the same bytes every time.
///
/// OpenRosa Form Submission API 1.0: 201 and 202 say that the record is kept; 200 does not.
public final class OpenRosaTarget: SyncTarget {
  private let url: String
  private let login: HTTPLogin?
  private let transport: any HTTPTransport
  private let now: @Sendable () -> Int64
  /// The most bytes that the server takes at once.
  private let limit = Atomic(Int.max)

  /// Prepares a target; nothing is sent.
  ///
  /// - Parameters:
  ///   - url: the submission URL, for example `https://central.example.org/v1/projects/1/submission`.
  ///   - now: seconds since 1970-01-01 UTC.
  public init(
    url: String, login: HTTPLogin?, transport: any HTTPTransport,
    now: @escaping @Sendable () -> Int64
  ) {
    self.url = url
    self.login = login
    self.transport = transport
    self.now = now
  }

  /// The submission URL without the token that some have in it.
  public func place(of name: String) -> String { Self.withoutToken(url) + " " + name }

  /// Asks by HEAD, so that no login page of a network gets anybody's data.
  public func greet() -> SendOutcome {
    do throws(HTTPFailure) {
      let answer = try transport.send(
        HTTPRequest("HEAD", url, headers: headers(), login: login))
      guard answer.status == 204 else {
        let outcome = Self.outcome(answer)
        if case .refused(let problem) = outcome { return .stop(problem) }
        if case .there = outcome { return .stop(SyncProblem(.notTheServer, status: answer.status)) }
        return outcome
      }
      guard answer.headers["x-openrosa-version"] != nil else {
        return .stop(SyncProblem(.notTheServer, status: answer.status))
      }
      let accepted = answer.headers["x-openrosa-accept-content-length"].flatMap { Int($0) }
      if let accepted, accepted > 0 { limit.store(accepted, ordering: .relaxed) }
      return .there(status: answer.status)
    } catch {
      return SendOutcome(error)
    }
  }

  /// Posts the record.
  public func deliver(_ parcel: Parcel, _ payload: [UInt8]) -> SendOutcome {
    // No line of the record is the boundary: it is made from the record's hash.
    let boundary = "acogida-" + Digest.hexadecimal(parcel.sha256)
    let body = Self.form(payload, boundary)
    guard body.count <= limit.load(ordering: .relaxed) else {
      return .refused(SyncProblem(.rejected, status: 413, detail: "too large"))
    }
    let type = HTTPHeader("Content-Type", "multipart/form-data; boundary=\(boundary)")
    do throws(HTTPFailure) {
      let answer = try transport.send(
        HTTPRequest("POST", url, headers: headers() + [type], body: body, login: login))
      return Self.outcome(answer)
    } catch {
      return SendOutcome(error)
    }
  }

  /// OpenRosa has no way to ask for a record: what was begun has to count as arrived.
  public func find(_ parcel: Parcel) -> SendOutcome { .there(status: 0) }

  private func headers() -> [HTTPHeader] {
    [
      HTTPHeader("X-OpenRosa-Version", "1.0"), HTTPHeader("Date", HTTPDate.http(now())),
      HTTPHeader("Accept-Language", "es, en;q=0.5"),
    ]
  }

  private static func form(_ payload: [UInt8], _ boundary: String) -> [UInt8] {
    let head = """
      --\(boundary)\r
      Content-Disposition: form-data; name="xml_submission_file"; filename="submission.xml"\r
      Content-Type: text/xml\r
      \r

      """
    return Array(head.utf8) + payload + Array("\r\n--\(boundary)--\r\n".utf8)
  }

  /// What an answer means. What needs a person is refused; what would repeat for every record stops.
  static func outcome(_ answer: HTTPResponse) -> SendOutcome {
    let problem = { (kind: SyncProblem.Kind) in SyncProblem(kind, status: answer.status) }
    switch answer.status {
    case 201, 202: return .there(status: answer.status)
    case 401: return .stop(problem(.unauthorised))
    case 402, 507: return .stop(problem(.quota))
    case 403: return .stop(problem(.forbidden))
    case 404, 405, 410: return .stop(problem(.missing))
    case 409: return .refused(problem(.differs))
    case 408, 423, 425, 429, 500...599: return .again(problem(.busy), after: answer.retryAfter)
    case 200..<400: return .stop(problem(.notTheServer))
    default: return .refused(problem(.rejected))
    }
  }

  /// ODK Central's app users have their token in the path: `/v1/key/TOKEN/projects/1/submission`.
  public static func withoutToken(_ url: String) -> String {
    var parts = url.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
    for index in parts.indices.dropFirst()
    where parts[index - 1] == "key" || parts[index - 1] == "st" {
      parts[index] = "…"
    }
    // A password in the authority part.
    if parts.count > 2, let at = parts[2].lastIndex(of: "@") {
      parts[2] = parts[2][parts[2].index(after: at)...]
    }
    return parts.joined(separator: "/")
  }
}

import Foundation
import HTTP
import Store
import Synchronization
import Vault

/// An S3-compatible bucket as target: an object is written once, never over another, and looked at after writing.
public final class S3Target: SyncTarget {
  private let bucket: S3Bucket
  private let credentials: AWSCredentials
  private let transport: any HTTPTransport
  /// Now, seconds since 1970-01-01 UTC.
  private let now: @Sendable () -> Int64
  /// Whether the server knows `If-None-Match`; found out at the first object.
  private let isConditional = Atomic(true)
  /// Seconds by which the server's clock is ahead of this machine's; set when it refuses for that.
  private let clockOffset = Atomic<Int64>(0)

  /// Prepares a target; nothing is sent.
  ///
  /// - Parameter now: seconds since 1970-01-01 UTC.
  public init(
    bucket: S3Bucket, credentials: AWSCredentials, transport: any HTTPTransport,
    now: @escaping @Sendable () -> Int64
  ) {
    self.bucket = bucket
    self.credentials = credentials
    self.transport = transport
    self.now = now
  }

  /// Nothing needs to be known beforehand: the first object tells.
  public func greet() -> SendOutcome { .there(status: 0) }

  /// `s3://bucket/key (endpoint)`.
  public func place(of name: String) -> String { bucket.place(name) }

  /// Writes the object unless it is there, and makes sure that what is there is the same.
  public func deliver(_ parcel: Parcel, _ payload: [UInt8]) -> SendOutcome {
    let md5 = MD5.digest(payload)
    do throws(HTTPFailure) {
      if !isConditional.load(ordering: .relaxed) {
        return try deliverUnconditionally(parcel, payload, md5)
      }
      let answer = try put(parcel, payload, md5, [HTTPHeader("If-None-Match", "*")])
      switch answer.status {
      // Written, or (412; 304 by older MinIO) there already: either way it is looked at.
      case 200, 201, 412, 304: return try verify(parcel, md5, after: answer.status)
      case 501:
        isConditional.store(false, ordering: .relaxed)
        return try deliverUnconditionally(parcel, payload, md5)
      default: return S3Answer.outcome(answer)
      }
    } catch {
      return SendOutcome(error)
    }
  }

  /// Looks whether the object is there and is what was sent.
  public func find(_ parcel: Parcel) -> SendOutcome {
    do throws(HTTPFailure) { return try compare(parcel, nil, after: 200) } catch {
      return SendOutcome(error)
    }
  }

  /// For servers without conditional writes: looks first. Only this machine makes objects of this name, so nothing comes between.
  private func deliverUnconditionally(
    _ parcel: Parcel, _ payload: [UInt8], _ md5: [UInt8]
  ) throws(HTTPFailure) -> SendOutcome {
    let found = try compare(parcel, md5, after: 200)
    guard found == .absent else { return found }
    let answer = try put(parcel, payload, md5, [])
    guard answer.status == 200 || answer.status == 201 else { return S3Answer.outcome(answer) }
    return try verify(parcel, md5, after: answer.status)
  }

  /// Looks at what the server said it has; an object that is not to be seen is written again.
  private func verify(
    _ parcel: Parcel, _ md5: [UInt8], after status: Int
  ) throws(HTTPFailure) -> SendOutcome {
    let found = try compare(parcel, md5, after: status)
    return found == .absent ? .again(SyncProblem(.corrupted, status: 404), after: nil) : found
  }

  /// Compares what is there with what was to be sent: by length and MD5, and where these say no, by every byte.
  private func compare(
    _ parcel: Parcel, _ md5: [UInt8]?, after status: Int
  ) throws(HTTPFailure) -> SendOutcome {
    let head = try send("HEAD", parcel.name)
    guard head.status == 200 else {
      return head.status == 404 ? .absent : S3Answer.outcome(head)
    }
    let tag = head.headers["etag"]?.trimmingCharacters(in: ["\""])
    if let md5, head.headers["content-length"] == String(parcel.size),
      tag == Digest.hexadecimal(md5)
    {
      return .there(status: status)
    }
    return try compareBytes(parcel, after: status)
  }

  /// Reads the object. Bytes that differ in the same way twice are another object; otherwise the line is bad.
  private func compareBytes(
    _ parcel: Parcel, after status: Int
  ) throws(HTTPFailure) -> SendOutcome {
    var seen: [[UInt8]] = []
    for _ in 0..<2 {
      let answer = try send("GET", parcel.name, limit: parcel.size + 1 << 16)
      guard answer.status == 200 else {
        return answer.status == 404 ? .absent : S3Answer.outcome(answer)
      }
      let sha256 = Digest.sha256(answer.body)
      if sha256 == parcel.sha256 { return .there(status: status) }
      if seen.contains(sha256) { return .refused(SyncProblem(.differs, status: status)) }
      seen.append(sha256)
    }
    return .again(SyncProblem(.corrupted, status: 200), after: nil)
  }

  private func put(
    _ parcel: Parcel, _ payload: [UInt8], _ md5: [UInt8], _ more: [HTTPHeader]
  ) throws(HTTPFailure) -> HTTPResponse {
    try send(
      "PUT", parcel.name,
      headers: [
        HTTPHeader("Content-MD5", Data(md5).base64EncodedString()),
        HTTPHeader("Content-Type", LakeKey.mediaType(parcel.name)),
      ] + more, body: payload)
  }

  private func send(
    _ method: String, _ key: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
    limit: Int = 1 << 20
  ) throws(HTTPFailure) -> HTTPResponse {
    let answer = try sendOnce(method, key, headers, body, limit)
    // A laptop's clock may be wrong; the server's own time signs the request as well.
    guard answer.status == 403, S3Answer.code(answer) == "RequestTimeTooSkewed",
      let date = answer.headers["date"].flatMap(HTTPDate.seconds)
    else { return answer }
    clockOffset.store(date - now(), ordering: .relaxed)
    return try sendOnce(method, key, headers, body, limit)
  }

  private func sendOnce(
    _ method: String, _ key: String, _ headers: [HTTPHeader], _ body: [UInt8], _ limit: Int
  ) throws(HTTPFailure) -> HTTPResponse {
    let path = bucket.path(key)
    let stamp = HTTPDate.compact(now() + clockOffset.load(ordering: .relaxed))
    let hash = Digest.hexadecimal(Digest.sha256(body))
    var headers =
      headers + [
        HTTPHeader("x-amz-content-sha256", hash), HTTPHeader("x-amz-date", stamp),
      ]
    if let token = credentials.sessionToken {
      headers.append(HTTPHeader("x-amz-security-token", token))
    }
    let signer = SignatureV4(credentials: credentials, region: bucket.region, service: "s3")
    let signature = signer.authorization(
      SignatureV4.Request(
        method: method, path: path, headers: headers + [HTTPHeader("host", bucket.host)],
        payloadHash: hash),
      timestamp: stamp)
    headers.append(HTTPHeader("Authorization", signature))
    return try transport.send(
      HTTPRequest(
        method, bucket.url(path), headers: headers, body: body, responseLimit: limit))
  }
}

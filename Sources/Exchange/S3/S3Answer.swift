import Foundation
import HTTP

/// What the answers of an S3-compatible server mean for the outbox.
enum S3Answer {
  /// Codes that say the same whatever the status.
  private static let kinds: [String: SyncProblem.Kind] = [
    "ExpiredToken": .expired, "TokenRefreshRequired": .expired, "InvalidToken": .unauthorised,
    "InvalidAccessKeyId": .unauthorised, "SignatureDoesNotMatch": .unauthorised,
    "AuthFailure": .unauthorised, "InvalidSecurity": .unauthorised,
    "AuthorizationHeaderMalformed": .region, "RequestTimeTooSkewed": .clock,
    "AccessDenied": .forbidden, "AllAccessDisabled": .forbidden, "AccountProblem": .quota,
    "QuotaExceeded": .quota, "XMinioAdminBucketQuotaExceeded": .quota,
    "XMinioStorageFull": .quota, "StorageFull": .quota, "NotSignedUp": .quota,
    "InsufficientStorage": .quota, "NoSuchBucket": .missing, "InvalidBucketName": .missing,
    "PermanentRedirect": .region, "TemporaryRedirect": .region,
  ]

  /// Codes of bytes that were damaged on the way.
  private static let damage: Set<String> = [
    "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "IncompleteBody",
    "RequestTimeout", "ContentSHA256Mismatch",
  ]

  /// The meaning of an answer that is no success.
  static func outcome(_ answer: HTTPResponse) -> SendOutcome {
    let code = code(answer) ?? ""
    let problem = { (kind: SyncProblem.Kind) in
      SyncProblem(kind, status: answer.status, detail: code)
    }
    if damage.contains(code) { return .again(problem(.corrupted), after: nil) }
    if let kind = kinds[code], answer.status < 500 { return .stop(problem(kind)) }
    switch answer.status {
    case 401: return .stop(problem(.unauthorised))
    case 403: return .stop(problem(.forbidden))
    case 402, 413, 507: return .stop(problem(.quota))
    case 404: return .stop(problem(.missing))
    case 301, 307, 308:
      let region = answer.headers["x-amz-bucket-region"] ?? code
      return .stop(SyncProblem(.region, status: answer.status, detail: region))
    case 408, 409, 425, 429, 500...599: return .again(problem(.busy), after: answer.retryAfter)
    case 200..<400: return .again(problem(.notTheServer), after: nil)
    default: return .refused(problem(.rejected))
    }
  }

  /// The code in an error document, `<Error><Code>AccessDenied</Code>…`; letters and digits only.
  static func code(_ answer: HTTPResponse) -> String? {
    let text = String(decoding: answer.body.prefix(4_096), as: UTF8.self)
    guard let start = text.range(of: "<Code>"),
      let end = text.range(of: "</Code>", range: start.upperBound..<text.endIndex)
    else { return nil }
    let code = text[start.upperBound..<end.lowerBound]
    return code.utf8.count <= 64 && code.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      ? String(code) : nil
  }
}

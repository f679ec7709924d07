import Foundation
import HTTP
import Testing
import Vault

@testable import Exchange

/// The public vectors of AWS C Auth, all of them, in header and in query form; `Vectors/sigv4.json` says whose they are.
@Suite struct SignatureV4Tests {
  struct Vectors: Decodable {
    let cases: [Case]
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Context: Decodable, Sendable {
      struct Credentials: Decodable, Sendable {
        let access_key_id: String
        let secret_access_key: String
        let token: String?
      }
      let credentials: Credentials
      let expiration_in_seconds: Int
      let normalize: Bool
      let region: String
      let service: String
      let sign_body: Bool
      let timestamp: String
      let omit_session_token: Bool?
    }

    struct Form: Decodable, Sendable {
      let canonicalRequest: String
      let stringToSign: String
      let signature: String
      let signedRequest: String
    }

    let name: String
    let context: Context
    let request: String
    let header: Form
    let query: Form
    var testDescription: String { name }

    var signer: SignatureV4 {
      let keys = context.credentials
      var signer = SignatureV4(
        credentials: AWSCredentials(
          accessKey: keys.access_key_id, secretKey: keys.secret_access_key,
          sessionToken: keys.token),
        region: context.region, service: context.service)
      signer.normalizesPath = context.normalize
      signer.signsToken = context.omit_session_token != true
      return signer
    }

    /// `20150830T123600Z`
    var timestamp: String { context.timestamp.filter { $0 != "-" && $0 != ":" } }
  }

  static let cases: [Case] = {
    guard
      let path = Bundle.module.path(forResource: "sigv4", ofType: "json", inDirectory: "Vectors"),
      let data = FileManager.default.contents(atPath: path),
      let vectors = try? JSONDecoder().decode(Vectors.self, from: data)
    else { return [] }
    return vectors.cases
  }()

  @Test func allOfThemAreThere() {
    #expect(Self.cases.count == 38)
    #expect(Self.cases.filter { !$0.context.normalize }.count == 7)
  }

  @Test(arguments: cases) func headersAreSignedAsPublished(vector: Case) {
    let parsed = Parsed(vector.request)
    var headers = parsed.headers + [HTTPHeader("X-Amz-Date", vector.timestamp)]
    let signer = vector.signer
    if let token = vector.context.credentials.token, signer.signsToken {
      headers.append(HTTPHeader("X-Amz-Security-Token", token))
    }
    let hash = Digest.hexadecimal(Digest.sha256(Array(parsed.body.utf8)))
    if vector.context.sign_body { headers.append(HTTPHeader("x-amz-content-sha256", hash)) }
    let request = SignatureV4.Request(
      method: parsed.method, path: parsed.path, query: parsed.query, headers: headers,
      payloadHash: hash)
    let signed = signer.sign(request, timestamp: vector.timestamp)
    #expect(signed.canonicalRequest == vector.header.canonicalRequest)
    #expect(signed.stringToSign == vector.header.stringToSign)
    #expect(signed.signature == vector.header.signature)
    let line = "Authorization:" + signer.authorization(request, timestamp: vector.timestamp)
    #expect(vector.header.signedRequest.contains(line))
  }

  @Test(arguments: cases) func queriesAreSignedAsPublished(vector: Case) {
    let parsed = Parsed(vector.request)
    let request = SignatureV4.Request(
      method: parsed.method, path: parsed.path, query: parsed.query, headers: parsed.headers,
      payloadHash: Digest.hexadecimal(Digest.sha256(Array(parsed.body.utf8))))
    let (query, signed) = vector.signer.presignedQuery(
      request, timestamp: vector.timestamp, seconds: vector.context.expiration_in_seconds)
    #expect(signed.canonicalRequest == vector.query.canonicalRequest)
    #expect(signed.stringToSign == vector.query.stringToSign)
    #expect(signed.signature == vector.query.signature)
    #expect(vector.query.signedRequest.contains("?\(query) HTTP/1.1"))
  }

  /// A request as the vectors write it: a space may stand in the path, a header may be folded.
  struct Parsed {
    let method: String
    let path: String
    let query: String
    let headers: [HTTPHeader]
    let body: String

    init(_ text: String) {
      let halves = text.components(separatedBy: "\n\n")
      var lines = halves[0].components(separatedBy: "\n").filter { !$0.isEmpty }
      let first = lines.removeFirst()
      method = String(first.prefix { $0 != " " })
      let target = first.dropFirst(method.count + 1).dropLast(" HTTP/1.1".count)
      path = String(target.prefix { $0 != "?" })
      query = String(target.dropFirst(path.count + 1))
      var headers: [HTTPHeader] = []
      for line in lines {
        if line.hasPrefix(" "), let last = headers.popLast() {
          headers.append(HTTPHeader(last.name, last.value + " " + line))
        } else if let colon = line.firstIndex(of: ":") {
          headers.append(
            HTTPHeader(String(line[..<colon]), String(line[line.index(after: colon)...])))
        }
      }
      self.headers = headers
      body = halves.dropFirst().joined(separator: "\n\n")
    }
  }
}

@Suite struct MD5Tests {
  @Test(
    arguments: [
      ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
      ("abc", "900150983cd24fb0d6963f7d28e17f72"),
      ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
      (
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        "d174ab98d277d9f5a5611c2c9f419d9f"
      ),
      (
        String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"
      ),
    ]) func isAsInTheStandard(text: String, digest: String)
  {
    #expect(Digest.hexadecimal(MD5.digest(Array(text.utf8))) == digest)
  }
}

import Interview
import Store

/// A submission as it is kept: one line of JSON.
enum KeptSubmission {
  /// Written so by the store; inside a text the quotes would have a backslash.
  private static let marks = [FieldStatus.suggested, .doubtful].map {
    Array("\"status\":\"\($0.rawValue)\"".utf8)
  }

  /// Whether some field may have a value that nobody confirmed: a quick look that saves decoding the others.
  static func mayHoldGuesses(_ json: ArraySlice<UInt8>) -> Bool {
    json.indices.contains { start in
      json[start] == UInt8(ascii: "\"") && marks.contains { json[start...].starts(with: $0) }
    }
  }

  /// The JSON without the values that no person confirmed or wrote, and how many there were.
  ///
  /// - Throws: ``StoreError/unreadable(id:)``.
  static func leavingOutUnconfirmed(
    _ json: ArraySlice<UInt8>, id: String
  ) throws -> (json: [UInt8], count: Int) {
    guard var submission = try? RecordJSON.decode(Submission.self, from: json) else {
      throw StoreError.unreadable(id: id)
    }
    let count = submission.leaveOutUnconfirmed()
    return (try RecordJSON.encode(submission), count)
  }
}

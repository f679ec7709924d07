import Foundation

/// Standard output, where data goes.
enum Output {
  /// Prints one JSON object on one line, keys in alphabetical order.
  static func json(_ value: some Encodable) throws {
    write(try encode(value) + "\n")
  }

  /// The value as one line of JSON.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Writes text at once, without buffering, so that a reader in a pipe sees each line when it is made.
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Foundation.write(1, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        if count < 0 && errno != EINTR { return }
        sent += max(0, count)
      }
    }
  }
}

import Foundation
import Terminal

/// Standard output, where data goes.
///
/// A write that fails is an error of the command: half an answer must not pass for a whole one.
enum Output {
  /// Whoever read the output has gone, as `head` does: the command ends, and there is nothing to complain about.
  struct ReaderGone: Error {}

  /// Prints one JSON object on one line, keys in alphabetical order.
  static func json(_ value: some Encodable) throws {
    try write(try encode(value) + "\n")
  }

  /// Prints a line for people; what came from outside can't steer their terminal.
  static func line(_ text: String) throws { try write(Visible.text(text, keeping: "\n\t") + "\n") }

  /// The value as one line of JSON.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Writes text at once, without buffering, so that a reader in a pipe sees each line when it is made.
  ///
  /// - Throws: ``ReaderGone``, ``Failure``.
  static func write(_ text: String) throws {
    let code = Descriptor.write(text, to: 1)
    if code == EPIPE { throw ReaderGone() }
    if code != 0 {
      throw Failure(key: "error.standardOutput", ["reason": Failure.reason(code: code)])
    }
  }
}

/// Standard error, where everything goes that is not data.
enum StandardError {
  /// Writes text; when that fails nobody can be told.
  ///
  /// What came from outside can't steer the terminal.
  static func write(_ text: String) {
    _ = Descriptor.write(Visible.text(text, keeping: "\n\t"), to: 2)
  }

  /// Writes text that steers the terminal; it holds nothing that came from outside.
  static func writeRaw(_ text: String) { _ = Descriptor.write(text, to: 2) }
}

private enum Descriptor {
  /// Writes all of the text; 0, or the system's error number.
  static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Foundation.write(
          descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        if count < 0 && errno != EINTR { return errno }
        sent += max(0, count)
      }
      return 0
    }
  }
}

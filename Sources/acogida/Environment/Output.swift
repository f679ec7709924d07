import Foundation

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

/// Text from outside (arguments, file names, transcripts) made harmless for a terminal.
enum Visible {
  /// The text with control characters and changes of direction as signs that can be seen.
  ///
  /// - Parameter kept: control characters that stay.
  static func text(_ text: String, keeping kept: String = "") -> String {
    guard text.unicodeScalars.contains(where: isDangerous) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if !isDangerous(scalar) || kept.unicodeScalars.contains(scalar) {
        result.append(scalar)
      } else if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
        result.append(picture)
      } else {
        result.append(scalar.value == 0x7F ? "\u{2421}" : "\u{FFFD}")
      }
    }
    return String(result)
  }

  private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

/// Text from outside (arguments, file names, transcripts) made harmless for a terminal.
package enum Visible {
  /// The text with control characters and changes of direction as signs that can be seen.
  ///
  /// - Parameter kept: control characters that stay.
  package static func text(_ text: String, keeping kept: String = "") -> String {
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

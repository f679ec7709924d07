import Foundation

/// Text from a keyboard or a clipboard as it is kept.
public enum TypedText {
  /// The text in Unicode's composed form (NFC), with single blanks, and without what can't be seen.
  ///
  /// The same name looks the same and is the same, however it was typed. Scripts that are written from right to left
  /// are kept in the order they are spoken; marks that turn the direction around are left out, joiners stay.
  public static func canonical(_ text: String) -> String {
    let visible = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isInvisible($0) }))
    let words = visible.split { $0.isWhitespace || $0.isNewline }
    return words.joined(separator: " ").precomposedStringWithCanonicalMapping
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9...13: false
    case 0..<32, 0x7F..<0xA0: scalar.value != 0x85
    // Zero width joiner and non-joiner are letters' business in Persian and in Indian scripts.
    case 0x200C, 0x200D: false
    default: scalar.properties.generalCategory == .format
    }
  }
}

import CNcurses
import Glibc

/// What a terminal can show, by its locale.
public enum Charset: Hashable, Sendable {
  /// Everything.
  case unicode
  /// Everything but the signs that the fonts of the Linux console lack: 256 or 512 glyphs, with lines and blocks.
  case console
  /// Letters of every script, but lines and signs in ASCII.
  case asciiSymbols
  /// ASCII alone.
  case asciiOnly

  /// Sets the process' locale for text widths, and says what can be shown.
  ///
  /// Without any locale in the environment UTF-8 is taken for granted.
  ///
  /// - Parameter ascii: whether lines and signs in ASCII are asked for.
  static func ofEnvironment(ascii: Bool) -> Charset {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let isSet = names.contains { getenv($0).map { $0.pointee != 0 } ?? false }
    // A locale that is asked for but not installed (common on servers) is UTF-8 all the same.
    if !isSet || setlocale(LC_CTYPE, "") == nil { setlocale(LC_CTYPE, "C.UTF-8") }
    guard let codeset = nl_langinfo(nl_item(CODESET)) else { return .asciiOnly }
    let name = String(cString: codeset).uppercased()
    guard name == "UTF-8" || name == "UTF8" else { return .asciiOnly }
    if ascii { return .asciiSymbols }
    return getenv("TERM").map { String(cString: $0) } == "linux" ? .console : .unicode
  }

  /// The character, or what stands for it here.
  func shown(_ character: Character) -> Character {
    switch self {
    case .unicode: character
    case .console: ASCIIGlyphs.console(character)
    case .asciiSymbols: ASCIIGlyphs.symbol(character)
    case .asciiOnly: ASCIIGlyphs.any(character)
    }
  }
}

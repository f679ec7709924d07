import Foundation

/// Languages that can be asked for.
enum SpokenLanguage {
  /// The codes that Whisper knows; nearly all are ISO 639-1. With another one the recogniser's library ends its process.
  static let codes = Set(
    """
    af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr
    ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa
    pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Whether the recogniser knows it; lower case.
  static func isKnown(_ code: String) -> Bool { codes.contains(code) }

  /// The languages of an option's text, separated by commas; none for `auto`.
  ///
  /// - Throws: ``Failure`` naming the first that is not known; also when none is named.
  static func list(_ text: String) throws -> [String] {
    if text == "auto" { return [] }
    let codes = text.lowercased().split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    if let stranger = codes.first(where: { !isKnown($0) }) {
      throw Failure(key: "error.language", ["language": stranger], exitCode: 64)
    }
    return codes
  }
}

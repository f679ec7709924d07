/// Lower case without accents: what words are compared by. `ñ` becomes `n`.
public enum Folding {
  /// Folds a text.
  public static func fold(_ text: some StringProtocol) -> String {
    // Nearly all words of a pack are folded as they stand.
    if text.utf8.allSatisfy({ $0 < 0x80 && !(0x41...0x5A).contains($0) }) { return String(text) }
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return String(
        decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { append(scalar, to: &result) }
    return String(result)
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
    switch scalar.value {
    case 0x41...0x5A: result.append(Unicode.Scalar(UInt8(scalar.value + 32)))
    case 0..<0x80: result.append(scalar)
    case 0x300...0x36F: break
    default:
      if let plain = table[scalar] {
        result.append(contentsOf: plain.unicodeScalars)
      } else {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
  }

  private static let table: [Unicode.Scalar: String] = {
    let rows: [(String, String)] = [
      ("áàäâãåāăąÁÀÄÂÃÅĀĂĄ", "a"), ("éèëêēėęěÉÈËÊĒĖĘĚ", "e"), ("íìïîīįıÍÌÏÎĪĮİ", "i"),
      ("óòöôõøōőÓÒÖÔÕØŌŐ", "o"), ("úùüûūůűųÚÙÜÛŪŮŰŲ", "u"), ("ñńňÑŃŇ", "n"), ("çćčÇĆČ", "c"),
      ("ýÿÝŸ", "y"), ("śšşŚŠŞ", "s"), ("žźżŽŹŻ", "z"), ("łŁ", "l"), ("ğĞ", "g"), ("ďđĎĐ", "d"),
      ("ťţŤŢ", "t"), ("řŘ", "r"), ("æÆ", "ae"), ("œŒ", "oe"), ("ß", "ss"),
    ]
    var table: [Unicode.Scalar: String] = [:]
    for (scalars, plain) in rows {
      for scalar in scalars.unicodeScalars { table[scalar] = plain }
    }
    return table
  }()
}

import ArgumentParser
import Messages

/// What the command line says about itself, from the catalogues.
enum Help {
  /// The texts of this run; the command line is described before anything else happens.
  private static let catalogue = Catalogue.current()

  /// The text of a key.
  static func text(_ key: String, _ values: [String: String] = [:]) -> String {
    catalogue.text(key, values)
  }

  /// The help of an option or argument.
  ///
  /// - Parameter value: what its value is called.
  static func of(
    _ key: String, _ value: String? = nil, _ values: [String: String] = [:]
  ) -> ArgumentHelp {
    ArgumentHelp(ArgumentHelp.StringLiteralType(text(key, values)), valueName: value)
  }

  /// What the parser says, in the language of the run: its headings, its own options, its complaints.
  static func translated(_ parsers: String) -> String {
    guard catalogue.language != "en" else { return parsers }
    var text = parsers
    for key in 1...Help.phrases {
      text = text.replacing(
        Catalogue(language: "en").text("parser.\(key)"), with: catalogue.text("parser.\(key)"))
    }
    return text
  }

  /// Number of the phrases `parser.1`, `parser.2`, ... in the catalogues, longer ones first.
  private static let phrases = 28
}

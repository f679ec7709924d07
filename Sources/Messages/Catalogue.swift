/// What the program says to people, in one language.
///
/// Texts come from `assets/po/*.po` (gettext format, message ids are keys such as `status.recording`),
/// turned into Swift by `scripts/messages.py`. A text may hold placeholders in braces: `{field}`.
public struct Catalogue: Hashable, Sendable {
  /// ISO 639-1 code of the language.
  public let language: String

  /// Codes of the languages there are, Spanish first.
  public static let languages = ["es", "en"]

  /// The catalogue of a language; of Spanish for a language there is none for.
  public init(language: String) {
    self.language = Catalogue.languages.contains(language) ? language : "es"
  }

  /// The catalogue that an environment asks for, as gettext reads it.
  ///
  /// - Parameters:
  ///   - environment: `ACOGIDA_LANG` weighs most; then `LANGUAGE`, a list of which the first with a
  ///     catalogue counts; then the first that is set of `LC_ALL`, `LC_MESSAGES`, `LANG`. `C` and `POSIX` say
  ///     nothing about people, so they mean Spanish, the first language of the program.
  ///   - configured: the configuration's language; between `ACOGIDA_LANG` and the locale.
  public init(environment: [String: String], configured: String = "") {
    let locale =
      ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    // gettext too disregards LANGUAGE in a locale without a language.
    let isNeutral = ["c", "posix"].contains(Catalogue.code(locale))
    let list =
      isNeutral ? [] : (environment["LANGUAGE"] ?? "").split(separator: ":").map(String.init)
    let wanted = [environment["ACOGIDA_LANG"] ?? "", configured] + list + [locale]
    let codes = wanted.map { Catalogue.code($0) }
    self.init(language: codes.first { Catalogue.languages.contains($0) } ?? "es")
  }

  /// The language of a locale's name: `en` of `en_GB.UTF-8@euro`.
  private static func code(_ locale: String) -> String {
    String(locale.prefix { $0 != "_" && $0 != "." && $0 != "@" && $0 != "-" }).lowercased()
  }

  /// The text of a key, with placeholders filled in.
  ///
  /// An unknown key stands for itself, so that a missing text is seen and never stops the work.
  public func text(_ key: String, _ values: [String: String] = [:]) -> String {
    let template = table[key] ?? catalogues["es"]?[key] ?? key
    return Catalogue.fill(template, values)
  }

  /// The text of a key that counts something: `key.one` for 1, else `key.other`; `{n}` is the number.
  public func plural(_ key: String, _ number: Int, _ values: [String: String] = [:]) -> String {
    var values = values
    values["n"] = String(number)
    return text(number == 1 ? key + ".one" : key + ".other", values)
  }

  /// Whether there is a text for the key.
  public func has(_ key: String) -> Bool { table[key] != nil }

  private var table: [String: String] { catalogues[language] ?? [:] }

  /// Puts values in the place of `{name}`; braces without a value stay.
  static func fill(_ template: String, _ values: [String: String]) -> String {
    guard !values.isEmpty, template.contains("{") else { return template }
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      result += rest[..<open]
      result += values[name] ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

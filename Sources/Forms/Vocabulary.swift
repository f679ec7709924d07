/// A closed list of values with the words people use for them.
public struct Vocabulary: Hashable, Sendable {
  /// The vocabulary's name, for example `needs`.
  public let name: String
  /// Its entries in the order shown.
  public let entries: [Entry]

  /// Makes a vocabulary from its parts.
  public init(name: String, entries: [Entry]) {
    self.name = name
    self.entries = entries
  }

  /// The entry with that code.
  public func entry(_ code: String) -> Entry? { entries.first { $0.code == code } }

  /// One value of a vocabulary.
  public struct Entry: Hashable, Sendable {
    /// The stored code, for example `legal_advice`.
    public let code: String
    /// Label by language.
    public let label: LocalizedText
    /// Words that mean this value, by language.
    public let synonyms: [String: [String]]

    /// Makes an entry from its parts.
    public init(code: String, label: LocalizedText, synonyms: [String: [String]] = [:]) {
      self.code = code
      self.label = label
      self.synonyms = synonyms
    }
  }
}

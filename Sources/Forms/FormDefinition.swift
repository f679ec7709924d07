/// A form: what an organisation asks, in which order, and how answers are recognised.
public struct FormDefinition: Hashable, Sendable {
  /// The form's identifier, for example `acogida`.
  public let id: String
  /// The version, kept with every submission made with it.
  public let version: String
  /// Title by language (`es`, `en`).
  public let title: LocalizedText
  /// Sections in the order shown.
  public let sections: [FormSection]
  /// Vocabularies by name.
  public let vocabularies: [String: Vocabulary]

  /// Makes a form from its parts.
  public init(
    id: String, version: String, title: LocalizedText, sections: [FormSection],
    vocabularies: [String: Vocabulary]
  ) {
    self.id = id
    self.version = version
    self.title = title
    self.sections = sections
    self.vocabularies = vocabularies
  }

  /// All fields in the order shown.
  public var fields: [FieldDefinition] { sections.flatMap(\.fields) }

  /// The field of that name, if the form has it.
  public func field(_ name: FieldName) -> FieldDefinition? {
    fields.first { $0.name == name }
  }

  /// The vocabulary of a field, if it has one.
  public func vocabulary(of field: FieldDefinition) -> Vocabulary? {
    field.vocabulary.flatMap { vocabularies[$0] }
  }
}

/// A titled group of fields.
public struct FormSection: Hashable, Sendable {
  /// The section's identifier.
  public let id: String
  /// Title by language.
  public let title: LocalizedText
  /// Its fields in the order shown.
  public let fields: [FieldDefinition]

  /// Makes a section from its parts.
  public init(id: String, title: LocalizedText, fields: [FieldDefinition]) {
    self.id = id
    self.title = title
    self.fields = fields
  }
}

/// One field of a form.
public struct FieldDefinition: Hashable, Sendable {
  /// The field's name.
  public let name: FieldName
  /// The kind of value.
  public let type: FieldType
  /// Label by language.
  public let label: LocalizedText
  /// Whether a submission should have it.
  public let required: Bool
  /// Whether the value identifies the person (left out of aggregates and unidentified exports).
  public let identifying: Bool
  /// Name of the vocabulary for choices.
  public let vocabulary: String?
  /// Words that announce the field in speech, by language (for fields an organisation adds).
  public let cues: [String: [String]]

  /// Makes a field from its parts.
  public init(
    name: FieldName, type: FieldType, label: LocalizedText, required: Bool = false,
    identifying: Bool = false, vocabulary: String? = nil, cues: [String: [String]] = [:]
  ) {
    self.name = name
    self.type = type
    self.label = label
    self.required = required
    self.identifying = identifying
    self.vocabulary = vocabulary
    self.cues = cues
  }
}

/// Text in several languages, Spanish first.
public struct LocalizedText: Hashable, Sendable {
  /// Text by ISO 639-1 code.
  public let byLanguage: [String: String]

  /// Makes it from a table of ISO 639-1 code to text.
  public init(_ byLanguage: [String: String]) { self.byLanguage = byLanguage }

  /// The text in that language, else Spanish, else English, else whatever there is.
  public func text(_ language: String) -> String {
    byLanguage[language] ?? byLanguage["es"] ?? byLanguage["en"] ?? byLanguage.values.min() ?? ""
  }
}

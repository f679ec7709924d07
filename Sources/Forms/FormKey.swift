/// One key of a form's file. The table of them refuses what is not known and makes the manual.
public struct FormKey: Hashable, Sendable {
  /// The tables of the file.
  public enum Table: String, Hashable, Sendable, CaseIterable {
    /// The file's own keys.
    case top = ""
    /// `[[section]]`
    case section
    /// `[[section.field]]`
    case field = "section.field"
    /// `[[vocabulary]]`
    case vocabulary
    /// `[[vocabulary.entry]]`
    case entry = "vocabulary.entry"
  }

  /// What a key takes.
  public enum Kind: String, Hashable, Sendable {
    /// A text.
    case text
    /// Lower-case letters, digits and underscores.
    case name
    /// A text, or a table of language to text.
    case localized
    /// A table of language to list of texts.
    case lists
    /// True or false.
    case flag
    /// Tables of their own.
    case tables
  }

  /// Where it stands.
  public let table: Table
  /// Its name.
  public let name: String
  /// What it takes.
  public let kind: Kind
  /// Whether it must be there.
  public let isRequired: Bool

  private init(_ table: Table, _ name: String, _ kind: Kind, required: Bool = false) {
    self.table = table
    self.name = name
    self.kind = kind
    isRequired = required
  }

  /// Every key, in the order of a file.
  public static let all: [FormKey] = [
    FormKey(.top, "id", .name, required: true), FormKey(.top, "version", .text, required: true),
    FormKey(.top, "title", .localized, required: true),
    FormKey(.top, "section", .tables, required: true), FormKey(.top, "vocabulary", .tables),
    FormKey(.section, "id", .name, required: true),
    FormKey(.section, "title", .localized, required: true),
    FormKey(.section, "field", .tables),
    FormKey(.field, "name", .name, required: true), FormKey(.field, "type", .text, required: true),
    FormKey(.field, "label", .localized, required: true), FormKey(.field, "required", .flag),
    FormKey(.field, "identifying", .flag), FormKey(.field, "vocabulary", .text),
    FormKey(.field, "cues", .lists),
    FormKey(.vocabulary, "name", .name, required: true), FormKey(.vocabulary, "entry", .tables),
    FormKey(.entry, "code", .name, required: true),
    FormKey(.entry, "label", .localized, required: true), FormKey(.entry, "synonyms", .lists),
  ]
}

extension TOMLNode {
  /// Refuses keys that this table of a form does not know.
  func allow(_ table: FormKey.Table) throws(DefinitionError) {
    try allow(Set(FormKey.all.filter { $0.table == table }.map(\.name)))
  }
}

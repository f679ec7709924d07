import Extraction
import Forms
import Interview
import Messages
import Terminal

/// Values and states as people read them.
enum FieldText {
  /// A value in the screen's language: labels of choices, yes and no.
  static func text(
    _ value: FieldValue, _ field: FieldDefinition, _ state: DeskState, separator: String = ", "
  ) -> String {
    text(value, field, state.form, state.catalogue, separator: separator)
  }

  /// A value of a field of that form, in the catalogue's language.
  static func text(
    _ value: FieldValue, _ field: FieldDefinition, _ form: FormDefinition, _ catalogue: Catalogue,
    separator: String = ", "
  ) -> String {
    let label = { (code: String) in
      form.vocabulary(of: field)?.entry(code)?.label.text(catalogue.language) ?? code
    }
    return switch value {
    case .text(let text): label(text)
    case .integer(let number): String(number)
    case .boolean(let flag): catalogue.text(flag ? "value.yes" : "value.no")
    case .list(let items): items.map(label).joined(separator: separator)
    }
  }

  /// The letter that joins a field of the form with its words in the transcript.
  static func letter(_ index: Int) -> Character {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return index < letters.count ? letters[index] : "+"
  }

  /// The mark of a state: what colour says is said by a sign too.
  static func mark(_ status: FieldStatus) -> String {
    switch status {
    case .empty: "·"
    case .suggested: "○"
    case .doubtful: "⚠"
    case .confirmed: "✓"
    case .edited: "✎"
    case .refused: "∅"
    case .unknown: "◌"
    }
  }

  /// The look of a state.
  static func style(_ status: FieldStatus) -> Style {
    switch status {
    case .empty: .dim
    case .suggested: Style(.cyan)
    case .doubtful: Style(.yellow, on: .standard, .bold)
    case .confirmed: Style(.green)
    case .edited: Style(.green, on: .standard, .bold)
    case .refused, .unknown: .dim
    }
  }
}

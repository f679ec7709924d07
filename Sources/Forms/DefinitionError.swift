/// A mistake in a TOML file (a form definition or the configuration), with its place.
///
/// The problem is a catalogue key with values; the sentence is made where it is shown.
public struct DefinitionError: Error, Hashable, Sendable {
  /// Line in the TOML file, from 1.
  public let line: Int
  /// What is wrong.
  public let problem: Problem

  /// Kinds of mistakes.
  public enum Problem: Hashable, Sendable {
    /// The TOML itself can't be read; the parser's words.
    case syntax(String)
    /// A key must be there; its name.
    case missing(String)
    /// A key is not known here; its name.
    case unknownKey(String)
    /// A value is of the wrong kind; the key.
    case wrongKind(String)
    /// A name has other characters than a-z, 0-9 and underscore; the name.
    case badName(String)
    /// Two fields or vocabularies or codes share a name; the name.
    case duplicate(String)
    /// There is no such field type; what was written.
    case unknownType(String)
    /// A field that extraction knows by its name has another type; the field and its type.
    case wrongType(String, String)
    /// The field names a vocabulary that is not there; its name.
    case unknownVocabulary(String)
    /// A choice needs a vocabulary; the field.
    case choiceWithoutVocabulary(String)
    /// A form needs at least one field.
    case noFields
    /// A number is outside of what makes sense; the key and the range.
    case outOfRange(String, String)
    /// A value names something that is not there; the key and the value.
    case unknownValue(String, String)
    /// What only the reader of this kind of file can know: its catalogue key, what it names, and another name.
    case particular(String, name: String, value: String)
  }

  /// Makes an error.
  public init(line: Int, problem: Problem) {
    self.line = line
    self.problem = problem
  }
}

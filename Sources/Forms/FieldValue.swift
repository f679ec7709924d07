/// The machine name of a form field, for example `document_number`.
///
/// Lower-case ASCII letters, digits and underscores. Names are a contract: exports, analytics and
/// other organisations' tools rely on them.
public struct FieldName: RawRepresentable, Hashable, Sendable, Codable, Comparable,
  ExpressibleByStringLiteral, CustomStringConvertible
{
  /// The name as it stands in the form definition.
  public let rawValue: String

  /// Makes a name from text without checking it; form loading checks.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Makes a name from a literal.
  public init(stringLiteral value: String) { rawValue = value }

  /// Reads a name as one JSON string.
  public init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the name as one JSON string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }

  /// The name itself.
  public var description: String { rawValue }

  /// Alphabetical order.
  public static func < (a: FieldName, b: FieldName) -> Bool { a.rawValue < b.rawValue }
}

/// A value of a field in its canonical form.
///
/// Dates are text in ISO 8601 (`1992-11-09`), phones text in E.164 (`+34612345678`), choices the
/// code of the vocabulary entry; the field's ``FieldType`` says which form applies.
public enum FieldValue: Hashable, Sendable {
  /// One piece of text in the field type's canonical form.
  case text(String)
  /// A whole number.
  case integer(Int)
  /// Yes or no.
  case boolean(Bool)
  /// Several codes or texts, sorted, without repetition (languages, needs).
  case list([String])

  /// The value as one line of text; items of a list are joined by `; `.
  public var displayText: String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .boolean(let flag): flag ? "true" : "false"
    case .list(let items): items.joined(separator: "; ")
    }
  }

  /// Whether nothing is in it (empty text or list).
  public var isEmpty: Bool {
    switch self {
    case .text(let text): text.isEmpty
    case .list(let items): items.isEmpty
    case .integer, .boolean: false
    }
  }
}

extension FieldValue: ExpressibleByStringLiteral {
  /// Makes a text value from a literal.
  public init(stringLiteral value: String) { self = .text(value) }
}

extension FieldValue: Codable {
  /// Reads a JSON string, integer, boolean or array of strings.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .boolean(flag)
    } else if let number = try? container.decode(Int.self) {
      self = .integer(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else {
      self = .list(try container.decode([String].self))
    }
  }

  /// Writes a JSON string, integer, boolean or array of strings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .integer(let number): try container.encode(number)
    case .boolean(let flag): try container.encode(flag)
    case .list(let items): try container.encode(items)
    }
  }
}

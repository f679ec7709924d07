/// A value in a row.
public enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  /// The value as text; empty for null.
  public var text: String {
    switch self {
    case .null: ""
    case .integer(let number): String(number)
    case .real(let number): "\(number)"
    case .text(let text): text
    }
  }

  init(_ text: String?) { self = text.map(SQLValue.text) ?? .null }
  init(_ number: Int64?) { self = number.map(SQLValue.integer) ?? .null }
  init(_ number: Double?) { self = number.map(SQLValue.real) ?? .null }
}

/// Why a query has no answer.
public enum SQLRefusal: Error, Hashable, Sendable {
  /// SQLite's own words: a mistake in the query.
  case mistake(String)
  /// The query does something else than reading the tables.
  case notReading
  /// There is more than one statement, or none.
  case notOneStatement
  /// SQLite has no memory left, or can't be opened.
  case unavailable(String)
}

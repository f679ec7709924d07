import Analytics
import Foundation
import Messages

/// Asks for queries until there are no more: `acogida sql --repl`.
struct SQLShell {
  private let session: SQLSession
  private let format: AnswerFormat
  private let catalogue: Catalogue

  init(_ session: SQLSession, _ format: AnswerFormat, _ catalogue: Catalogue) {
    self.session = session
    self.format = format
    self.catalogue = catalogue
  }

  /// Reads queries that end with a semicolon, and `.tables`, `.schema`, `.help`, `.quit`.
  func run() throws {
    let isTerminal = isatty(0) == 1
    if isTerminal { StandardError.write(catalogue.text("sql.welcome") + "\n") }
    var query = ""
    while true {
      if isTerminal { StandardError.write(query.isEmpty ? "sql> " : "...> ") }
      guard let line = readLine() else { break }
      let word = line.trimmingCharacters(in: .whitespaces)
      if query.isEmpty, word.hasPrefix(".") {
        if word == ".quit" || word == ".exit" { return }
        try command(word)
        continue
      }
      query += (query.isEmpty ? "" : "\n") + line
      if word.hasSuffix(";") {
        try answer(query)
        query = ""
      } else if query.allSatisfy(\.isWhitespace) {
        query = ""
      }
    }
    if !query.isEmpty { try answer(query) }
  }

  private func command(_ word: String) throws {
    switch word {
    case ".tables":
      try Output.line(session.tables.map(\.name.rawValue).joined(separator: "\n"))
    case ".schema": try Output.line(SQLSchemaText.text(session.tables, catalogue))
    default: StandardError.write(catalogue.text("sql.welcome") + "\n")
    }
  }

  /// A mistake is told, and the next query may be better.
  private func answer(_ query: String) throws {
    do {
      try SQLAnswer.write(query, session, format, usesPager: isatty(0) == 1)
    } catch let error as SQLRefusal {
      StandardError.write(catalogue.text("error.prefix") + Failure(error).text(catalogue) + "\n")
    }
  }
}

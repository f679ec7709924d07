import Analytics
import ArgumentParser
import Foundation
import Messages
import Reports
import Store

/// `acogida sql`: questions about what is kept, without changing anything.
struct SQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql", abstract: Help.text("help.sql"),
    discussion: Help.text("help.sql.about"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: AnalyticsOptions
  @Option(help: Help.of("help.sql.format")) var format: AnswerFormat = .table
  @Flag(help: Help.of("help.sql.identified")) var identified = false
  @Flag(help: Help.of("help.sql.repl")) var repl = false
  @Flag(help: Help.of("help.sql.schema")) var schema = false
  @Flag(help: Help.of("help.sql.noPager")) var noPager = false
  @Argument(help: Help.of("help.sql.query")) var query: String?

  func validate() throws {
    if query == nil && !repl && !schema {
      throw ValidationError(Help.text("error.sqlNeedsQuery"))
    }
  }

  func run() throws {
    let context = try StoreContext(common)
    let data = try context.open(.reading)
    // Looking at the columns alone is nothing to be noted.
    let reason = identified && !schema ? "sql " + (query ?? "--repl") : nil
    let source = try options.source(context, data, identified: reason)
    let session = try Self.explaining { try SQLSession(source) }
    if schema {
      try Output.line(SQLSchemaText.text(session.tables, context.catalogue))
    } else if repl {
      try SQLShell(session, format, context.catalogue).run()
    } else if let query {
      try Self.explaining {
        try SQLAnswer.write(query, session, format, usesPager: !noPager)
      }
    }
    try context.requireAllRead(in: data)
  }

  /// Names what is wrong with a query.
  static func explaining<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as SQLRefusal { throw Failure(error) }
  }
}

extension Failure {
  init(_ error: SQLRefusal) {
    switch error {
    case .mistake(let text): self.init(key: "error.sql", ["reason": text])
    case .notReading: self.init(key: "error.sqlNotReading")
    case .notOneStatement: self.init(key: "error.sqlOneStatement", exitCode: 64)
    case .unavailable(let text): self.init(key: "error.internal", ["reason": text])
    }
  }
}

/// The documented tables.
enum SQLSchemaText {
  static func text(_ tables: [AnalyticsTable], _ catalogue: Catalogue) -> String {
    tables.map { table in
      var list = TextTable([table.name.rawValue, catalogue.text("sql.type"), ""])
      for column in table.columns {
        let key = "column.\(table.name.rawValue).\(column.name)"
        let state = column.name.hasSuffix("_state") ? catalogue.text("column.state") : ""
        let field = state.isEmpty ? catalogue.text("column.field") : state
        let text =
          [key, "column.\(column.name)"].first(where: catalogue.has).map { catalogue.text($0) }
        list.add([column.name, column.kind.rawValue, text ?? field])
      }
      return ([catalogue.text("table.\(table.name.rawValue)")] + list.lines() + [""])
        .joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

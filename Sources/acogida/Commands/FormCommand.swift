import ArgumentParser
import Forms
import Foundation
import Messages

/// `acogida form`: check, list and show form definitions.
struct FormCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "form", abstract: Help.text("help.form"),
    subcommands: [Check.self, List.self, Show.self, Keys.self])

  /// `acogida form check FILE`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Help.text("help.form.check"))

    @Argument(help: Help.of("help.formFile")) var form: String

    func run() throws {
      let file = Locations().form(form)
      let definition = try FormFile.load(file)
      let catalogue = Catalogue.current()
      try Output.line(
        catalogue.text(
          "form.valid",
          [
            "path": file.path, "fields": String(definition.fields.count),
            "version": definition.version,
          ]))
    }
  }

  /// `acogida form list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: Help.text("help.form.list"))

    func run() throws {
      let locations = Locations()
      let folders = [locations.configuration, locations.assets]
      for folder in folders.map({ $0.appendingPathComponent("forms") }) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names.sorted() where name.hasSuffix(".toml") {
          try Output.line("\(name.dropLast(5))\t\(folder.appendingPathComponent(name).path)")
        }
      }
    }
  }

  /// `acogida form keys`.
  struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Help.text("help.form.keys"))

    @Flag(help: Help.of("help.jsonLines")) var json = false

    private struct Row: Encodable {
      let table: String
      let name: String
      var kind = "type"
      var required = false
      let text: String
    }

    func run() throws {
      let catalogue = Catalogue.current()
      let keys = FormKey.all.map { key in
        let place = key.table == .top ? key.name : "\(key.table.rawValue).\(key.name)"
        return Row(
          table: key.table.rawValue, name: key.name, kind: key.kind.rawValue,
          required: key.isRequired, text: catalogue.text("formKey." + place))
      }
      let types = FieldType.allCases.map {
        Row(table: "type", name: $0.rawValue, text: catalogue.text("fieldType.\($0.rawValue)"))
      }
      for row in keys + types {
        guard !json else {
          try Output.json(row)
          continue
        }
        let place = row.table.isEmpty ? "" : row.table + "."
        try Output.line("\(place)\(row.name)\(row.required ? "*" : "")\n    \(row.text)")
      }
    }
  }

  /// `acogida form show NAME`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: Help.text("help.form.show"))

    @Argument(help: Help.of("help.formFile")) var form = "acogida"
    @Flag(help: Help.of("help.json")) var json = false

    func run() throws {
      let definition = try FormFile.load(Locations().form(form))
      let language = Catalogue.current().language
      if json {
        try Output.json(FormSummary(definition))
        return
      }
      for section in definition.sections {
        try Output.line(section.title.text(language))
        for field in section.fields {
          let mark = field.required ? "*" : " "
          try Output.line(
            "  \(mark) \(field.name)\t\(field.type.rawValue)\t\(field.label.text(language))")
        }
      }
    }
  }
}

/// A form as `form show --json` prints it.
private struct FormSummary: Encodable {
  struct Field: Encodable {
    let name: FieldName
    let type: FieldType
    let label: [String: String]
    let required: Bool
    let identifying: Bool
    let codes: [String]?
  }

  let schema = "acogida.form/1"
  let id: String
  let version: String
  let fields: [Field]

  init(_ form: FormDefinition) {
    id = form.id
    version = form.version
    fields = form.fields.map { field in
      Field(
        name: field.name, type: field.type, label: field.label.byLanguage,
        required: field.required, identifying: field.identifying,
        codes: form.vocabulary(of: field)?.entries.map(\.code))
    }
  }
}

/// Form definitions on disk.
enum FormFile {
  /// Reads a form; a mistake becomes a failure that names file and line.
  static func load(_ file: URL) throws -> FormDefinition {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw Failure(key: "error.formMissing", ["path": file.path])
    }
    let data = try Failure.reading(file.path) { try Data(contentsOf: file) }
    if let line = UTF8Lines.firstWrong(data) {
      let problem = DefinitionError.Problem.particular("notUTF8", name: "", value: "")
      throw Failure(DefinitionError(line: line, problem: problem), path: file.path)
    }
    let text = String(decoding: data, as: UTF8.self)
    do {
      return try FormDefinition(toml: text)
    } catch {
      throw Failure(error, path: file.path)
    }
  }
}

import Forms
import Foundation
import Interview
import Store

/// What the columns of an export mean: a Data Package descriptor (Frictionless, specs.frictionlessdata.io) beside the file.
///
/// One `datapackage.json` describes all exports of a folder; a new export replaces what it says of the same file.
public struct ColumnDictionary {
  private let form: FormDefinition
  private let options: ExportOptions
  private let stage: String

  /// Prepares the description of an export.
  public init(form: FormDefinition, options: ExportOptions, stage: String) {
    self.form = form
    self.options = options
    self.stage = stage
  }

  /// Writes the descriptor beside an export.
  ///
  /// - Parameter time: now, ISO 8601.
  /// - Returns: the descriptor's path: `datapackage.json`, or `NAME.datapackage.json` where somebody else's stands there;
  ///   nil for an output that is no file.
  /// - Throws: ``ExportError``.
  public func write(beside output: String, at time: String) throws(ExportError) -> String? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: output)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
    let folder = (output as NSString).deletingLastPathComponent
    let name = (output as NSString).lastPathComponent
    let place = { (file: String) in (folder as NSString).appendingPathComponent(file) }
    var path = place("datapackage.json")
    var resources: [[String: Any]] = []
    if let data = FileManager.default.contents(atPath: path) {
      let old = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
      if let old, old["generator"] as? String == Self.generator {
        resources = old["resources"] as? [[String: Any]] ?? []
      } else {
        path = place("\(name).datapackage.json")
      }
    }
    resources.removeAll { $0["path"] as? String == name }
    let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    resources.append(resource(name, bytes: size))
    let package: [String: Any] = [
      "profile": "data-package", "name": "acogida-exports", "generator": Self.generator,
      "created": time, "resources": resources,
    ]
    do {
      let text = try JSONSerialization.data(
        withJSONObject: package, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
      try ExportDestination.file(path).replaceContents(with: Array(text) + [10])
    } catch {
      throw ExportError(error, path: path)
    }
    return path
  }

  private static let generator = "acogida"

  private func resource(_ name: String, bytes: Int) -> [String: Any] {
    var resource: [String: Any] = [
      "name": Self.slug(name), "path": name, "bytes": bytes, "encoding": "utf-8", "stage": stage,
      "form": form.id, "form_version": form.version, "format": options.format.rawValue,
      "title": form.title.text("es"),
    ]
    if let office = options.filter.office { resource["office"] = office }
    switch options.format {
    case .csv:
      resource["profile"] = "tabular-data-resource"
      resource["mediatype"] = "text/csv"
      resource["dialect"] = dialect
      resource["schema"] = schema
    case .json, .jsonl:
      resource["profile"] = "data-resource"
      resource["mediatype"] = options.format == .json ? "application/json" : "application/x-ndjson"
      resource["dictionary"] = columns.map { field($0) }
    }
    return resource
  }

  /// CSV Dialect; the row of hashtags begins with the sign of a comment.
  private var dialect: [String: Any] {
    var dialect: [String: Any] = [
      "csvddfVersion": 1.2, "delimiter": ",", "doubleQuote": true, "header": true,
      "lineTerminator": "\r\n", "quoteChar": "\"",
    ]
    if options.hxl { dialect["commentChar"] = "#" }
    return dialect
  }

  private var columns: [FieldDefinition] {
    form.fields.filter { !(options.leavesOutIdentity && $0.identifying) }
  }

  private var schema: [String: Any] {
    let fixed: [[String: Any]] = [
      [
        "name": "submission_id", "type": "string", "format": "uuid",
        "constraints": ["required": true, "unique": true],
      ],
      ["name": "submitted_at", "type": "datetime", "constraints": ["required": true]],
      ["name": "stage", "type": "string", "constraints": ["required": true]],
      ["name": "form_id", "type": "string", "constraints": ["required": true]],
      ["name": "form_version", "type": "string", "constraints": ["required": true]],
      [
        "name": "linked_to", "type": "string",
        "description": "Other submissions of the same person, joined by a semicolon and a space.",
      ],
    ]
    let states = FieldStatus.allCases.map(\.rawValue)
    let fields = columns.flatMap { column -> [[String: Any]] in
      let state: [String: Any] = [
        "name": column.name.rawValue + "_state", "type": "string",
        "constraints": ["required": true, "enum": states],
      ]
      return options.states ? [field(column), state] : [field(column)]
    }
    return ["fields": fixed + fields, "missingValues": [""], "primaryKey": "submission_id"]
  }

  private func field(_ column: FieldDefinition) -> [String: Any] {
    var field: [String: Any] = [
      "name": column.name.rawValue, "title": column.label.text("es"), "type": "string",
      "identifying": column.identifying,
    ]
    switch column.type {
    case .integer:
      field["type"] = "integer"
      field["constraints"] = ["minimum": 0]
    case .date: field["type"] = "date"
    case .boolean:
      field["type"] = "boolean"
      field["trueValues"] = ["true"]
      field["falseValues"] = ["false"]
    case .choice:
      if let codes = form.vocabulary(of: column)?.entries.map(\.code) {
        field["constraints"] = ["enum": codes]
      }
      field["categories"] = labels(column)
    case .multipleChoice:
      field["description"] = "Codes, in CSV joined by a semicolon and a space."
      field["categories"] = labels(column)
    default: break
    }
    return field.filter { !(($0.value as? [[String: String]])?.isEmpty ?? false) }
  }

  /// What the codes of a field mean.
  private func labels(_ column: FieldDefinition) -> [[String: String]] {
    form.vocabulary(of: column)?.entries.map {
      ["value": $0.code, "label": $0.label.text("es")]
    } ?? []
  }

  /// The file's name as the standard wants names: lower case, letters, digits, `-`, `_` and `.`.
  private static func slug(_ name: String) -> String {
    let text = name.lowercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
        ? character : "-"
    }
    return String(text)
  }
}

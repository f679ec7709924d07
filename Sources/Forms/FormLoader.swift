import TOMLKit

extension FormDefinition {
  /// Vocabularies that come with the program instead of standing in the form: ISO 3166-1 countries and ISO 639-1 languages.
  public static let builtInVocabularies: Set<String> = ["iso:countries", "iso:languages"]

  /// Reads a form definition.
  ///
  /// - Parameter toml: the text of the file.
  /// - Throws: ``FormError`` for the first mistake, with its line.
  public init(toml: String) throws(FormError) {
    let lines = SourceLines(toml)
    if let line = lines.impossibleHeader {
      throw FormError(line: line, problem: .syntax("table header"))
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: toml)
    } catch let error as TOMLParseError {
      throw FormError(line: error.source.begin.line, problem: .syntax(error.description))
    } catch {
      throw FormError(line: 1, problem: .syntax("\(error)"))
    }
    self = try FormReader(lines: lines).form(table)
  }
}

/// Turns the parsed table into a form and knows the line of everything it refuses.
private struct FormReader {
  let lines: SourceLines

  func form(_ table: TOMLTable) throws(FormError) -> FormDefinition {
    let top = Node(table: table, line: 1, lines: lines)
    try top.allow(["id", "version", "title", "section", "vocabulary"])
    let vocabularies = try vocabularies(top)
    var sections: [FormSection] = []
    var seen: Set<FieldName> = []
    var fieldIndex = 0
    for node in try top.tables("section", header: "[[section]]") {
      sections.append(
        try section(node, vocabularies: vocabularies, seen: &seen, fieldIndex: &fieldIndex))
    }
    guard !seen.isEmpty else { throw FormError(line: 1, problem: .noFields) }
    return FormDefinition(
      id: try top.name("id"), version: try top.string("version"),
      title: try top.localized("title"), sections: sections, vocabularies: vocabularies)
  }

  private func section(
    _ node: Node, vocabularies: [String: Vocabulary], seen: inout Set<FieldName>,
    fieldIndex: inout Int
  ) throws(FormError) -> FormSection {
    try node.allow(["id", "title", "field"])
    var fields: [FieldDefinition] = []
    for child in try node.tables("field", header: "[[section.field]]", from: fieldIndex) {
      let field = try field(child, vocabularies: vocabularies)
      guard seen.insert(field.name).inserted else {
        throw child.error("name", .duplicate(field.name.rawValue))
      }
      fields.append(field)
      fieldIndex += 1
    }
    return FormSection(id: try node.name("id"), title: try node.localized("title"), fields: fields)
  }

  private func field(
    _ node: Node, vocabularies: [String: Vocabulary]
  ) throws(FormError) -> FieldDefinition {
    try node.allow([
      "name", "type", "label", "required", "identifying", "vocabulary", "cues",
    ])
    let name = try node.name("name")
    let written = try node.string("type")
    guard let type = FieldType(rawValue: written) else {
      throw node.error("type", .unknownType(written))
    }
    let vocabulary = try node.optionalString("vocabulary")
    if let vocabulary, vocabularies[vocabulary] == nil,
      !FormDefinition.builtInVocabularies.contains(vocabulary)
    {
      throw node.error("vocabulary", .unknownVocabulary(vocabulary))
    }
    if [.choice, .multipleChoice].contains(type), vocabulary == nil {
      throw node.error("type", .choiceWithoutVocabulary(name))
    }
    return FieldDefinition(
      name: FieldName(rawValue: name), type: type, label: try node.localized("label"),
      required: try node.flag("required"), identifying: try node.flag("identifying"),
      vocabulary: vocabulary, cues: try node.lists("cues"))
  }

  private func vocabularies(_ top: Node) throws(FormError) -> [String: Vocabulary] {
    var result: [String: Vocabulary] = [:]
    var entryIndex = 0
    for node in try top.tables("vocabulary", header: "[[vocabulary]]") {
      try node.allow(["name", "entry"])
      let name = try node.name("name")
      var entries: [Vocabulary.Entry] = []
      for child in try node.tables("entry", header: "[[vocabulary.entry]]", from: entryIndex) {
        try child.allow(["code", "label", "synonyms"])
        let code = try child.name("code")
        guard !entries.contains(where: { $0.code == code }) else {
          throw child.error("code", .duplicate(code))
        }
        entries.append(
          Vocabulary.Entry(
            code: code, label: try child.localized("label"), synonyms: try child.lists("synonyms")))
        entryIndex += 1
      }
      guard result[name] == nil else { throw node.error("name", .duplicate(name)) }
      result[name] = Vocabulary(name: name, entries: entries)
    }
    return result
  }
}

/// One table of the file with the line of its header.
private struct Node {
  let table: TOMLTable
  let line: Int
  let lines: SourceLines

  func error(_ key: String, _ problem: FormError.Problem) -> FormError {
    FormError(line: lines.line(of: key, after: line), problem: problem)
  }

  func allow(_ keys: Set<String>) throws(FormError) {
    if let stranger = table.keys.sorted().first(where: { !keys.contains($0) }) {
      throw error(stranger, .unknownKey(stranger))
    }
  }

  func optionalString(_ key: String) throws(FormError) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw error(key, .wrongKind(key)) }
    return text
  }

  func string(_ key: String) throws(FormError) -> String {
    guard let text = try optionalString(key) else {
      throw FormError(line: line, problem: .missing(key))
    }
    return text
  }

  /// A machine name: lower-case ASCII letters, digits and underscores, not empty.
  func name(_ key: String) throws(FormError) -> String {
    let text = try string(key)
    let isName =
      !text.isEmpty
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    guard isName else { throw error(key, .badName(text)) }
    return text
  }

  func flag(_ key: String) throws(FormError) -> Bool {
    guard let value = table[key] else { return false }
    guard let flag = value.bool else { throw error(key, .wrongKind(key)) }
    return flag
  }

  func localized(_ key: String) throws(FormError) -> LocalizedText {
    guard let value = table[key] else { throw FormError(line: line, problem: .missing(key)) }
    if let text = value.string { return LocalizedText(["es": text]) }
    guard let inner = value.table else { throw error(key, .wrongKind(key)) }
    var texts: [String: String] = [:]
    for language in inner.keys {
      guard let text = inner[language]?.string else { throw error(key, .wrongKind(key)) }
      texts[language] = text
    }
    return LocalizedText(texts)
  }

  func lists(_ key: String) throws(FormError) -> [String: [String]] {
    guard let value = table[key] else { return [:] }
    guard let inner = value.table else { throw error(key, .wrongKind(key)) }
    var result: [String: [String]] = [:]
    for language in inner.keys {
      guard let array = inner[language]?.array else { throw error(key, .wrongKind(key)) }
      let texts = array.compactMap(\.string)
      guard texts.count == array.count else { throw error(key, .wrongKind(key)) }
      result[language] = texts
    }
    return result
  }

  /// The tables of an array of tables; `from` counts the headers of the same kind that stand before it in the file.
  func tables(_ key: String, header: String, from first: Int = 0) throws(FormError) -> [Node] {
    guard let value = table[key] else { return [] }
    guard let array = value.array else { throw error(key, .wrongKind(key)) }
    var nodes: [Node] = []
    for (index, element) in array.enumerated() {
      guard let inner = element.table else { throw error(key, .wrongKind(key)) }
      nodes.append(
        Node(table: inner, line: lines.line(ofHeader: header, number: first + index), lines: lines))
    }
    return nodes
  }
}

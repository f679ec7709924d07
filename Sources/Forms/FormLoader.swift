extension FormDefinition {
  /// Vocabularies that come with the program instead of standing in the form: ISO 3166-1 countries and ISO 639-1 languages.
  public static let builtInVocabularies: Set<String> = ["iso:countries", "iso:languages"]

  /// Reads a form definition.
  ///
  /// - Parameter toml: the text of the file.
  /// - Throws: ``DefinitionError`` for the first mistake, with its line.
  public init(toml: String) throws(DefinitionError) {
    self = try FormReader().form(try TOMLNode(toml: toml))
  }
}

/// Turns the parsed table into a form and knows the line of everything it refuses.
private struct FormReader {
  func form(_ top: TOMLNode) throws(DefinitionError) -> FormDefinition {
    try top.allow(.top)
    let vocabularies = try vocabularies(top)
    var sections: [FormSection] = []
    var seen: Set<FieldName> = []
    var fieldIndex = 0
    for node in try top.tables("section", header: "[[section]]") {
      sections.append(
        try section(node, vocabularies: vocabularies, seen: &seen, fieldIndex: &fieldIndex))
    }
    guard !seen.isEmpty else { throw DefinitionError(line: 1, problem: .noFields) }
    return FormDefinition(
      id: try top.name("id"), version: try top.string("version"),
      title: try top.localized("title"), sections: sections, vocabularies: vocabularies)
  }

  private func section(
    _ node: TOMLNode, vocabularies: [String: Vocabulary], seen: inout Set<FieldName>,
    fieldIndex: inout Int
  ) throws(DefinitionError) -> FormSection {
    try node.allow(.section)
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
    _ node: TOMLNode, vocabularies: [String: Vocabulary]
  ) throws(DefinitionError) -> FieldDefinition {
    try node.allow(.field)
    let name = try node.name("name")
    let written = try node.string("type")
    guard let type = FieldType(rawValue: written) else {
      throw node.error("type", .unknownType(written))
    }
    if let known = FieldType.ofCommonFields[name], known != type {
      throw node.error("type", .wrongType(name, known.rawValue))
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
      vocabulary: vocabulary, cues: try phrases(node, "cues"))
  }

  /// Phrases by language; each has words, and the language is written with two letters.
  private func phrases(
    _ node: TOMLNode, _ key: String
  ) throws(DefinitionError) -> [String: [String]] {
    let all = try node.lists(key)
    for (language, phrases) in all.sorted(by: { $0.key < $1.key }) {
      guard language.utf8.count == 2, language.utf8.allSatisfy({ (97...122).contains($0) }) else {
        throw node.error(key, .unknownValue(key, language))
      }
      for phrase in phrases where !phrase.contains(where: \.isLetter) {
        throw node.error(key, .unknownValue("\(key).\(language)", phrase))
      }
    }
    return all
  }

  private func vocabularies(_ top: TOMLNode) throws(DefinitionError) -> [String: Vocabulary] {
    var result: [String: Vocabulary] = [:]
    var entryIndex = 0
    for node in try top.tables("vocabulary", header: "[[vocabulary]]") {
      try node.allow(.vocabulary)
      let name = try node.name("name")
      var entries: [Vocabulary.Entry] = []
      for child in try node.tables("entry", header: "[[vocabulary.entry]]", from: entryIndex) {
        try child.allow(.entry)
        let code = try child.name("code")
        guard !entries.contains(where: { $0.code == code }) else {
          throw child.error("code", .duplicate(code))
        }
        entries.append(
          Vocabulary.Entry(
            code: code, label: try child.localized("label"),
            synonyms: try phrases(child, "synonyms")))
        entryIndex += 1
      }
      // Nobody could choose anything.
      guard !entries.isEmpty else { throw node.error("name", .missing("entry")) }
      guard result[name] == nil else { throw node.error("name", .duplicate(name)) }
      result[name] = Vocabulary(name: name, entries: entries)
    }
    return result
  }
}

extension Vocabulary {
  /// Makes a vocabulary of tables with a code and names in every row, one table a language.
  ///
  /// - Parameters:
  ///   - name: for example `iso:countries`.
  ///   - tables: the text of the table by ISO 639-1 code. Columns are separated by tabs: the code (`-` where there is
  ///     none), then names separated by `|`, the first as shown. Lines with `#` in front and rows without a name are
  ///     passed over.
  public init(name: String, tables: [String: String]) {
    var labels: [String: [String: String]] = [:]
    var synonyms: [String: [String: [String]]] = [:]
    for (language, table) in tables {
      for line in table.split(separator: "\n") where !line.hasPrefix("#") {
        let columns = line.split(separator: "\t").map(String.init)
        guard columns.count >= 2, columns[0] != "-" else { continue }
        let names = columns.dropFirst().flatMap { $0.split(separator: "|").map(String.init) }
        guard let first = names.first else { continue }
        labels[columns[0], default: [:]][language] = first
        synonyms[columns[0], default: [:]][language] = Array(names.dropFirst())
      }
    }
    let entries = labels.map { code, label in
      Entry(code: code, label: LocalizedText(label), synonyms: synonyms[code] ?? [:])
    }
    self.init(
      name: name,
      entries: entries.sorted { ($0.label.text("es"), $0.code) < ($1.label.text("es"), $1.code) })
  }
}

extension FormDefinition {
  /// The form with further vocabularies; one of its own of the same name stays.
  public func adding(_ more: [Vocabulary]) -> FormDefinition {
    let added = Dictionary(more.map { ($0.name, $0) }) { first, _ in first }
    return FormDefinition(
      id: id, version: version, title: title, sections: sections,
      vocabularies: vocabularies.merging(added) { own, _ in own })
  }

  /// The form as its file has it: extraction has tables of its own for countries and languages.
  public var withoutBuiltInVocabularies: FormDefinition {
    let own = vocabularies.filter { !FormDefinition.builtInVocabularies.contains($0.key) }
    return FormDefinition(
      id: id, version: version, title: title, sections: sections, vocabularies: own)
  }
}

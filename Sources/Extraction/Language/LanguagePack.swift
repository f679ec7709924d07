import Forms
import Foundation

/// What extraction knows of a language: cues of dialogue and needs, countries, demonyms, languages.
///
/// A pack is a folder of `assets/languages` named by ISO 639-1 code: files `*.cues` (see ``CueFile``),
/// `countries.tsv`, `languages.tsv` and, where it was learnt, `needs.weights` (see ``NeedWeights``). It never changes; a class, so
/// that every turn that is read shares it.
public final class LanguagePack: Sendable {
  /// ISO 639-1 code.
  public let language: String
  let codes: [String]
  let trie: PhraseTrie
  /// Number words, month names and letter names of the language.
  let numerals: Numerals
  /// What words tell of needs; a pack may be without.
  let needWeights: NeedWeights

  /// Reads a pack and adds the words of a form: synonyms of its vocabularies, cues of its fields.
  ///
  /// - Throws: ``LanguagePackError`` naming file and line.
  public init(folder: URL, form: FormDefinition) throws(LanguagePackError) {
    language = folder.lastPathComponent
    numerals = language == "en" ? .english : .spanish
    var builder = PackBuilder()
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let files = Set(found.filter { $0.hasSuffix(".cues") }).union(LanguagePack.required)
    let codes = LanguagePack.needs.union(LanguagePack.needs(of: form))
    // Each phrase goes into the trie as soon as it is read: to keep them all takes more time than to read them.
    for file in files.sorted() {
      try CueFile.read(LanguagePack.text(folder, file), file: file, codes: codes) {
        builder.add($0)
      }
    }
    try builder.addTable(
      LanguagePack.text(folder, "countries.tsv"), file: "countries.tsv", columns: 3
    ) { columns in
      [
        (.country, columns[0], columns[1]),
        (.demonym, columns[0], columns[2]),
        (.demonyms, columns[0], LanguagePack.plurals(columns[2])),
      ]
    }
    try builder.addTable(
      LanguagePack.text(folder, "languages.tsv"), file: "languages.tsv", columns: 2
    ) { columns in [(.language, columns[0], columns[1])] }
    builder.add(numerals.months)
    builder.add(form, language: language)
    let weights = try LanguagePack.data(folder, LanguagePack.weights)
    needWeights =
      if let weights {
        try NeedWeights(weights, file: LanguagePack.weights)
      } else {
        .none
      }
    self.codes = builder.codes
    trie = builder.finished()
  }

  /// Tokens with number words in the one form that the readers know, and words that were spelled by ear as they should be.
  func normalised(_ tokens: [Token]) -> [Token] {
    tokens.map { token in
      // Names are written as they were heard.
      let mayBeByEar =
        token.kind == .word && !token.isCapitalized && !token.isNumberWord
      let byEar = mayBeByEar ? trie.respelled(token.folded) : nil
      guard let word = numerals.words[token.folded] ?? byEar else { return token }
      return Token(
        kind: token.kind, text: token.text, folded: word, segment: token.segment,
        range: token.range)
    }
  }

  /// The code a hit stands for.
  func code(_ hit: Hit) -> String { hit.code >= 0 ? codes[Int(hit.code)] : "" }

  /// Plurals of nouns separated by `|`: an s behind a vowel, else es without the accent.
  private static func plurals(_ names: String) -> String {
    names.split(separator: "|").map { name in
      let folded = Folding.fold(name)
      let ends = folded.last.map { "aeo".contains($0) } ?? false
      return folded + (ends ? "s" : "es") + (folded.hasSuffix("i") ? "|" + folded + "s" : "")
    }.joined(separator: "|")
  }

  /// Files without which a pack reads nothing.
  private static let required: Set<String> = ["dialogue.cues", "needs.cues"]

  private static let weights = "needs.weights"

  /// Needs that a pack may have words for, whether or not the form asks for them.
  static let needs: Set<String> = [
    "food", "housing", "clothing", "healthcare", "legal_advice", "employment", "language_classes",
    "psychological_support", "documentation", "schooling", "financial_aid",
    "gender_violence_support", "hygiene", "transport",
  ]

  private static func needs(of form: FormDefinition) -> Set<String> {
    guard let field = form.field("needs"), let vocabulary = form.vocabulary(of: field) else {
      return []
    }
    return Set(vocabulary.entries.map(\.code))
  }

  /// A file's bytes, not mapped: a desk goes on while the file is replaced. Nil where there is none.
  private static func data(_ folder: URL, _ file: String) throws(LanguagePackError) -> Data? {
    let url = folder.appendingPathComponent(file)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    guard let data = try? Data(contentsOf: url) else {
      throw LanguagePackError(file: file, line: 1, problem: .unreadable)
    }
    return data
  }

  private static func text(_ folder: URL, _ file: String) throws(LanguagePackError) -> String {
    guard let data = try data(folder, file) else {
      throw LanguagePackError(file: file, line: 1, problem: .unreadable)
    }
    return try text(data, file: file)
  }

  /// The text of a file's bytes.
  static func text(_ data: Data, file: String) throws(LanguagePackError) -> String {
    if let line = UTF8Lines.firstWrong(data) {
      throw LanguagePackError(file: file, line: line, problem: .notUTF8)
    }
    return String(decoding: data, as: UTF8.self)
  }
}

/// Gathers phrases in a trie and numbers their codes.
private struct PackBuilder {
  private var trie = PhraseTrie()
  var codes: [String] = []
  private var indexOfCode: [String: Int32] = [:]

  mutating func add(_ row: CueFile.Row) {
    trie.add(row.pattern, Cue(kind: row.kind, code: row.code.map { index($0) } ?? -1))
  }

  /// The trie with all that was added.
  consuming func finished() -> PhraseTrie {
    trie.finish()
    return trie
  }

  mutating func add(_ months: [String: Int]) {
    for (name, number) in months.sorted(by: { $0.key < $1.key }) {
      add(name, .month, code: String(number))
    }
  }

  /// Adds a table of tab-separated rows; several names in a column are separated by `|`.
  mutating func addTable(
    _ text: String, file: String, columns count: Int,
    _ names: ([String]) -> [(CueKind, code: String, names: String)]
  ) throws(LanguagePackError) {
    var number = 0
    for line in text.bytes(separatedBy: "\n") {
      number += 1
      if line.isEmpty || line.hasPrefix("#") { continue }
      let columns = line.bytes(separatedBy: "\t").map(String.init)
      guard columns.count >= count else {
        throw LanguagePackError(file: file, line: number, problem: .tooFewColumns)
      }
      for (kind, code, list) in names(columns) {
        for name in list.bytes(separatedBy: "|") { add(String(name), kind, code: code) }
      }
    }
  }

  /// The words of a form: its needs' synonyms are services asked for, other choices are values of their fields.
  mutating func add(_ form: FormDefinition, language: String) {
    for field in form.fields {
      for cue in field.cues[language] ?? [] { add(cue, .field, code: field.name.rawValue) }
      guard let vocabulary = form.vocabulary(of: field) else { continue }
      let isNeeds = field.name == "needs"
      for entry in vocabulary.entries {
        let words = (entry.synonyms[language] ?? []) + [entry.label.text(language)]
        for word in words {
          if isNeeds {
            add(word, .service, code: entry.code)
          } else if field.name == "gender" {
            add(word, .gender, code: entry.code)
          } else {
            add(word, .choice, code: "\(vocabulary.name)/\(entry.code)")
          }
        }
      }
    }
  }

  private mutating func add(_ name: String, _ kind: CueKind, code: String) {
    guard let pattern = PhrasePattern(name: name) else { return }
    trie.add(pattern, Cue(kind: kind, code: index(code)))
  }

  private mutating func index(_ code: String) -> Int32 {
    if let index = indexOfCode[code] { return index }
    let index = Int32(codes.count)
    codes.append(code)
    indexOfCode[code] = index
    return index
  }
}

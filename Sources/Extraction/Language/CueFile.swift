/// A mistake in a file of a language pack.
public struct LanguagePackError: Error, Hashable, Sendable {
  /// Name of the file inside the pack's folder.
  public let file: String
  /// Line, from 1.
  public let line: Int
  /// What is wrong.
  public let problem: Problem

  /// What can be wrong with a line.
  public enum Problem: Hashable, Sendable {
    /// The file can't be read.
    case unreadable
    /// The line isn't UTF-8.
    case notUTF8
    /// The file has no phrase at all.
    case emptyFile
    /// The section before has no phrase.
    case emptySection(String)
    /// The section needs a code and has none, or its code isn't known.
    case unknownCode(String)
    /// The section's kind isn't known.
    case unknownKind(String)
    /// A phrase stands before the first section.
    case phraseOutsideSection
    /// The phrase is empty, its signs stand where they can't, or a gap begins or ends it.
    case malformedPhrase(String)
    /// A row of a table has too few columns.
    case tooFewColumns
    /// The file is cut off, or no such file at all.
    case damaged
  }
}

/// Reads a file of cues: sections in brackets, a phrase a line.
///
/// In a phrase `a/b` is either word, `(a)` may be missing, `a*` any word that begins so, and `_` up to
/// three words between.
enum CueFile {
  /// A section's phrase with its heading.
  struct Row {
    let kind: CueKind
    let code: String?
    let pattern: PhrasePattern
  }

  /// A section's heading while its phrases are read.
  private struct Section {
    let kind: CueKind
    let code: String?
    let heading: String
    let line: Int
    /// Rows before it.
    let first: Int
  }

  /// Phrases of a file.
  ///
  /// - Parameter codes: those that sections may name; nil allows any.
  static func rows(
    _ text: String, file: String, codes: Set<String>? = nil
  ) throws(LanguagePackError) -> [Row] {
    var rows: [Row] = []
    var section: Section?
    var number = 0
    // Bytes, not characters: the packs are read whenever an interview begins.
    let newline = UInt8(ascii: "\n")
    for bytes in text.utf8.split(separator: newline, omittingEmptySubsequences: false) {
      number += 1
      let line = Substring(bytes).trimmingSpaces
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        try checkHasPhrases(section, rows.count, file)
        section = try heading(line, number, rows.count, file, codes)
        continue
      }
      guard let section else {
        throw LanguagePackError(file: file, line: number, problem: .phraseOutsideSection)
      }
      guard let pattern = pattern(line) else {
        throw LanguagePackError(file: file, line: number, problem: .malformedPhrase(String(line)))
      }
      rows.append(Row(kind: section.kind, code: section.code, pattern: pattern))
    }
    try checkHasPhrases(section, rows.count, file)
    guard !rows.isEmpty else {
      throw LanguagePackError(file: file, line: max(1, number), problem: .emptyFile)
    }
    return rows
  }

  private static func heading(
    _ line: Substring, _ number: Int, _ first: Int, _ file: String, _ codes: Set<String>?
  ) throws(LanguagePackError) -> Section {
    let parts = line.dropFirst().dropLast().split(separator: " ").map(String.init)
    guard let name = parts.first, let kind = CueKind(rawValue: name), parts.count <= 2 else {
      throw LanguagePackError(file: file, line: number, problem: .unknownKind(String(line)))
    }
    let code = parts.count == 2 ? parts[1] : nil
    let isKnown = code.map { kind.hasCode && codes?.contains($0) ?? true } ?? !kind.hasCode
    guard isKnown else {
      throw LanguagePackError(file: file, line: number, problem: .unknownCode(String(line)))
    }
    return Section(kind: kind, code: code, heading: String(line), line: number, first: first)
  }

  private static func checkHasPhrases(
    _ section: Section?, _ count: Int, _ file: String
  ) throws(LanguagePackError) {
    guard let section, section.first == count else { return }
    throw LanguagePackError(
      file: file, line: section.line, problem: .emptySection(section.heading))
  }

  /// What a line stands for; nil when it is malformed.
  static func pattern(_ line: Substring) -> PhrasePattern? {
    if let words = plainWords(line) { return words }
    guard hasPlainBrackets(line), let parts = parts(line.split(separator: " ")[...]) else {
      return nil
    }
    return PhrasePattern(parts)
  }

  /// The words of a line without any signs, which most are; nil for others.
  private static func plainWords(_ line: Substring) -> PhrasePattern? {
    let isPlain = line.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x20 }
    guard isPlain, !line.isEmpty else { return nil }
    return PhrasePattern(words: line.utf8.split(separator: 0x20).map { String(Substring($0)) })
  }

  /// Whether every bracket opens before a word and closes behind one, none inside another.
  private static func hasPlainBrackets(_ line: Substring) -> Bool {
    let open = UInt8(ascii: "(")
    let close = UInt8(ascii: ")")
    let space = UInt8(ascii: " ")
    var isOpen = false
    var before = space
    let bytes = line.utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index = bytes.index(after: index)
      if byte == open {
        guard !isOpen, before == space, index < bytes.endIndex, bytes[index] != space else {
          return false
        }
        isOpen = true
      } else if byte == close {
        guard isOpen, before != space, before != open,
          index == bytes.endIndex || bytes[index] == space
        else { return false }
        isOpen = false
      }
      before = byte
    }
    return !isOpen
  }

  /// The parts that these words are; nil when one is none.
  private static func parts(_ words: ArraySlice<Substring>) -> [PhrasePattern.Part]? {
    var parts: [PhrasePattern.Part] = []
    var rest = words
    while let word = rest.first {
      if word.hasPrefix("(") {
        guard let close = rest.firstIndex(where: { $0.hasSuffix(")") }) else { return nil }
        var inside = Array(rest[rest.startIndex...close])
        inside[0] = inside[0].dropFirst()
        inside[inside.count - 1] = inside[inside.count - 1].dropLast()
        guard let optional = self.parts(inside[...]) else { return nil }
        parts.append(.optional(optional))
        rest = rest[(close + 1)...]
      } else {
        let choices = word.split(separator: "/", omittingEmptySubsequences: false)
        guard choices.allSatisfy(isElement) else { return nil }
        parts.append(.choice(choices.map(element)))
        rest = rest.dropFirst()
      }
    }
    return parts
  }

  /// Whether a word can be found in a talk: what the tokenizer cuts apart or drops never is.
  private static func isElement(_ word: Substring) -> Bool {
    if word == "_" { return true }
    let letters = word.hasSuffix("*") ? word.dropLast() : word
    // Nearly all words of a pack are plain; the properties of other scalars are slow to look up.
    if !letters.isEmpty, letters.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) { return true }
    guard let first = letters.unicodeScalars.first, first.properties.isAlphabetic || isDigit(first)
    else { return false }
    return letters.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || isDigit($0) || $0 == "'" || $0 == "’"
        || (0x300...0x36F).contains($0.value)
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value)
  }

  private static func element(_ word: Substring) -> PhrasePattern.Element {
    if word == "_" { return .gap }
    if word.hasSuffix("*") { return .prefix(Folding.fold(word.dropLast())) }
    return .word(Folding.fold(word))
  }
}

extension Substring {
  /// Without spaces, tabs and carriage returns at both ends.
  var trimmingSpaces: Substring {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    guard let first = utf8.firstIndex(where: { !isSpace($0) }),
      let last = utf8.lastIndex(where: { !isSpace($0) })
    else { return self[startIndex..<startIndex] }
    return self[first..<utf8.index(after: last)]
  }
}

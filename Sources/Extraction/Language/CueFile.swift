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
    /// The section's kind isn't known.
    case unknownKind(String)
    /// A phrase stands before the first section.
    case phraseOutsideSection
    /// The phrase is empty, has an unclosed bracket or can't begin or end with a gap.
    case malformedPhrase(String)
    /// A row of a table has too few columns.
    case tooFewColumns
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
    let elements: [PhraseTrie.Element]
  }

  /// Phrases of a file.
  static func rows(_ text: String, file: String) throws(LanguagePackError) -> [Row] {
    var rows: [Row] = []
    var section: (kind: CueKind, code: String?)?
    var number = 0
    // Bytes, not characters: the packs are read whenever an interview begins.
    let newline = UInt8(ascii: "\n")
    for bytes in text.utf8.split(separator: newline, omittingEmptySubsequences: false) {
      number += 1
      let line = Substring(bytes).trimmingSpaces
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("["), line.hasSuffix("]") {
        let parts = line.dropFirst().dropLast().split(separator: " ").map(String.init)
        guard let name = parts.first, let kind = CueKind(rawValue: name), parts.count <= 2 else {
          throw LanguagePackError(file: file, line: number, problem: .unknownKind(String(line)))
        }
        section = (kind, parts.count == 2 ? parts[1] : nil)
        continue
      }
      guard let section else {
        throw LanguagePackError(file: file, line: number, problem: .phraseOutsideSection)
      }
      guard let phrases = phrases(String(line)) else {
        throw LanguagePackError(file: file, line: number, problem: .malformedPhrase(String(line)))
      }
      for elements in phrases {
        rows.append(Row(kind: section.kind, code: section.code, elements: elements))
      }
    }
    return rows
  }

  /// All plain phrases a line stands for; nil when it is malformed.
  static func phrases(_ line: String) -> [[PhraseTrie.Element]]? {
    if let words = plainWords(line) { return [words] }
    guard let phrases = expand(line.split(separator: " ")[...]), phrases.count <= 2000 else {
      return nil
    }
    for phrase in phrases where phrase.isEmpty || phrase.first == .gap || phrase.last == .gap {
      return nil
    }
    return phrases
  }

  /// The words of a line without any signs, which most are; nil for others.
  private static func plainWords(_ line: String) -> [PhraseTrie.Element]? {
    let isPlain = line.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x20 }
    guard isPlain, !line.isEmpty else { return nil }
    return line.utf8.split(separator: 0x20).map { .word(String(Substring($0))) }
  }

  /// The phrases of these parts, which may be the empty one too.
  private static func expand(_ parts: ArraySlice<Substring>) -> [[PhraseTrie.Element]]? {
    var phrases: [[PhraseTrie.Element]] = [[]]
    var rest = parts
    while let part = rest.first {
      var choices: [[PhraseTrie.Element]]
      if part.hasPrefix("(") {
        guard let close = rest.firstIndex(where: { $0.hasSuffix(")") }) else { return nil }
        var inside = Array(rest[rest.startIndex...close])
        inside[0] = inside[0].dropFirst()
        inside[inside.count - 1] = inside[inside.count - 1].dropLast()
        guard let optional = expand(inside[...]) else { return nil }
        choices = [[]] + optional
        rest = rest[(close + 1)...]
      } else {
        choices = part.split(separator: "/").map { [element($0)] }
        rest = rest.dropFirst()
      }
      guard !choices.isEmpty, !part.hasSuffix("(") else { return nil }
      phrases = phrases.flatMap { phrase in choices.map { phrase + $0 } }
      guard phrases.count <= 4000 else { return nil }
    }
    return phrases
  }

  private static func element(_ word: Substring) -> PhraseTrie.Element {
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

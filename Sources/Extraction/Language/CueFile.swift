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

  /// Reads the phrases of a file one after the other.
  ///
  /// - Parameters:
  ///   - codes: those that sections may name; nil allows any.
  ///   - take: called with each phrase, also with those before a mistake.
  static func read(
    _ text: String, file: String, codes: Set<String>?, _ take: (Row) -> Void
  ) throws(LanguagePackError) {
    var count = 0
    var section: Section?
    var number = 0
    // Bytes, not characters: packs are read whenever an interview begins.
    for line in Array(text.utf8).split(separator: newLine, omittingEmptySubsequences: false) {
      number += 1
      let line = trimmed(line)
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      if first == UInt8(ascii: "["), line.last == UInt8(ascii: "]") {
        try checkHasPhrases(section, count, file)
        let text = Substring(decoding: line, as: UTF8.self)
        section = try heading(text, number, count, file, codes)
        continue
      }
      guard let section else {
        throw LanguagePackError(file: file, line: number, problem: .phraseOutsideSection)
      }
      guard let pattern = pattern(line) else {
        let text = String(decoding: line, as: UTF8.self)
        throw LanguagePackError(file: file, line: number, problem: .malformedPhrase(text))
      }
      count += 1
      take(Row(kind: section.kind, code: section.code, pattern: pattern))
    }
    try checkHasPhrases(section, count, file)
    guard count > 0 else {
      throw LanguagePackError(file: file, line: max(1, number), problem: .emptyFile)
    }
  }

  private static let newLine = UInt8(ascii: "\n")

  /// Without spaces, tabs and carriage returns at both ends.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var line = line.drop(while: isSpace)
    while let last = line.last, isSpace(last) { line.removeLast() }
    return line
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
  static func pattern(_ line: ArraySlice<UInt8>) -> PhrasePattern? {
    var parser = PhraseParser(line)
    return parser.parts(isInside: false).flatMap { PhrasePattern($0) }
  }
}

extension StringProtocol {
  /// The parts between an ASCII character, empty ones too. Bytes, not characters: packs are read whenever an interview begins.
  func bytes(separatedBy separator: Unicode.Scalar) -> [Substring] {
    Substring(self).utf8
      .split(separator: UInt8(ascii: separator), omittingEmptySubsequences: false)
      .map(Substring.init)
  }
}

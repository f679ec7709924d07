import TOMLKit

/// One table of a TOML file with the line of its header: reads keys and names the line of what it refuses.
public struct TOMLNode {
  private let table: TOMLTable
  /// The line (from 1) of the table's header.
  public let line: Int
  private let lines: SourceLines

  private init(table: TOMLTable, line: Int, lines: SourceLines) {
    self.table = table
    self.line = line
    self.lines = lines
  }

  /// Parses a file; the node is its top table.
  public init(toml: String) throws(DefinitionError) {
    lines = SourceLines(toml)
    line = 1
    if let line = SyntaxScan.impossibleLine(toml) {
      throw DefinitionError(line: line, problem: .syntax("brackets"))
    }
    do {
      table = try TOMLTable(string: toml)
    } catch let error as TOMLParseError {
      throw DefinitionError(line: error.source.begin.line, problem: .syntax(error.description))
    } catch {
      throw DefinitionError(line: 1, problem: .syntax("\(error)"))
    }
  }

  /// An error at the line of a key of this table.
  public func error(_ key: String, _ problem: DefinitionError.Problem) -> DefinitionError {
    DefinitionError(line: lines.line(of: key, after: line), problem: problem)
  }

  /// The keys that are there, in alphabetical order.
  public var keys: [String] { table.keys.sorted() }

  /// Refuses keys that are not in the list.
  public func allow(_ keys: Set<String>) throws(DefinitionError) {
    if let stranger = self.keys.first(where: { !keys.contains($0) }) {
      throw error(stranger, .unknownKey(stranger))
    }
  }

  /// A text, or nil when the key is not there.
  public func optionalString(_ key: String) throws(DefinitionError) -> String? {
    guard let value = table[key] else { return nil }
    guard let text = value.string else { throw error(key, .wrongKind(key)) }
    return text
  }

  /// A text that must be there.
  public func string(_ key: String) throws(DefinitionError) -> String {
    guard let text = try optionalString(key) else {
      throw DefinitionError(line: line, problem: .missing(key))
    }
    return text
  }

  /// A machine name: lower-case ASCII letters, digits and underscores, not empty.
  public func name(_ key: String) throws(DefinitionError) -> String {
    let text = try string(key)
    let isName =
      !text.isEmpty
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    guard isName else { throw error(key, .badName(text)) }
    return text
  }

  /// True or false; false when the key is not there.
  public func flag(_ key: String) throws(DefinitionError) -> Bool {
    try optionalFlag(key) ?? false
  }

  /// True or false, or nil when the key is not there.
  public func optionalFlag(_ key: String) throws(DefinitionError) -> Bool? {
    guard let value = table[key] else { return nil }
    guard let flag = value.bool else { throw error(key, .wrongKind(key)) }
    return flag
  }

  /// A text, or a table of language to text.
  public func localized(_ key: String) throws(DefinitionError) -> LocalizedText {
    guard let value = table[key] else { throw DefinitionError(line: line, problem: .missing(key)) }
    if let text = value.string { return LocalizedText(["es": text]) }
    guard let inner = value.table else { throw error(key, .wrongKind(key)) }
    var texts: [String: String] = [:]
    for language in inner.keys {
      guard let text = inner[language]?.string else { throw error(key, .wrongKind(key)) }
      texts[language] = text
    }
    return LocalizedText(texts)
  }

  /// A table of language to list of texts; empty when the key is not there.
  public func lists(_ key: String) throws(DefinitionError) -> [String: [String]] {
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
  public func tables(_ key: String, header: String, from first: Int = 0) throws(DefinitionError)
    -> [TOMLNode]
  {
    guard let value = table[key] else { return [] }
    guard let array = value.array else { throw error(key, .wrongKind(key)) }
    var nodes: [TOMLNode] = []
    for (index, element) in array.enumerated() {
      guard let inner = element.table else { throw error(key, .wrongKind(key)) }
      nodes.append(
        TOMLNode(
          table: inner, line: lines.line(ofHeader: header, number: first + index), lines: lines))
    }
    return nodes
  }

  /// A whole number within a range, or nil when the key is not there.
  public func integer(_ key: String, in range: ClosedRange<Int>) throws(DefinitionError) -> Int? {
    guard let value = table[key] else { return nil }
    guard let number = value.int else { throw error(key, .wrongKind(key)) }
    guard range.contains(number) else {
      throw error(key, .outOfRange(key, "\(range.lowerBound)...\(range.upperBound)"))
    }
    return number
  }

  /// A list of texts, or nil when the key is not there.
  public func texts(_ key: String) throws(DefinitionError) -> [String]? {
    guard let value = table[key] else { return nil }
    guard let array = value.array else { throw error(key, .wrongKind(key)) }
    let texts = array.compactMap(\.string)
    guard texts.count == array.count else { throw error(key, .wrongKind(key)) }
    return texts
  }

  /// The table `[key]`, or nil when it is not there.
  public func section(_ key: String) throws(DefinitionError) -> TOMLNode? {
    guard let value = table[key] else { return nil }
    guard let inner = value.table else { throw error(key, .wrongKind(key)) }
    return TOMLNode(table: inner, line: lines.line(ofHeader: "[\(key)]", number: 0), lines: lines)
  }
}

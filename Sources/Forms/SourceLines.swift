/// The lines of a TOML file, to say where something stands; the parser keeps places only for syntax errors.
struct SourceLines {
  private let lines: [Substring]
  /// Lines that begin with a bracket, trimmed, with their numbers from 1.
  private let headers: [(text: Substring, line: Int)]

  init(_ text: String) {
    // Bytes, not characters: forms are read whenever the program starts.
    lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map(Substring.init)
    headers = lines.enumerated().compactMap { index, line in
      let text = SourceLines.trim(line)
      return text.utf8.first == UInt8(ascii: "[") ? (text, index + 1) : nil
    }
  }

  /// The line (from 1) of the header's n-th appearance; 1 when it is written in another way.
  ///
  /// - Parameter header: with its brackets.
  func line(ofHeader header: String, number: Int) -> Int {
    let found = headers.lazy.filter { $0.text.utf8.starts(with: header.utf8) }
    return found.dropFirst(number).first?.line ?? 1
  }

  /// The line of `key = ...` below that line and above the next header; the header's own line when it is not found.
  func line(of key: String, after start: Int) -> Int {
    var index = max(0, start - 1)
    if index < lines.count, SourceLines.trim(lines[index]).hasPrefix("[") { index += 1 }
    while index < lines.count {
      let line = SourceLines.trim(lines[index])
      if line.hasPrefix("[") { break }
      let written = line.prefix { $0 != "=" && $0 != "." }
      if line.contains("="), SourceLines.trim(written) == key { return index + 1 }
      index += 1
    }
    return start
  }

  private static func trim(_ line: Substring) -> Substring {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    guard let first = line.utf8.firstIndex(where: { !isBlank($0) }),
      let last = line.utf8.lastIndex(where: { !isBlank($0) })
    else { return line.prefix(0) }
    return Substring(line.utf8[first...last])
  }
}

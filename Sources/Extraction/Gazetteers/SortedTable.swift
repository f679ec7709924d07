import Foundation

/// A table of tab-separated rows sorted by the bytes of their first column, searched where it lies.
///
/// The file is mapped, not read: opening costs microseconds whatever its size, and only the pages
/// that a search touches are loaded.
struct SortedTable: Sendable {
  private let bytes: Data
  /// Where keys stand, for some hundreds of them in order: a search begins between two of them.
  private let marks: [Mark]

  /// A key's first eight bytes, as a number that is ordered as they are, and the place of its line.
  private struct Mark {
    let key: UInt64
    let place: Int
  }

  private static let mostMarks = 1024

  /// Maps a file; an unreadable one is an empty table.
  init(_ file: URL) {
    let bytes = (try? Data(contentsOf: file, options: .alwaysMapped)) ?? Data()
    self.bytes = bytes
    marks = bytes.withUnsafeBytes { SortedTable.marks($0) }
  }

  private static func marks(_ raw: UnsafeRawBufferPointer) -> [Mark] {
    let step = max(512, raw.count / mostMarks)
    return stride(from: step, to: raw.count, by: step).map { middle in
      let place = lineStart(raw, middle)
      return Mark(key: mark(raw[place...]), place: place)
    }
  }

  /// The first eight bytes of a key, with zeros behind a shorter one.
  private static func mark(_ key: some Collection<UInt8>) -> UInt64 {
    var mark: UInt64 = 0
    var count = 0
    for byte in key {
      if count == 8 || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n") { break }
      mark = mark << 8 | UInt64(byte)
      count += 1
    }
    return mark << UInt64(8 * (8 - count))
  }

  /// Whether there is nothing in it.
  var isEmpty: Bool { bytes.isEmpty }

  /// The first row with that key, without the key.
  func first(_ key: String) -> [Substring]? { rows(key, limit: 1).first }

  /// The rows with that key, without the key.
  func rows(_ key: String, limit: Int = 16) -> [[Substring]] {
    guard !key.isEmpty else { return [] }
    var key = key
    return key.withUTF8 { wanted in
      bytes.withUnsafeBytes { raw in
        var place = lowerBound(raw, wanted)
        var found: [[Substring]] = []
        while place < raw.count, found.count < limit, keyOrder(raw, place, wanted) == 0 {
          let end = lineEnd(raw, place)
          found.append(Array(columns(raw[place..<end]).dropFirst()))
          place = end + 1
        }
        return found
      }
    }
  }

  /// The whole number in the second column of the first row with that key; nil for none.
  func number(_ key: String) -> Int? {
    search(key) { raw, place in
      guard raw[place] == UInt8(ascii: "\t") else { return nil }
      let digits = raw[(place + 1)..<raw.count].prefix { (0x30...0x39).contains($0) }
      return digits.isEmpty ? nil : digits.reduce(0) { $0 &* 10 &+ Int($1 & 15) }
    }
  }

  /// Whether a key is these words or begins with them.
  func begins(with words: String) -> Bool {
    // A space is sorted before every letter: the first key from these words on is such a one, or there is none.
    search(words) { raw, place in raw[place] == 0x20 || raw[place] == UInt8(ascii: "\t") } ?? false
  }

  /// Calls with the place behind these letters in the first key from them on; nil where it does not begin with them.
  private func search<Result>(
    _ letters: String, _ read: (UnsafeRawBufferPointer, Int) -> Result?
  ) -> Result? {
    var letters = letters
    return letters.withUTF8 { wanted in
      bytes.withUnsafeBytes { raw in
        let place = lowerBound(raw, wanted)
        let end = place + wanted.count
        guard !wanted.isEmpty, end < raw.count, raw[place..<end].elementsEqual(wanted) else {
          return nil
        }
        return read(raw, end)
      }
    }
  }

  /// Keys that begin with these letters, with their rows, in order.
  func prefixed(_ prefix: String, limit: Int) -> [(key: String, row: [Substring])] {
    var prefix = prefix
    return prefix.withUTF8 { wanted in
      bytes.withUnsafeBytes { raw in
        var place = lowerBound(raw, wanted)
        var found: [(key: String, row: [Substring])] = []
        while place < raw.count, found.count < limit {
          let end = lineEnd(raw, place)
          guard raw[place..<end].starts(with: wanted) else { break }
          let columns = columns(raw[place..<end])
          found.append((String(columns[0]), Array(columns.dropFirst())))
          place = end + 1
        }
        return found
      }
    }
  }

  private func columns(_ line: Slice<UnsafeRawBufferPointer>) -> [Substring] {
    String(decoding: line, as: UTF8.self).utf8
      .split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map(Substring.init)
  }

  /// Start of the first line whose key is not below the wanted one.
  private func lowerBound(
    _ raw: UnsafeRawBufferPointer, _ wanted: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var (low, high) = between(SortedTable.mark(wanted), raw.count)
    while low < high {
      let middle = SortedTable.lineStart(raw, (low + high) / 2)
      if keyOrder(raw, middle, wanted) < 0 { low = lineEnd(raw, middle) + 1 } else { high = middle }
    }
    return low
  }

  /// Places between which the first key is that is not below the one with that mark.
  private func between(_ wanted: UInt64, _ count: Int) -> (Int, Int) {
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].key < wanted { low = middle + 1 } else { high = middle }
    }
    let first = low > 0 ? marks[low - 1].place : 0
    while low < marks.count, marks[low].key == wanted { low += 1 }
    return (first, low < marks.count ? marks[low].place : count)
  }

  private static func lineStart(_ raw: UnsafeRawBufferPointer, _ place: Int) -> Int {
    var place = place
    while place > 0, raw[place - 1] != UInt8(ascii: "\n") { place -= 1 }
    return place
  }

  private func lineEnd(_ raw: UnsafeRawBufferPointer, _ place: Int) -> Int {
    var place = place
    while place < raw.count, raw[place] != UInt8(ascii: "\n") { place += 1 }
    return place
  }

  /// Compares the key of the line at that place with the wanted one: below, equal or above zero.
  private func keyOrder(
    _ raw: UnsafeRawBufferPointer, _ place: Int, _ wanted: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var index = 0
    while true {
      let here = place + index < raw.count ? raw[place + index] : UInt8(ascii: "\n")
      let ended = here == UInt8(ascii: "\t") || here == UInt8(ascii: "\n")
      if ended { return index == wanted.count ? 0 : -1 }
      if index == wanted.count { return 1 }
      if here != wanted[index] { return Int(here) - Int(wanted[index]) }
      index += 1
    }
  }
}

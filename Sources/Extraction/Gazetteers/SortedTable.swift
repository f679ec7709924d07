import Foundation

/// A table of tab-separated rows sorted by the bytes of their first column, searched where it lies.
///
/// The file is mapped, not read: opening costs microseconds whatever its size, and only the pages
/// that a search touches are loaded.
struct SortedTable: Sendable {
  private let bytes: Data

  /// Maps a file; an unreadable one is an empty table.
  init(_ file: URL) {
    bytes = (try? Data(contentsOf: file, options: .alwaysMapped)) ?? Data()
  }

  /// Whether there is nothing in it.
  var isEmpty: Bool { bytes.isEmpty }

  /// The first row with that key, without the key.
  func first(_ key: String) -> [Substring]? { rows(key, limit: 1).first }

  /// The rows with that key, without the key.
  func rows(_ key: String, limit: Int = 16) -> [[Substring]] {
    guard !key.isEmpty else { return [] }
    return bytes.withUnsafeBytes { raw in
      let wanted = Array(key.utf8)
      var place = lowerBound(raw, wanted)
      var found: [[Substring]] = []
      while place < raw.count, found.count < limit {
        let end = lineEnd(raw, place)
        guard keyOrder(raw, place, wanted) == 0 else { break }
        let line = String(decoding: raw[place..<end], as: UTF8.self)
        found.append(
          Array(line.split(separator: "\t", omittingEmptySubsequences: false).dropFirst()))
        place = end + 1
      }
      return found
    }
  }

  /// Whether a key begins with these letters.
  func hasPrefix(_ prefix: String) -> Bool {
    bytes.withUnsafeBytes { raw in
      let wanted = Array(prefix.utf8)
      let place = lowerBound(raw, wanted)
      return place < raw.count && raw[place..<raw.count].starts(with: wanted)
    }
  }

  /// Keys that begin with these letters, with their rows, in order.
  func prefixed(_ prefix: String, limit: Int) -> [(key: String, row: [Substring])] {
    bytes.withUnsafeBytes { raw in
      let wanted = Array(prefix.utf8)
      var place = lowerBound(raw, wanted)
      var found: [(key: String, row: [Substring])] = []
      while place < raw.count, found.count < limit {
        let end = lineEnd(raw, place)
        guard raw[place..<end].starts(with: wanted) else { break }
        let columns = String(decoding: raw[place..<end], as: UTF8.self)
          .split(separator: "\t", omittingEmptySubsequences: false)
        found.append((String(columns[0]), Array(columns.dropFirst())))
        place = end + 1
      }
      return found
    }
  }

  /// Start of the first line whose key is not below the wanted one.
  private func lowerBound(_ raw: UnsafeRawBufferPointer, _ wanted: [UInt8]) -> Int {
    var low = 0
    var high = raw.count
    while low < high {
      let middle = lineStart(raw, (low + high) / 2)
      if keyOrder(raw, middle, wanted) < 0 { low = lineEnd(raw, middle) + 1 } else { high = middle }
    }
    return low
  }

  private func lineStart(_ raw: UnsafeRawBufferPointer, _ place: Int) -> Int {
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
  private func keyOrder(_ raw: UnsafeRawBufferPointer, _ place: Int, _ wanted: [UInt8]) -> Int {
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

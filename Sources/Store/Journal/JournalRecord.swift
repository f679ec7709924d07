import Vault

/// A record of a journal as it is sealed: `version (1) | link of the record before (32) | JSON`.
///
/// The link chains the records over all parts of a journal. Records from before there was a chain are the
/// JSON alone, which begins with a brace.
struct JournalRecord {
  private static let version: UInt8 = 1
  private static let brace = UInt8(ascii: "{")

  /// The link of the record before; nil for a record without a chain.
  let previous: [UInt8]?
  /// The payload's JSON.
  let json: ArraySlice<UInt8>

  /// Reads a record; nil for what is none.
  init?(_ bytes: [UInt8]) {
    if bytes.first == Self.brace {
      previous = nil
      json = bytes[...]
    } else {
      guard bytes.first == Self.version, bytes.count > HashChain.length else { return nil }
      previous = Array(bytes[1...HashChain.length])
      json = bytes[(HashChain.length + 1)...]
    }
  }

  /// The bytes of a record.
  static func bytes(_ json: [UInt8], after previous: [UInt8]) -> [UInt8] {
    [version] + previous + json
  }
}

/// Whether a journal's records are all there and as they were written.
public struct JournalChain: Hashable, Sendable {
  /// The link of the last record.
  public internal(set) var head = HashChain.start
  /// Numbers (from 0) of records whose link is not the one of the record before them.
  public internal(set) var breaks: [Int] = []
  /// Records from before there was a chain.
  public internal(set) var unchained = 0

  /// Whether nothing was changed, left out or moved.
  public var isWhole: Bool { breaks.isEmpty }

  /// Takes the next record.
  mutating func take(_ record: JournalRecord, number: Int) {
    if let previous = record.previous {
      if previous != head { breaks.append(number) }
      head = HashChain.link(previous, record.json)
    } else {
      // A record without a link behind one with a link was put there.
      if head != HashChain.start { breaks.append(number) }
      unchained += 1
    }
  }
}

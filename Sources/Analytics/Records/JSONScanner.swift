/// Reads the JSON that the store writes, piece by piece, without making a value of what is passed over.
///
/// A submission with its transcript is many times longer than what analytics wants of it.
struct JSONScanner {
  /// What is no JSON.
  struct Malformed: Error {}

  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  /// Calls the body with each key of the object that begins here; the body reads or passes over the value.
  mutating func object(_ body: (inout JSONScanner, String) throws -> Void) throws {
    try expect("{")
    if take("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try body(&self, key)
    } while take(",")
    try expect("}")
  }

  /// Calls the body at each element of the array that begins here; the body reads or passes over it.
  mutating func array(_ body: (inout JSONScanner) throws -> Void) throws {
    try expect("[")
    if take("]") { return }
    repeat { try body(&self) } while take(",")
    try expect("]")
  }

  /// The text that begins here.
  mutating func string() throws -> String {
    skipSpace()
    let start = place + 1
    let isPlain = try skipString()
    let inner = bytes[start..<place - 1]
    return isPlain ? String(decoding: inner, as: UTF8.self) : try Self.unescaped(inner)
  }

  /// The number that begins here.
  mutating func number() throws -> Double {
    skipSpace()
    // Numbers that JSON lacks are written as text.
    if peek() == UInt8(ascii: "\"") { return Double(try string()) ?? .nan }
    let start = place
    skipPlain()
    guard let value = Double(String(decoding: bytes[start..<place], as: UTF8.self)) else {
      throw Malformed()
    }
    return value
  }

  /// The whole number that begins here; a fraction is left out.
  mutating func integer() throws -> Int64 {
    let value = try number()
    guard value.magnitude < 9e18 else { throw Malformed() }
    return Int64(value)
  }

  /// True, false, or nil for anything else, which is not read.
  mutating func flag() -> Bool? {
    skipSpace()
    for (text, value) in [("true", true), ("false", false)] where starts(text) {
      place += text.utf8.count
      return value
    }
    return nil
  }

  /// What kind of value begins here, by its first character.
  mutating func kind() -> UInt8 {
    skipSpace()
    return peek()
  }

  /// Passes over whatever begins here.
  mutating func skip() throws {
    skipSpace()
    var depth = 0
    repeat {
      guard place < bytes.endIndex else { throw Malformed() }
      switch bytes[place] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        place += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        place += 1
      case UInt8(ascii: "\""): _ = try skipString()
      case UInt8(ascii: ","), UInt8(ascii: ":"): place += 1
      default:
        let start = place
        skipPlain()
        guard place > start else { throw Malformed() }
      }
      if depth > 0 { skipSpace() }
    } while depth > 0
  }

  private func peek() -> UInt8 { place < bytes.endIndex ? bytes[place] : 0 }

  private func starts(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

  private mutating func skipSpace() {
    while place < bytes.endIndex, bytes[place] <= 0x20 { place += 1 }
  }

  private mutating func skipPlain() {
    while place < bytes.endIndex {
      switch bytes[place] {
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"), 0...0x20:
        return
      default: place += 1
      }
    }
  }

  /// Passes over a text; whether it has no escapes.
  private mutating func skipString() throws -> Bool {
    guard peek() == UInt8(ascii: "\"") else { throw Malformed() }
    place += 1
    var isPlain = true
    while place < bytes.endIndex {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place += 1
        return isPlain
      case UInt8(ascii: "\\"):
        isPlain = false
        place += 2
      default: place += 1
      }
    }
    throw Malformed()
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek() == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws {
    guard take(character) else { throw Malformed() }
  }

  private static func unescaped(_ inner: ArraySlice<UInt8>) throws -> String {
    var result: [UInt8] = []
    var units: [UInt16] = []
    var rest = inner
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      guard let escape = rest.popFirst() else { throw Malformed() }
      switch escape {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "u"):
        guard rest.count >= 4,
          let unit = UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16)
        else { throw Malformed() }
        rest = rest.dropFirst(4)
        units.append(unit)
        // A character beyond the first 65,536 comes in two.
        let isFirstOfTwo = units.count == 1 && UTF16.isLeadSurrogate(unit)
        if !isFirstOfTwo {
          result.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
          units.removeAll()
        }
      default: result.append(escape)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

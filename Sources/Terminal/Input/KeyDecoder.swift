/// Turns the bytes of a terminal into input events; a value, so it is tested by table and at random.
///
/// Knows xterm's, the Linux console's and rxvt's sequences, what terminfo adds, SGR and X10 mouse
/// reports, and bracketed paste. Bytes it does not know are dropped, never shown as keys: a sequence
/// that is not understood must not turn into commands.
public struct KeyDecoder: Sendable {
  private enum Mode: Hashable {
    case ground, escape, control, single, utf8(Int), paste, x10, string
  }

  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)
  private static let pasteLimit = 1 << 20
  private static let sequenceLimit = 64

  private let terminfo: [[UInt8]: Key]
  private var mode: Mode = .ground
  private var bytes: [UInt8] = []
  private var alt = false

  /// A decoder.
  ///
  /// - Parameter terminfo: sequences of this terminal, escape included, beside the ones known here.
  public init(terminfo: [[UInt8]: Key] = [:]) { self.terminfo = terminfo }

  /// Whether more bytes may complete what has come so far.
  public var isPending: Bool { mode != .ground }
  /// Whether a paste has begun and not ended.
  public var isPasting: Bool { mode == .paste }

  /// Takes bytes and gives the events they complete.
  public mutating func feed(_ input: some Sequence<UInt8>) -> [InputEvent] {
    var events: [InputEvent] = []
    for byte in input { take(byte, &events) }
    return events
  }

  /// No more bytes came for a while: an escape on its own is the Escape key, an endless paste ends.
  public mutating func timeout() -> [InputEvent] {
    defer { reset() }
    switch mode {
    case .escape: return [.key(Key(.escape, alt ? .alt : []))]
    case .control where bytes == [0x5B]: return [.key(.alt("["))]
    case .single where bytes.isEmpty: return [.key(.alt("O"))]
    case .paste: return [.paste(KeyDecoder.clean(bytes))]
    default: return []
    }
  }

  private mutating func reset() {
    mode = .ground
    bytes.removeAll(keepingCapacity: true)
    alt = false
  }

  private mutating func take(_ byte: UInt8, _ events: inout [InputEvent]) {
    switch mode {
    case .ground: ground(byte, &events)
    case .escape: escape(byte, &events)
    case .control: control(byte, &events)
    case .single: single(byte, &events)
    case .utf8(let left): continueText(byte, left, &events)
    case .paste: paste(byte, &events)
    case .x10: x10(byte, &events)
    case .string:
      // Answers of the terminal (titles, colours) end with BEL or ESC \; nothing in them is a key.
      if byte == 0x07 || byte == 0x5C && bytes.last == 0x1B { return reset() }
      bytes = [byte]
    }
  }

  private mutating func ground(_ byte: UInt8, _ events: inout [InputEvent]) {
    let held: Modifiers = alt ? .alt : []
    switch byte {
    case 0x1B: mode = .escape
    case 0x0D, 0x0A: emit(Key(.enter, held), &events)
    case 0x09: emit(Key(.tab, held), &events)
    case 0x7F, 0x08: emit(Key(.backspace, held), &events)
    case 0x00: emit(Key(.character(" "), held.union(.control)), &events)
    case 0x01...0x1A:
      let letter = Character(Unicode.Scalar(byte + 0x60))
      emit(Key(.character(letter), held.union(.control)), &events)
    case 0x1C...0x1F:
      emit(Key(.character(Character(Unicode.Scalar(byte + 0x40))), held.union(.control)), &events)
    case 0x20..<0x7F:
      emit(Key(.character(Character(Unicode.Scalar(byte))), held), &events)
    case 0xC2...0xDF: begin(byte, 1)
    case 0xE0...0xEF: begin(byte, 2)
    case 0xF0...0xF4: begin(byte, 3)
    default: reset()
    }
  }

  private mutating func emit(_ key: Key, _ events: inout [InputEvent]) {
    events.append(.key(key))
    reset()
  }

  private mutating func begin(_ byte: UInt8, _ left: Int) {
    bytes = [byte]
    mode = .utf8(left)
  }

  private mutating func continueText(_ byte: UInt8, _ left: Int, _ events: inout [InputEvent]) {
    guard byte & 0xC0 == 0x80 else {
      reset()
      return take(byte, &events)
    }
    bytes.append(byte)
    if left > 1 { return mode = .utf8(left - 1) }
    let text = String(validating: bytes, as: UTF8.self)
    let held: Modifiers = alt ? .alt : []
    if let scalar = text?.unicodeScalars.first, !(0x80..<0xA0).contains(scalar.value) {
      events.append(.key(Key(.character(Character(scalar)), held)))
    }
    reset()
  }

  private mutating func escape(_ byte: UInt8, _ events: inout [InputEvent]) {
    switch byte {
    case 0x1B:
      if alt { events.append(.key(Key(.escape))) }
      alt = true
    case 0x5B: (mode, bytes) = (.control, [byte])
    case 0x4F: (mode, bytes) = (.single, [])
    case 0x5D, 0x50, 0x5F, 0x5E: (mode, bytes) = (.string, [])
    default:
      (mode, alt) = (.ground, true)
      ground(byte, &events)
    }
  }

  private mutating func single(_ byte: UInt8, _ events: inout [InputEvent]) {
    if (0x30...0x3B).contains(byte), bytes.count < 4 { return bytes.append(byte) }
    let sequence = [0x1B, 0x4F] + bytes + [byte]
    let held = modifiers(bytes.split(separator: 0x3B).last.flatMap { number($0) } ?? 1)
    if let key = terminfo[sequence] {
      events.append(.key(key))
    } else if let code = KeyTable.letters[byte] {
      events.append(.key(Key(code, held)))
    }
    reset()
  }

  private mutating func control(_ byte: UInt8, _ events: inout [InputEvent]) {
    if byte == 0x1B { return (mode, bytes, alt) = (.escape, [], false) }
    bytes.append(byte)
    if bytes.count == 2, byte == 0x4D { return (mode, bytes) = (.x10, []) }
    // The Linux console's F1 to F5 are ESC [ [ A to E.
    if bytes.count == 2, byte == 0x5B { return }
    let isFinal = (0x40...0x7E).contains(byte) || bytes.count == 3 && bytes[1] == 0x5B
    guard isFinal else {
      // rxvt ends shifted keys with $, which is no final byte by the standard.
      if byte == 0x24, bytes.count > 2 { return finish(&events) }
      if byte < 0x20 || byte > 0x7E || bytes.count > KeyDecoder.sequenceLimit { reset() }
      return
    }
    finish(&events)
  }

  private mutating func finish(_ events: inout [InputEvent]) {
    let sequence = bytes
    let held: Modifiers = alt ? .alt : []
    reset()
    if sequence == Array("[200~".utf8) { return mode = .paste }
    if let key = terminfo[[0x1B] + sequence] { return events.append(.key(key)) }
    if sequence.count > 2, sequence[1] == 0x3C {
      if let event = mouse(sequence) { events.append(event) }
    } else if let key = KeyTable.key(sequence: sequence, held: held) {
      events.append(.key(key))
    }
  }

  private func mouse(_ sequence: [UInt8]) -> InputEvent? {
    let parts = sequence[2..<sequence.count - 1].split(separator: 0x3B).map { number($0) }
    guard parts.count == 3, let button = parts[0], let x = parts[1], let y = parts[2], x > 0, y > 0
    else { return nil }
    return sequence.last == 0x4D ? mouse(button, Point(row: y - 1, column: x - 1)) : nil
  }

  private func mouse(_ button: Int, _ point: Point) -> InputEvent? {
    switch button & 0b1110_0011 {
    case 0: .click(point)
    case 64: .wheel(-1, point)
    case 65: .wheel(1, point)
    default: nil
    }
  }

  private mutating func x10(_ byte: UInt8, _ events: inout [InputEvent]) {
    bytes.append(byte)
    guard bytes.count == 3 else { return }
    let report = bytes
    reset()
    guard report.allSatisfy({ $0 > 32 || $0 == 32 }), report[1] > 32, report[2] > 32 else { return }
    let point = Point(row: Int(report[2]) - 33, column: Int(report[1]) - 33)
    if let event = mouse(Int(report[0]) - 32, point) { events.append(event) }
  }

  private mutating func paste(_ byte: UInt8, _ events: inout [InputEvent]) {
    bytes.append(byte)
    if bytes.suffix(KeyDecoder.pasteEnd.count).elementsEqual(KeyDecoder.pasteEnd) {
      events.append(.paste(KeyDecoder.clean(bytes.dropLast(KeyDecoder.pasteEnd.count))))
      reset()
    } else if bytes.count >= KeyDecoder.pasteLimit {
      events.append(.paste(KeyDecoder.clean(bytes)))
      reset()
      mode = .paste
    }
  }

  /// Text of pasted bytes: repaired UTF-8, line ends as line feeds, other control characters left out.
  static func clean(_ bytes: some Collection<UInt8>) -> String {
    var result = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x0D: result.append("\n")
      case 0x0A: if !afterReturn { result.append("\n") }
      case 0x09: result.append(scalar)
      case 0..<0x20, 0x7F..<0xA0: break
      default: result.append(scalar)
      }
      afterReturn = scalar.value == 0x0D
    }
    return String(result)
  }
}

/// Reads a decimal number; nil for anything else or more than 5 digits.
private func number(_ digits: some Collection<UInt8>) -> Int? {
  guard !digits.isEmpty, digits.count <= 5 else { return nil }
  return digits.reduce(0 as Int?) { sum, byte in
    guard let sum, (0x30...0x39).contains(byte) else { return nil }
    return sum * 10 + Int(byte - 0x30)
  }
}

/// The modifiers of xterm's parameter: one plus a bit each for Shift, Alt and Control.
private func modifiers(_ parameter: Int) -> Modifiers {
  Modifiers(rawValue: UInt8((max(1, parameter) - 1) & 7))
}

/// The sequences that terminals agree on.
enum KeyTable {
  /// Keys by the letter that ends the sequence.
  static let letters: [UInt8: KeyCode] = [
    0x41: .up, 0x42: .down, 0x43: .right, 0x44: .left, 0x46: .end, 0x48: .home, 0x4D: .enter,
    0x50: .function(1), 0x51: .function(2), 0x52: .function(3), 0x53: .function(4),
    0x61: .up, 0x62: .down, 0x63: .right, 0x64: .left,
  ]

  /// Keys by the number before `~`.
  static let numbers: [Int: KeyCode] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12), 25: .function(13), 26: .function(14),
  ]

  /// The key of a control sequence without its escape, for example `[1;5C`.
  static func key(sequence: [UInt8], held: Modifiers) -> Key? {
    guard let last = sequence.last else { return nil }
    if sequence.count == 3, sequence[1] == 0x5B {
      return (0x41...0x45).contains(last) ? .function(Int(last) - 0x40) : nil
    }
    let parameters = sequence.dropFirst().dropLast().split(
      separator: 0x3B, omittingEmptySubsequences: false)
    let values = parameters.map { number($0) }
    let given = values.count > 1 ? modifiers((values[1] ?? 1)) : []
    let all = held.union(given)
    switch last {
    case 0x5A: return Key(.tab, all.union(.shift))
    case 0x7E, 0x5E, 0x24, 0x40:
      guard let first = values.first ?? nil, let code = numbers[first] else { return nil }
      let extra: Modifiers = last == 0x5E ? .control : last == 0x24 ? .shift : []
      return Key(code, all.union(extra))
    default:
      guard let code = letters[last],
        values.allSatisfy({ $0 != nil }) || parameters.first?.isEmpty == true
      else { return nil }
      return Key(code, all.union((0x61...0x64).contains(last) ? .shift : []))
    }
  }
}

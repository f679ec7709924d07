import Terminal

/// A terminal in memory: understands what ncurses sends to an xterm and holds the resulting screen.
public struct VirtualTerminal: Sendable {
  /// What the screen shows.
  public private(set) var surface: Surface
  /// Row and column of the cursor.
  public private(set) var cursor = Point(row: 0, column: 0)
  /// Private modes that are on (25 cursor, 1049 alternate screen, 2004 bracketed paste, 1000/1006 mouse).
  public private(set) var modes: Set<Int> = [25, 7]
  /// Sequences that were not understood; empty when the emulation can be trusted.
  public private(set) var unknown: [String] = []

  private var style = Style.plain
  private var saved = Point(row: 0, column: 0)
  private var primary: Surface?
  private var region: ClosedRange<Int>
  private var lineSets = [false, false]
  private var usesSecondSet = false
  private var wrapPending = false
  private var lastPrinted: Character = " "
  private var pending: [UInt8] = []

  /// An empty screen.
  public init(_ size: Size) {
    surface = Surface(size)
    region = 0...max(0, size.rows - 1)
  }

  /// The text of the screen.
  public var text: String { surface.lines.joined(separator: "\n") }

  /// Changes the size as a window manager would; the program is told separately.
  public mutating func resize(_ size: Size) {
    var larger = Surface(size)
    larger.draw(surface, row: 0, column: 0)
    surface = larger
    region = 0...max(0, size.rows - 1)
    cursor = Point(
      row: min(cursor.row, size.rows - 1), column: min(cursor.column, size.columns - 1))
  }

  /// Takes what the program wrote.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    pending += bytes
    var at = 0
    while at < pending.count, let used = step(at) { at += used }
    pending.removeFirst(at)
  }

  /// Works off one character or sequence; the number of bytes, nil when it is not complete.
  private mutating func step(_ at: Int) -> Int? {
    switch pending[at] {
    case 0x1B: return escape(at)
    case 0..<0x20, 0x7F:
      control(pending[at])
      return 1
    default:
      let length = pending[at] < 0x80 ? 1 : pending[at] < 0xE0 ? 2 : pending[at] < 0xF0 ? 3 : 4
      guard at + length <= pending.count else { return nil }
      for character in String(decoding: pending[at..<at + length], as: UTF8.self) {
        print(character)
      }
      return length
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x08: move(cursor.row, cursor.column - 1)
    case 0x09: move(cursor.row, (cursor.column / 8 + 1) * 8)
    case 0x0A, 0x0B, 0x0C: lineFeed()
    case 0x0D: move(cursor.row, 0)
    case 0x0E: usesSecondSet = true
    case 0x0F: usesSecondSet = false
    default: break
    }
  }

  private mutating func escape(_ at: Int) -> Int? {
    guard at + 1 < pending.count else { return nil }
    switch pending[at + 1] {
    case UInt8(ascii: "["): return controlSequence(at)
    case UInt8(ascii: "]"):
      guard let end = pending[at...].firstIndex(where: { $0 == 7 || $0 == 0x5C }) else {
        return nil
      }
      return end - at + 1
    case UInt8(ascii: "("), UInt8(ascii: ")"):
      guard at + 2 < pending.count else { return nil }
      lineSets[pending[at + 1] == UInt8(ascii: "(") ? 0 : 1] = pending[at + 2] == UInt8(ascii: "0")
      return 3
    case UInt8(ascii: "7"): saved = cursor
    case UInt8(ascii: "8"): move(saved.row, saved.column)
    case UInt8(ascii: "D"): lineFeed()
    case UInt8(ascii: "E"):
      lineFeed()
      move(cursor.row, 0)
    case UInt8(ascii: "M"):
      if cursor.row == region.lowerBound {
        scroll(-1)
      } else {
        move(cursor.row - 1, cursor.column)
      }
    case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "c"), UInt8(ascii: "\\"): break
    case let other: unknown.append("ESC \(Character(Unicode.Scalar(other)))")
    }
    return 2
  }

  private mutating func controlSequence(_ at: Int) -> Int? {
    guard let end = pending[(at + 2)...].firstIndex(where: { (0x40...0x7E).contains($0) })
    else { return nil }
    let body = String(decoding: pending[(at + 2)..<end], as: UTF8.self)
    let isPrivate = body.first.map { "?>=!".contains($0) } ?? false
    let numbers = (isPrivate ? String(body.dropFirst()) : body)
      .split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let final = Character(Unicode.Scalar(pending[end]))
    if isPrivate {
      if final == "h" || final == "l" { setModes(numbers, on: final == "h") }
    } else {
      perform(final, numbers)
    }
    return end - at + 1
  }

  private mutating func setModes(_ numbers: [Int], on: Bool) {
    for number in numbers {
      if on { modes.insert(number) } else { modes.remove(number) }
      guard number == 1049 else { continue }
      if on, primary == nil {
        (primary, saved) = (surface, cursor)
        surface = Surface(surface.size)
      } else if !on, let kept = primary {
        surface = Surface(surface.size)
        surface.draw(kept, row: 0, column: 0)
        primary = nil
        move(saved.row, saved.column)
      }
    }
  }

  private mutating func perform(_ final: Character, _ numbers: [Int]) {
    let first = numbers.first ?? 0
    let count = max(1, first)
    switch final {
    case "A": move(cursor.row - count, cursor.column)
    case "B", "e": move(cursor.row + count, cursor.column)
    case "C", "a": move(cursor.row, cursor.column + count)
    case "D": move(cursor.row, cursor.column - count)
    case "E": move(cursor.row + count, 0)
    case "F": move(cursor.row - count, 0)
    case "G", "`": move(cursor.row, count - 1)
    case "d": move(count - 1, cursor.column)
    case "H", "f": move(count - 1, max(1, numbers.count > 1 ? numbers[1] : 1) - 1)
    case "J": eraseDisplay(first)
    case "K": eraseLine(first)
    case "L" where region.contains(cursor.row): scroll(-count, from: cursor.row)
    case "M" where region.contains(cursor.row): scroll(count, from: cursor.row)
    case "S": scroll(count)
    case "T": scroll(-count)
    case "P": shift(-count)
    case "@": shift(count)
    case "X": erase(cursor.column..<cursor.column + count)
    case "b": for _ in 0..<count { print(lastPrinted) }
    case "m": select(numbers)
    case "r":
      let bottom = numbers.count > 1 && numbers[1] > 0 ? numbers[1] : surface.size.rows
      region = min(count - 1, bottom - 1)...(bottom - 1)
      move(0, 0)
    case "h", "l", "t", "n", "c", "g", "L", "M": break
    default: unknown.append("CSI \(numbers) \(final)")
    }
  }

  private mutating func move(_ row: Int, _ column: Int) {
    cursor = Point(
      row: min(max(0, row), surface.size.rows - 1),
      column: min(max(0, column), surface.size.columns - 1))
    wrapPending = false
  }

  private mutating func lineFeed() {
    if cursor.row == region.upperBound { scroll(1) } else { move(cursor.row + 1, cursor.column) }
  }

  private mutating func print(_ raw: Character) {
    if raw.unicodeScalars.first.map({ TextWidth.of(scalar: $0) }) == 0 { return combine(raw) }
    let character = lineSets[usesSecondSet ? 1 : 0] ? VirtualTerminal.lines[raw] ?? raw : raw
    let width = TextWidth.drawable(character).1
    if wrapPending || cursor.column + width > surface.size.columns {
      move(cursor.row, 0)
      lineFeed()
    }
    surface.put(String(character), row: cursor.row, column: cursor.column, style: style)
    lastPrinted = character
    let next = cursor.column + width
    if next >= surface.size.columns {
      move(cursor.row, surface.size.columns - 1)
      wrapPending = true
    } else {
      move(cursor.row, next)
    }
  }

  private mutating func combine(_ mark: Character) {
    let column = wrapPending ? cursor.column : cursor.column - 1
    let place = surface[cursor.row, column].width == 0 ? column - 1 : column
    let cell = surface[cursor.row, place]
    surface.put(
      String(cell.glyph) + String(mark), row: cursor.row, column: place, style: cell.style)
  }

  private static let lines: [Character: Character] = [
    "q": "─", "x": "│", "l": "┌", "k": "┐", "m": "└", "j": "┘", "t": "├", "u": "┤", "n": "┼",
    "v": "┴", "w": "┬", "a": "▒",
  ]

  private var erased: Style { Style(.standard, on: style.background) }

  private mutating func erase(_ columns: Range<Int>, row: Int? = nil) {
    surface.fill(
      Rect(row: row ?? cursor.row, column: columns.lowerBound, rows: 1, columns: columns.count),
      style: erased)
  }

  private mutating func eraseLine(_ kind: Int) {
    let width = surface.size.columns
    erase(kind == 0 ? cursor.column..<width : kind == 1 ? 0..<cursor.column + 1 : 0..<width)
  }

  private mutating func eraseDisplay(_ kind: Int) {
    if kind < 2 { eraseLine(kind) }
    let rows =
      switch kind {
      case 0: cursor.row + 1..<max(cursor.row + 1, surface.size.rows)
      case 1: 0..<cursor.row
      default: 0..<surface.size.rows
      }
    for row in rows { erase(0..<surface.size.columns, row: row) }
  }

  /// Moves rows of the scroll region up (positive) or down.
  private mutating func scroll(_ count: Int, from top: Int? = nil) {
    let top = top ?? region.lowerBound
    let before = surface
    for row in top...max(top, region.upperBound) {
      erase(0..<surface.size.columns, row: row)
      let source = row + count
      guard (top...region.upperBound).contains(source) else { continue }
      copy(before, from: source, to: row, columns: 0..<surface.size.columns, by: 0)
    }
  }

  /// Moves the rest of the row right (positive) or left.
  private mutating func shift(_ count: Int) {
    let before = surface
    erase(cursor.column..<surface.size.columns)
    copy(
      before, from: cursor.row, to: cursor.row,
      columns: (count < 0 ? min(cursor.column - count, surface.size.columns) : cursor.column)..<surface
        .size.columns, by: count)
  }

  private mutating func copy(
    _ other: Surface, from source: Int, to row: Int, columns: Range<Int>, by offset: Int
  ) {
    for column in columns where other[source, column].width > 0 {
      let cell = other[source, column]
      surface.put(String(cell.glyph), row: row, column: column + offset, style: cell.style)
    }
  }

  private mutating func select(_ numbers: [Int]) {
    var rest = (numbers.isEmpty ? [0] : numbers)[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: style = .plain
      case 1: style.attributes.insert(.bold)
      case 2: style.attributes.insert(.dim)
      case 3: style.attributes.insert(.italic)
      case 4: style.attributes.insert(.underline)
      case 7: style.attributes.insert(.reverse)
      case 22: style.attributes.subtract([.bold, .dim])
      case 23: style.attributes.remove(.italic)
      case 24: style.attributes.remove(.underline)
      case 27: style.attributes.remove(.reverse)
      case 30...37: style.foreground = color(number - 30)
      case 38: style.foreground = extended(&rest)
      case 39: style.foreground = .standard
      case 40...47: style.background = color(number - 40)
      case 48: style.background = extended(&rest)
      case 49: style.background = .standard
      case 90...97: style.foreground = color(number - 82)
      case 100...107: style.background = color(number - 92)
      default: unknown.append("SGR \(number)")
      }
    }
  }

  private func color(_ ansi: Int) -> Color { Color(rawValue: UInt8(ansi + 1)) ?? .standard }

  private func extended(_ rest: inout ArraySlice<Int>) -> Color {
    guard rest.popFirst() == 5, let index = rest.popFirst(), index < 16 else { return .standard }
    return color(index)
  }
}

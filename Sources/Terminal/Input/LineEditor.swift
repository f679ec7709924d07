/// A line of text being edited: the keys of readline, undo, and paste as data.
public struct LineEditor: Hashable, Sendable {
  private struct Snapshot: Hashable {
    let characters: [Character]
    let cursor: Int
  }

  private var characters: [Character]
  /// Characters before the cursor.
  public private(set) var cursor: Int
  /// The longest text, in characters.
  public let limit: Int
  private var killed: [Character] = []
  private var past: [Snapshot] = []
  private var future: [Snapshot] = []
  private var isTyping = false
  /// Characters that found no room when the last event was taken.
  public private(set) var cut = 0

  /// An editor with this text and the cursor at its end.
  public init(_ text: String = "", limit: Int = 1000) {
    characters = Array(text.prefix(limit))
    cursor = characters.count
    self.limit = limit
  }

  /// The text.
  public var text: String { String(characters) }

  /// Takes what was pressed or pasted.
  ///
  /// - Returns: false when the event is not for a line of text (Enter, Escape, function keys, ...).
  public mutating func handle(_ event: InputEvent) -> Bool {
    cut = 0
    switch event {
    case .paste(let text):
      insert(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
      isTyping = false
      return true
    case .key(let key): return handle(key)
    default: return false
    }
  }

  private mutating func handle(_ key: Key) -> Bool {
    if let character = key.typed {
      type(character)
      return true
    }
    isTyping = false
    let word = !key.modifiers.isDisjoint(with: [.control, .alt])
    switch key.code {
    case .left: cursor = word ? wordStart : max(0, cursor - 1)
    case .right: cursor = word ? wordEnd : min(characters.count, cursor + 1)
    case .home: cursor = 0
    case .end: cursor = characters.count
    case .backspace: delete((word ? wordStart : max(0, cursor - 1))..<cursor, keep: word)
    case .delete:
      delete(cursor..<(word ? wordEnd : min(characters.count, cursor + 1)), keep: word)
    case .character(let letter):
      return key.modifiers.contains(.control) ? control(letter) : alt(letter)
    default: return false
    }
    return true
  }

  private mutating func control(_ letter: Character) -> Bool {
    switch letter {
    case "a": cursor = 0
    case "e": cursor = characters.count
    case "b": cursor = max(0, cursor - 1)
    case "f": cursor = min(characters.count, cursor + 1)
    case "d": delete(cursor..<min(characters.count, cursor + 1))
    case "k": delete(cursor..<characters.count, keep: true)
    case "u": delete(0..<cursor, keep: true)
    case "w": delete(wordStart..<cursor, keep: true)
    case "y": insert(String(killed))
    case "_", "z": undo()
    default: return false
    }
    return true
  }

  private mutating func alt(_ letter: Character) -> Bool {
    switch letter {
    case "b": cursor = wordStart
    case "f": cursor = wordEnd
    case "d": delete(cursor..<wordEnd, keep: true)
    case "_": redo()
    default: return false
    }
    return true
  }

  /// Replaces the whole text; can be undone.
  public mutating func replace(with text: String) {
    remember()
    characters = Array(text.prefix(limit))
    cursor = characters.count
  }

  private mutating func type(_ character: Character) {
    // A run of typing is undone as one, word by word.
    if !isTyping || character == " " { remember() }
    isTyping = true
    put([character])
  }

  private mutating func insert(_ text: String) {
    guard !text.isEmpty else { return }
    remember()
    put(Array(text))
  }

  /// Puts characters in at the cursor; a combining mark joins the character before it.
  private mutating func put(_ new: [Character]) {
    let room = max(0, limit - characters.count)
    cut = max(0, new.count - room)
    join(String(characters[..<cursor]) + String(new.prefix(room)), String(characters[cursor...]))
  }

  /// Sets the text before and after the cursor; characters that meet there may become one.
  private mutating func join(_ head: String, _ tail: String) {
    characters = Array(head + tail)
    cursor = min(head.count, characters.count)
  }

  private mutating func delete(_ range: Range<Int>, keep: Bool = false) {
    guard !range.isEmpty else { return }
    remember()
    if keep { killed = Array(characters[range]) }
    join(String(characters[..<range.lowerBound]), String(characters[range.upperBound...]))
  }

  private mutating func remember() {
    past.append(Snapshot(characters: characters, cursor: cursor))
    if past.count > 200 { past.removeFirst() }
    future.removeAll()
  }

  private mutating func undo() {
    guard let last = past.popLast() else { return }
    future.append(Snapshot(characters: characters, cursor: cursor))
    (characters, cursor) = (last.characters, last.cursor)
  }

  private mutating func redo() {
    guard let next = future.popLast() else { return }
    past.append(Snapshot(characters: characters, cursor: cursor))
    (characters, cursor) = (next.characters, next.cursor)
  }

  private var wordStart: Int {
    var at = cursor
    while at > 0, !isWord(characters[at - 1]) { at -= 1 }
    while at > 0, isWord(characters[at - 1]) { at -= 1 }
    return at
  }

  private var wordEnd: Int {
    var at = cursor
    while at < characters.count, !isWord(characters[at]) { at += 1 }
    while at < characters.count, isWord(characters[at]) { at += 1 }
    return at
  }

  private func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  /// The part that fits into so many columns with the cursor in it, and the cursor's column in that part.
  public func window(columns: Int) -> (text: String, cursorColumn: Int) {
    let columns = max(2, columns)
    var start = cursor
    var used = 0
    while start > 0 {
      let width = TextWidth.drawable(characters[start - 1]).1
      if used + width > columns - 1 { break }
      used += width
      start -= 1
    }
    var end = cursor
    var total = used
    while end < characters.count {
      let width = TextWidth.drawable(characters[end]).1
      if total + width > columns { break }
      total += width
      end += 1
    }
    return (String(characters[start..<end]), used)
  }
}

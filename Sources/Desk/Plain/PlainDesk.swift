import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The desk without a screen: lines in, lines out. It drives the same state as the screen does, so everything
/// can be done here too. A value: no clock, no devices.
public struct PlainDesk: Sendable {
  /// What the desk knows.
  public private(set) var state: DeskState
  private let echoes: Bool
  private var line = PlainLine()
  /// What waits until the line that is being typed is complete.
  private var held: [String] = []
  /// Lines typed before the effects of the ones before them were safe.
  private var queue: [String] = []
  private var waits: PlainWaits
  private var hasEnded = false
  /// The field that was in focus when the last line was taken; told when what was asked for is safe.
  private var focusBefore: Int
  /// The first screen as it was last read out; nil when it has to be.
  private var homeTold: HomeState?

  /// The size that scrolling is counted by; nothing is drawn.
  private static let size = Size(rows: 24, columns: 80)

  /// A desk that has said nothing yet.
  ///
  /// - Parameter echoes: whether what is typed has to be written; not for a pipe.
  public init(state: DeskState, echoes: Bool) {
    self.state = state
    self.echoes = echoes
    focusBefore = state.focus
    waits = PlainWaits(state)
  }

  /// What is said first.
  public func begin() -> String {
    let first = state.catalogue.text("plain.begin", ["stage": state.stage])
    return PlainDesk.text([first] + (state.view == .home ? [] : PlainText.view(state)))
  }

  /// Takes an input; returns what to write and what has to be done.
  public mutating func take(_ input: DeskInput) -> (text: String, effects: [DeskEffect]) {
    if state.cover != nil, case .terminal(let event) = input { return takeBehindCover(event) }
    switch input {
    case .terminal(.key(let key)): return type(line.take(key))
    case .terminal(.paste(let text)): return type(line.paste(text))
    case .terminal(.resized), .terminal(.click), .terminal(.wheel): return ("", [])
    default:
      waits.take(input, hasPerson: echoes)
      return say { desk in desk.update(input) }
    }
  }

  /// What is typed on the cover is a passphrase: it is not echoed.
  private mutating func takeBehindCover(
    _ event: InputEvent
  ) -> (text: String, effects: [DeskEffect]) {
    line = PlainLine()
    return say { desk in desk.update(.terminal(event)) }
  }

  /// No more lines will come (a pipe was closed): leaves when all of them are worked off.
  public mutating func end() -> (text: String, effects: [DeskEffect]) {
    hasEnded = true
    return say { _ in [] }
  }

  // MARK: - Typing

  private mutating func type(_ result: PlainLine.Result) -> (text: String, effects: [DeskEffect]) {
    switch result {
    case .echo(let text): return (echoes ? text : "", [])
    case .line(let text):
      queue.append(text)
      let (lines, effects) = say { _ in [] }
      return ((echoes ? "\n" : "") + lines, effects)
    case .other(let key):
      // Off the record works in the middle of a line.
      guard let id = immediate(key) else { return ("", []) }
      return say { desk in desk.request(.command(id)) }
    }
  }

  /// The command of a key that types nothing; what interrupts a program leaves a field as it was.
  private func immediate(_ key: Key) -> Command.ID? {
    if state.context == .editing, key == .control("c") { return .cancel }
    guard let id = state.keys.find(key, in: state.context) else { return nil }
    return Command.table.contains { $0.id == id && $0.context == .everywhere } ? id : nil
  }

  /// Does something, works off the lines that wait, and collects what is to be written.
  private mutating func say(
    _ body: (inout PlainDesk) -> ([PlainReport.Line], [DeskEffect])
  ) -> (text: String, effects: [DeskEffect]) {
    var (lines, effects) = body(&self)
    while !waits.isBusy(state), state.cover == nil {
      lines += homeLines() + focusLines()
      guard !queue.isEmpty else { break }
      let (more, asked) = obey(queue.removeFirst())
      lines += more
      effects += asked
    }
    if hasEnded, !waits.isBusy(state), queue.isEmpty {
      hasEnded = false
      effects += state.update(.terminal(.terminate(15)), size: PlainDesk.size)
    }
    return (write(lines), effects)
  }

  private mutating func say(
    _ body: (inout PlainDesk) -> [DeskEffect]
  ) -> (text: String, effects: [DeskEffect]) {
    say { desk in
      let before = desk.state
      let effects = body(&desk)
      return (PlainReport(from: before, to: desk.state).lines, effects)
    }
  }

  private mutating func update(_ input: DeskInput) -> [DeskEffect] {
    let effects = state.update(input, size: PlainDesk.size)
    waits.ask(effects)
    return effects
  }

  private mutating func write(_ lines: [PlainReport.Line]) -> String {
    guard !lines.isEmpty || !held.isEmpty else { return "" }
    guard echoes, !line.text.isEmpty else {
      defer { held = [] }
      return PlainDesk.text(held + lines.map(\.text))
    }
    // Somebody is typing: only what can't wait interrupts, and then the line is said again.
    held += lines.filter { !$0.isUrgent }.map(\.text)
    let urgent = lines.filter(\.isUrgent).map(\.text)
    return urgent.isEmpty ? "" : "\n" + PlainDesk.text(urgent) + line.text
  }

  private static func text(_ lines: [String]) -> String {
    lines.map { TextWidth.line($0) + "\n" }.joined()
  }

  // MARK: - Requests

  private mutating func obey(_ text: String) -> ([PlainReport.Line], [DeskEffect]) {
    let before = state
    var said: [String] = []
    var effects: [DeskEffect] = []
    if case .editing(let editing) = state.view {
      effects = write(text, editing)
    } else if case .exporting = state.view, text.allSatisfy(\.isWhitespace) {
      effects = update(.command(.cancel))
    } else if case .prompt(let prompt) = state.view, prompt.purpose == .transcript {
      effects = update(.command(.cancel))
      said = PlainText.found(text, state)
    } else if state.view.isAskingReason, text.allSatisfy(\.isWhitespace) {
      effects = update(.command(.cancel))
    } else if state.isWritingWords {
      effects = update(.terminal(.key(.control("u")))) + update(.terminal(.paste(text)))
      effects += update(.command(.keep))
    } else {
      let request = PlainRequest(text, state)
      said = answer(request)
      effects = self.request(request)
    }
    var lines = PlainReport(from: before, to: state).lines
    lines += said.map { PlainReport.Line(text: $0, isUrgent: false) }
    if !said.isEmpty { focusBefore = state.focus }
    return (lines, effects)
  }

  /// The first screen, once it is known and whenever it is another.
  private mutating func homeLines() -> [PlainReport.Line] {
    guard state.view == .home else {
      homeTold = nil
      return []
    }
    defer { homeTold = state.home }
    guard homeTold?.entries != state.home.entries || homeTold?.search != state.home.search else {
      return []
    }
    return PlainText.view(state).map { PlainReport.Line(text: $0, isUrgent: false) }
  }

  /// The field the last line led to.
  private mutating func focusLines() -> [PlainReport.Line] {
    guard state.focus != focusBefore, state.view == .interview, let field = state.field else {
      return []
    }
    focusBefore = state.focus
    let texts = [PlainText.field(field, state)] + PlainText.details(field, state)
    return texts.map { PlainReport.Line(text: $0, isUrgent: false) }
  }

  /// A value for the field that is asked for; an empty line leaves it, or keeps what was insisted on.
  private mutating func write(_ text: String, _ editing: DeskState.Editing) -> [DeskEffect] {
    guard text.allSatisfy(\.isWhitespace) else {
      _ = update(.terminal(.key(.control("u"))))
      _ = update(.terminal(.paste(text)))
      return update(.command(.keep))
    }
    return update(.command(editing.problem?.mayBeKept == true ? .keep : .cancel))
  }

  /// Carries out a request.
  private mutating func request(_ request: PlainRequest) -> [DeskEffect] {
    switch request {
    case .command(.help), .command(.repaint): return []
    case .command(let id): return update(.command(id))
    case .show(let field): return update(.focus(field))
    case .set(let field, let value):
      _ = update(.focus(field))
      if value.isEmpty { return update(.command(.clear)) }
      _ = update(.command(.edit))
      guard case .editing(let editing) = state.view else { return [] }
      return write(value, editing)
    case .reading(let number):
      guard (1...9).contains(number) else { return [] }
      return update(.terminal(.key(.character(Character(String(number))))))
    case .entry(let number):
      guard state.home.entries.indices.contains(number - 1) else { return [] }
      state.home.focus = number - 1
      return update(.command(.openEntry))
    case .duplicate(let number):
      guard case .duplicates(let question) = state.view else { return [] }
      state.moveDuplicate(number - 1 - question.focus)
      return []
    case .nothing:
      if state.context == .reading { return update(.command(.close)) }
      return []
    case .fields, .transcript, .search, .status, .ambiguous, .unknown: return []
    }
  }

  /// What is only read out.
  private func answer(_ request: PlainRequest) -> [String] {
    let catalogue = state.catalogue
    switch request {
    case .command(.help): return PlainText.help(state)
    case .nothing:
      if state.context == .reading { return [] }
      return state.view == .interview ? [PlainText.status(state)] : PlainText.view(state)
    case .status: return [PlainText.status(state)]
    case .show(let name):
      guard let field = state.form.field(name) else { return [] }
      return [PlainText.field(field, state)] + PlainText.details(field, state)
    case .fields:
      return state.form.fields.enumerated().map {
        PlainText.field($0.element, state, number: $0.offset + 1)
      }
    case .transcript(let count):
      return state.interview.segments.suffix(count).map(PlainText.segment)
    case .search(let words): return PlainText.found(words, state)
    case .ambiguous(let words):
      return [catalogue.text("plain.ambiguous", ["words": words.joined(separator: ", ")])]
    case .unknown(let text): return [catalogue.text("plain.unknown", ["text": text])]
    case .command, .set, .reading, .entry, .duplicate: return []
    }
  }
}

extension DeskState {
  /// Whether words to look for, or the name of a file, are being written.
  fileprivate var isWritingWords: Bool {
    switch view {
    case .prompt, .exporting: true
    default: false
    }
  }
}

import Extraction
import Forms
import Messages
import Terminal

/// What a line typed at the plain desk asks for.
enum PlainRequest: Hashable, Sendable {
  /// Nothing was typed.
  case nothing
  /// A command of the table.
  case command(Command.ID)
  /// Read a field out and go to it.
  case show(FieldName)
  /// Write a value into a field.
  case set(FieldName, String)
  /// Take another reading of the present field.
  case reading(Int)
  /// Open an interview of the first screen.
  case entry(Int)
  /// Go to one of the possible duplicates.
  case duplicate(Int)
  /// All fields.
  case fields
  /// The last lines of the transcript.
  case transcript(Int)
  /// The lines of the transcript with these words.
  case search(String)
  /// Where everything stands.
  case status
  /// A word that several commands begin with.
  case ambiguous([String])
  /// Nothing of the kind.
  case unknown(String)

  /// Words that are not in the command table: they only read out.
  enum Verb: String, CaseIterable {
    /// A field, or its value set.
    case field
    /// All fields.
    case fields
    /// The transcript.
    case transcript
    /// Words in the transcript.
    case search
    /// The state.
    case status
    /// Another reading.
    case reading
  }

  /// Commands that make no sense without a screen.
  static let needingScreen: Set<Command.ID> = [
    .scrollUp, .scrollDown, .scrollEnd, .repaint, .keep, .cancel, .searchTranscript,
    .nextMatch, .previousMatch, .dismiss, .choiceDown, .choiceUp, .entryDown, .entryUp,
    .duplicateDown, .duplicateUp,
  ]

  /// Reads a line.
  ///
  /// In this order: `field = value`, the key of a command, a word or its unique beginning, a field by number or
  /// name. Capitals and accents don't matter.
  init(_ line: String, _ state: DeskState) {
    let text = line.split(separator: " ").joined(separator: " ")
    guard !text.isEmpty else {
      self = .nothing
      return
    }
    if state.view == .home, let number = Int(text) {
      self = .entry(number)
      return
    }
    if case .duplicates = state.view, let number = Int(text) {
      self = .duplicate(number)
      return
    }
    let isForm = state.context == .interview
    if isForm, let equal = text.firstIndex(of: "="),
      let field = PlainRequest.field(String(text[..<equal]), state)
    {
      self = .set(field, text[text.index(after: equal)...].trimmed)
      return
    }
    if isForm, text.hasPrefix("/"), text.count > 1 {
      self = .search(String(text.dropFirst()).trimmed)
      return
    }
    if text.count == 1, let character = text.first, !character.isNumber,
      let id = state.keys.find(.character(character), in: state.context)
        ?? state.keys.find(.character(Character(character.lowercased())), in: state.context)
    {
      self = .command(id)
      return
    }
    self = PlainRequest.word(text, state, isForm: isForm)
  }

  private static func word(_ text: String, _ state: DeskState, isForm: Bool) -> PlainRequest {
    let wanted = Folding.fold(text)
    let commands = words(state)
    if let exact = commands.first(where: { $0.word == wanted }) { return .command(exact.id) }
    if isForm, let verb = verb(text, state) { return verb }
    let begun = commands.filter { $0.word.hasPrefix(wanted) }
    if begun.count == 1 { return .command(begun[0].id) }
    // A few letters that several commands begin with are no field's name yet.
    let isName = begun.isEmpty || text.count > 2
    if isForm, isName, let field = field(text, state) { return .show(field) }
    return begun.count > 1 ? .ambiguous(begun.map(\.shown)) : .unknown(text)
  }

  /// The commands that can be asked for here, by the words of the key bar.
  static func words(_ state: DeskState) -> [(id: Command.ID, word: String, shown: String)] {
    Command.available(in: state.context).compactMap { command in
      let key = "bar.\(command.id.rawValue)"
      guard !needingScreen.contains(command.id), state.catalogue.has(key) else { return nil }
      let shown = state.catalogue.text(key)
      return (command.id, Folding.fold(shown), shown)
    }
  }

  private static func verb(_ text: String, _ state: DeskState) -> PlainRequest? {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = parts.count > 1 ? parts[1] : ""
    let word = Folding.fold(parts[0])
    let verb = Verb.allCases.first {
      Folding.fold(state.catalogue.text("plain.verb.\($0.rawValue)")) == word
    }
    switch verb {
    case .field: return field(rest, state).map { .show($0) } ?? .unknown(text)
    case .fields where rest.isEmpty: return .fields
    case .transcript: return .transcript(max(1, Int(rest) ?? 10))
    case .search where !rest.isEmpty: return .search(rest)
    case .status where rest.isEmpty: return .status
    case .reading: return Int(rest).map { .reading($0) } ?? .unknown(text)
    default: return nil
    }
  }

  /// The field of a number (from 1, as listed), a machine name, or the beginning of a word of its label.
  static func field(_ text: String, _ state: DeskState) -> FieldName? {
    let fields = state.form.fields
    var wanted = Folding.fold(text.trimmed)
    let prefix = Folding.fold(state.catalogue.text("plain.verb.field")) + " "
    if wanted.hasPrefix(prefix) { wanted = String(wanted.dropFirst(prefix.count)) }
    guard !wanted.isEmpty else { return nil }
    if let number = Int(wanted) {
      return fields.indices.contains(number - 1) ? fields[number - 1].name : nil
    }
    if let exact = fields.first(where: { $0.name.rawValue == wanted }) { return exact.name }
    let label = { (field: FieldDefinition) in
      Folding.fold(field.label.text(state.catalogue.language))
    }
    if let exact = fields.first(where: { label($0) == wanted }) { return exact.name }
    if let begun = fields.first(where: { label($0).hasPrefix(wanted) }) { return begun.name }
    // The last word tells most: «documento» is the number's, not the type's.
    let inside = fields.filter { label($0).contains(" " + wanted) }
    return inside.last?.name
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  fileprivate var trimmed: String {
    split(separator: " ").joined(separator: " ")
  }
}

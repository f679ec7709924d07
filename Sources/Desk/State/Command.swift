import Terminal

/// Something the technician can ask for. One table makes keys, help, key bar and manual.
public struct Command: Sendable {
  /// Identifier; also the end of its catalogue key `command.<id>`.
  public enum ID: String, Hashable, Sendable, CaseIterable {
    /// Begin a new interview.
    case newInterview
    /// Open the interview in focus.
    case openEntry
    /// Erase the draft in focus.
    case discard
    /// Look for interviews.
    case searchHome
    /// The interview below.
    case entryDown
    /// The interview above.
    case entryUp
    /// Write submissions to a file.
    case exportAll
    /// Send submissions to their targets.
    case sendAll
    /// The numbers of the organisation.
    case showDashboard
    /// End an export or a synchronisation.
    case cancelWork
    /// Yes to all that is asked.
    case consentYes
    /// Yes to the data, no recording; where none can be made: not asked yet.
    case consentTyping
    /// No to all that is asked.
    case consentNo
    /// Off the record and on it again.
    case pause
    /// The next field nobody has confirmed.
    case nextOpen
    /// The one before.
    case previousOpen
    /// The field below.
    case down
    /// The field above.
    case up
    /// Accept what was heard.
    case accept
    /// Write the value.
    case edit
    /// Reject what was heard.
    case clear
    /// The person prefers not to say.
    case refuse
    /// The person does not know.
    case unknown
    /// Hear the words again.
    case hear
    /// Hear them slower.
    case hearSlowly
    /// Hear them with what was said around them.
    case hearContext
    /// Look for words in the transcript.
    case searchTranscript
    /// The next place where they are.
    case nextMatch
    /// The one before.
    case previousMatch
    /// End a search or a sound; back to the live end.
    case dismiss
    /// Ask for consent again.
    case consentAgain
    /// Take the last decision back.
    case undo
    /// Make it again.
    case redo
    /// Further back in the transcript.
    case scrollUp
    /// Further on in the transcript.
    case scrollDown
    /// To the live end of the transcript.
    case scrollEnd
    /// Make the next voice the technician's.
    case nextTechnician
    /// Give the words of the field to the next voice.
    case reassignWords
    /// Gives a voice a name.
    case nameVoice
    /// End the recording.
    case stop
    /// Save the interview.
    case submit
    /// The choice below.
    case choiceDown
    /// The choice above.
    case choiceUp
    /// Keep what was typed.
    case keep
    /// Leave the value as it was.
    case cancel
    /// What may be of the same person.
    case duplicates
    /// The earlier submission below.
    case duplicateDown
    /// The one above.
    case duplicateUp
    /// The same person: link with the earlier submission.
    case linkDuplicate
    /// Somebody else, or not known.
    case continueDuplicate
    /// The same person and a second submission on purpose.
    case overrideDuplicate
    /// Decide later.
    case leaveDuplicates
    /// Answer a question with yes.
    case yes
    /// Answer it with no.
    case no
    /// End the program from a question.
    case end
    /// Leave the help or the receipt.
    case close
    /// List the keys.
    case help
    /// Cover the screen.
    case cover
    /// Draw everything anew.
    case repaint
    /// Go to the shell for a while.
    case suspend
    /// Leave.
    case quit
  }

  /// Where a command is available.
  public enum Context: String, Hashable, Sendable, CaseIterable {
    /// The first screen.
    case home
    /// The question before anything is recorded.
    case consent
    /// Transcript and form.
    case interview
    /// Transcript and form while words are looked for.
    case finding
    /// A line is being edited: keys that print type.
    case editing
    /// Earlier submissions that may be of the same person wait for a decision.
    case duplicates
    /// A question waits for yes or no.
    case question
    /// The list of keys, or the receipt.
    case reading
    /// Everywhere, also while typing.
    case everywhere
  }

  /// Identifier.
  public let id: ID
  /// Keys, the one to show first.
  public let keys: [Key]
  /// Where it is available.
  public let context: Context
  /// Place in the key bar, lower first; nil keeps it out.
  public let bar: Int?

  /// Every command, in the order of the help.
  public static let table: [Command] = [
    Command(id: .newInterview, keys: [.character("n")], context: .home, bar: 0),
    Command(id: .openEntry, keys: [Key(.enter)], context: .home, bar: 1),
    Command(id: .entryDown, keys: [Key(.down), .character("j")], context: .home, bar: nil),
    Command(id: .entryUp, keys: [Key(.up), .character("k")], context: .home, bar: nil),
    Command(id: .searchHome, keys: [.character("/")], context: .home, bar: 2),
    Command(id: .discard, keys: [.character("x"), Key(.delete)], context: .home, bar: 3),
    Command(id: .exportAll, keys: [.character("e")], context: .home, bar: 4),
    Command(id: .sendAll, keys: [.character("s")], context: .home, bar: 6),
    Command(id: .showDashboard, keys: [.character("d")], context: .home, bar: 10),
    Command(id: .cancelWork, keys: [Key(.escape)], context: .home, bar: 7),
    Command(
      id: .consentYes, keys: [Key(.enter), .character("s"), .character("y")], context: .consent,
      bar: 0),
    Command(id: .consentTyping, keys: [.character("t")], context: .consent, bar: 1),
    Command(id: .consentNo, keys: [.character("n")], context: .consent, bar: 2),
    Command(
      id: .pause, keys: [.function(4), .control("p"), .character("p")], context: .everywhere, bar: 5
    ),
    Command(id: .nextOpen, keys: [Key(.tab), .character("n")], context: .interview, bar: 1),
    Command(id: .previousOpen, keys: [.backTab, .character("N")], context: .interview, bar: nil),
    Command(id: .down, keys: [Key(.down), .character("j")], context: .interview, bar: nil),
    Command(id: .up, keys: [Key(.up), .character("k")], context: .interview, bar: nil),
    Command(id: .accept, keys: [Key(.enter)], context: .interview, bar: 0),
    Command(id: .edit, keys: [.character("e")], context: .interview, bar: 2),
    Command(id: .clear, keys: [Key(.delete), .character("x")], context: .interview, bar: 6),
    Command(id: .refuse, keys: [.character("r")], context: .interview, bar: nil),
    Command(id: .unknown, keys: [.character("d")], context: .interview, bar: nil),
    Command(id: .hear, keys: [.character("h")], context: .interview, bar: 3),
    Command(id: .hearSlowly, keys: [.character("H")], context: .interview, bar: nil),
    Command(id: .hearContext, keys: [.character("l")], context: .interview, bar: nil),
    Command(id: .undo, keys: [.character("u")], context: .interview, bar: 7),
    Command(id: .redo, keys: [.control("r"), .character("U")], context: .interview, bar: nil),
    Command(id: .scrollUp, keys: [Key(.pageUp)], context: .interview, bar: nil),
    Command(id: .scrollDown, keys: [Key(.pageDown)], context: .interview, bar: nil),
    Command(id: .scrollEnd, keys: [Key(.end)], context: .interview, bar: nil),
    Command(id: .searchTranscript, keys: [.character("/")], context: .interview, bar: nil),
    Command(id: .nextMatch, keys: [.character("n")], context: .finding, bar: 0),
    Command(id: .previousMatch, keys: [.character("N")], context: .finding, bar: 1),
    Command(id: .dismiss, keys: [Key(.escape)], context: .interview, bar: nil),
    Command(id: .consentAgain, keys: [.character("c")], context: .interview, bar: nil),
    Command(id: .nextTechnician, keys: [.character("v")], context: .interview, bar: nil),
    Command(id: .reassignWords, keys: [.character("V")], context: .interview, bar: nil),
    Command(id: .nameVoice, keys: [.character("w")], context: .interview, bar: nil),
    Command(id: .stop, keys: [.function(5)], context: .interview, bar: nil),
    Command(id: .submit, keys: [.character("s"), .function(10)], context: .interview, bar: 4),
    Command(
      id: .duplicates, keys: [.character("D"), .function(6)], context: .interview, bar: 5),
    Command(
      id: .duplicateDown, keys: [Key(.down), .character("j")], context: .duplicates, bar: nil),
    Command(id: .duplicateUp, keys: [Key(.up), .character("k")], context: .duplicates, bar: nil),
    Command(
      id: .linkDuplicate, keys: [.character("v"), .character("l")], context: .duplicates, bar: 0),
    Command(id: .continueDuplicate, keys: [.character("c")], context: .duplicates, bar: 1),
    Command(
      id: .overrideDuplicate, keys: [.character("m"), .character("o")], context: .duplicates,
      bar: 2),
    Command(
      id: .leaveDuplicates, keys: [Key(.escape), .character("q")], context: .duplicates, bar: 3),
    Command(id: .choiceDown, keys: [Key(.down)], context: .editing, bar: nil),
    Command(id: .choiceUp, keys: [Key(.up)], context: .editing, bar: nil),
    Command(id: .keep, keys: [Key(.enter), Key(.tab)], context: .editing, bar: 0),
    Command(id: .cancel, keys: [Key(.escape)], context: .editing, bar: 1),
    Command(
      id: .yes,
      keys: [.character("s"), Key(.enter), .character("y"), .character("S"), .character("Y")],
      context: .question, bar: 0),
    Command(
      id: .no, keys: [Key(.escape), .character("n"), .character("N")], context: .question, bar: 1),
    Command(id: .end, keys: [.character("q")], context: .question, bar: nil),
    Command(
      id: .close, keys: [Key(.escape), Key(.enter), .character("q")], context: .reading, bar: 0),
    Command(id: .help, keys: [.function(1), .character("?")], context: .everywhere, bar: 8),
    Command(id: .cover, keys: [.function(8), .control("x")], context: .everywhere, bar: nil),
    Command(id: .repaint, keys: [.control("l")], context: .everywhere, bar: nil),
    Command(id: .suspend, keys: [.control("z")], context: .everywhere, bar: nil),
    Command(id: .quit, keys: [.character("q"), .control("c")], context: .everywhere, bar: 9),
  ]

  /// The command of one of the table's own keys; see ``KeyMap/find(_:in:)``.
  static func find(_ key: Key, in context: Context) -> ID? {
    KeyMap.standard.find(key, in: context)
  }

  /// The commands that can be used there, in the order of the help; while words are looked for, those of the search first.
  public static func available(in context: Context) -> [Command] {
    let isFinding = context == .finding
    let commands = table.filter { command in
      guard command.context == .everywhere else {
        return command.context == context || isFinding && command.context == .interview
      }
      // Escape leaves a line, a question and a list; a stray letter must not end the program there.
      return command.id != .quit || [.home, .interview, .finding, .consent].contains(context)
    }
    guard isFinding else { return commands }
    return commands.filter { $0.context == .finding } + commands.filter { $0.context != .finding }
  }

  /// Name of a key as shown.
  public static func name(_ key: Key) -> String {
    let name =
      switch key.code {
      case .character(let character): String(character)
      case .function(let number): "F\(number)"
      case .enter: "Enter"
      case .tab: "Tab"
      case .escape: "Esc"
      case .backspace: "⌫"
      case .delete: "Del"
      case .insert: "Ins"
      case .up: "↑"
      case .down: "↓"
      case .left: "←"
      case .right: "→"
      case .home: "Home"
      case .end: "End"
      case .pageUp: "PgUp"
      case .pageDown: "PgDn"
      }
    if key.modifiers.contains(.control) { return "^" + name.uppercased() }
    if key.modifiers.contains(.alt) { return "Alt-" + name }
    return key.modifiers.contains(.shift) && key.code == .tab ? "⇧Tab" : name
  }
}

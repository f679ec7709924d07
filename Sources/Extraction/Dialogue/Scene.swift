/// A turn with what came before it: all that a field's reader may look at.
struct Scene: Sendable {
  let turn: Turn
  /// The turn before.
  let previous: Turn?
  /// The question that waits for an answer when the turn begins.
  let before: Expectation?
  /// The question the turn itself asks.
  let asked: Expectation?
  let opening: Opening
  /// Whether somebody speaks for the person the form is about ("la ficha es de tu madre").
  var proxy = false
  /// Who speaks, where the order of the segments tells.
  var speaker: Speaker?
  /// Whether that is known by the voice, and not only by the order.
  var isVoiceKnown = false
  let gazetteers: Gazetteers
  let pack: LanguagePack
  let today: CalendarDate

  /// Another turn, read by itself.
  func reading(_ turn: Turn) -> Scene {
    Scene(
      turn: turn, previous: nil, before: nil, asked: nil, opening: .none, proxy: proxy,
      gazetteers: gazetteers, pack: pack, today: today)
  }

  /// Where an answer may begin.
  struct Answer: Hashable, Sendable {
    /// Index of its first token.
    let start: Int
    /// Whose value was asked for.
    let holder: Holder
    /// Turns since the question; 0 in the turn of the question itself.
    let age: Int
  }

  /// Where an answer to a question of that topic may begin in this turn; nil when nobody asked.
  func answer(_ topic: Topic) -> Answer? {
    let isWaiting = before?.topics.contains(topic) ?? false
    if let asked, asked.topics.contains(topic), !isWaiting || turn.hasQuestion {
      return Answer(start: asked.answer, holder: asked.holder, age: 0)
    }
    guard let before, isWaiting else { return nil }
    return Answer(start: 0, holder: before.holder, age: max(1, turn.number - before.turn))
  }

  /// That turn, as if it asked what this one does.
  func asking(in turn: Turn) -> Scene {
    Scene(
      turn: turn, previous: nil, before: before, asked: asked, opening: .none, proxy: proxy,
      speaker: speaker, isVoiceKnown: isVoiceKnown, gazetteers: gazetteers, pack: pack,
      today: today)
  }

  /// Whether the turn sets right what was said before it.
  var isCorrection: Bool { opening == .denies || opening == .repairs }

  /// Whether a question of one of those topics is open, or was asked in this turn.
  func isAbout(_ topics: Topic...) -> Bool { topics.contains { answer($0) != nil } }

  /// Whether the open question is about somebody else, or about something that fills no field: "¿Dónde viven sus padres?".
  var isAboutOthers: Bool {
    guard let before, turn.number - before.turn <= 1 else { return false }
    let isHome = !before.topics.isDisjoint(with: [.place, .street])
    return (before.holder == .other && isHome || before.topic == .elsewhere)
      && !turn.has(.holderSelf)
  }

  /// Whose the value in these tokens is, by its sentence and else by the question.
  func holder(of range: Range<Int>, answering topic: Topic? = nil) -> Holder {
    if turn.holder(of: range, proxy: proxy, isPhone: topic == .phone) == .other { return .other }
    guard let topic, let answer = answer(topic), answer.holder == .other else { return .person }
    // "Qué guapa la niña, ¿cómo se llama?" is answered at once; the next name is the person's.
    if topic == .name, answer.age > 1 { return .person }
    // "¿Es tuya o de ellos?" "Mía, de prepago. 655…"
    let said = 0..<turn.sentence(of: range.lowerBound).upperBound
    let isOwn = turn.has(.holderSelf, in: said) && !turn.has(.holderOther, in: said)
    return isOwn || turn.has(.holderSelf, in: turn.sentence(of: range.lowerBound))
      ? .person : .other
  }

  /// Whether a place in these tokens is where somebody named right before lives: "él vive en Leganés, en la calle…".
  func isOthersHome(_ range: Range<Int>) -> Bool {
    guard !proxy, (previous?.hits ?? []).contains(where: { $0.kind.isKin }) else { return false }
    let before = turn.sentence(of: range.lowerBound).lowerBound..<range.lowerBound
    guard
      let verb = before.last(where: {
        ["vive", "viven", "esta", "estan"].contains(turn.word($0)) && $0 > before.lowerBound
      })
    else { return false }
    return ["el", "ella", "ellos", "ellas"].contains(turn.word(verb - 1))
      && !turn.tokens[verb..<range.lowerBound].contains { $0.folded == "yo" }
  }

  private static let firstPerson: Set<String> = [
    "yo", "soy", "llamo", "mi", "mis", "mio", "mia", "nuestro", "nuestra", "vivo", "naci", "tengo",
  ]
  private static let secondPerson: Set<String> = [
    "su", "sus", "tu", "tus", "usted", "ustedes", "te", "le", "suyo", "suya", "tuyo", "tuya",
  ]

  /// Whether the technician says that about themself: "yo soy Marta y mi extensión es...". What is read back is the person's.
  func isTechniciansOwn(_ range: Range<Int>) -> Bool {
    guard isVoiceKnown, speaker == .technician, !range.isEmpty else { return false }
    let words = Set(turn.tokens[turn.sentence(of: range.lowerBound)].map(\.folded))
    return !words.isDisjoint(with: Scene.firstPerson) && words.isDisjoint(with: Scene.secondPerson)
  }
}

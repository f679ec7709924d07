import Forms

/// What the last questions asked for: it decides what a bare answer means.
struct Expectation: Hashable, Sendable {
  /// The last thing asked for.
  let topic: Topic
  /// All that was asked for in that turn.
  let topics: Set<Topic>
  /// Number of the turn of the question.
  let turn: Int
  /// Whose value was asked for.
  private(set) var holder: Holder
  /// Index of the token, in the turn of the question, after which an answer may begin.
  let answer: Int

  /// Turns for which a question waits for its answer.
  static let patience = 4

  /// The question in a turn, if it asks for something.
  ///
  /// - Parameter proxy: whether somebody speaks for the person: then "de ella" is the person.
  init?(_ turn: Turn, proxy: Bool = false) {
    var asks: [(hit: Hit, topic: Topic)] = []
    for hit in turn.hits {
      guard let topic = hit.kind.topic else { continue }
      // "en la foto del teléfono": talked about, not asked for.
      if Expectation.isAsking(hit, in: turn) { asks.append((hit, topic)) }
    }
    asks.sort {
      ($0.hit.tokens.upperBound, $0.hit.tokens.count) < (
        $1.hit.tokens.upperBound, $1.hit.tokens.count
      )
    }
    guard let last = asks.last else { return nil }
    topic = last.topic
    topics = Set(asks.map(\.topic))
    self.turn = turn.number
    answer = last.hit.tokens.upperBound
    let sentence = turn.sentence(of: last.hit.tokens.lowerBound)
    let others = turn.hits.contains {
      // "¿Vives con tus padres?" asks about the person all the same.
      $0.kind == .holderOther && sentence.contains($0.tokens.lowerBound)
        && !($0.tokens.lowerBound > 0
          && ["con", "with"].contains(turn.tokens[$0.tokens.lowerBound - 1].folded))
    }
    let own = turn.hits.contains {
      $0.kind == .holderSelf && sentence.contains($0.tokens.lowerBound)
        && $0.tokens.count > 1
    }
    holder = others && !own && !proxy ? .other : .person
  }

  /// "¿Y el de Mihaela?", "¿y tu mujer?": the question before, about somebody else; "¿y el tuyo?" turns it back.
  ///
  /// - Parameters:
  ///   - turn: a turn that names no topic of its own.
  ///   - before: the question that is open.
  ///   - own: folded words of the person's own name.
  init?(_ turn: Turn, again before: Expectation, own: @autoclosure () -> Set<String>) {
    guard turn.tokens.last?.text == "?" else { return nil }
    let topics = before.topics.intersection(Expectation.personal)
    guard topics.contains(before.topic) else { return nil }
    let sentence = turn.sentence(of: turn.tokens.count - 1)
    let words = sentence.filter { turn.tokens[$0].kind != .mark }
    guard let first = words.first, turn.word(first) == "y", words.count <= 5 else { return nil }
    let hasBack = words.contains { Expectation.back.contains(turn.word($0)) }
    let relative = turn.hits.last {
      $0.kind == .holderOther && sentence.contains($0.tokens.lowerBound)
        && !["con", "with"].contains(turn.word($0.tokens.lowerBound - 1))
    }
    let own = own()
    let isNamed =
      words.dropFirst(2).contains {
        turn.word($0) == "de" && $0 + 1 < turn.tokens.count && turn.tokens[$0 + 1].isCapitalized
          && !own.contains(turn.word($0 + 1))
      } && ["el", "la", "lo"].contains(turn.word(words[1]))
    guard hasBack || relative != nil || isNamed else { return nil }
    topic = before.topic
    self.topics = topics
    self.turn = turn.number
    holder = hasBack && relative == nil && !isNamed ? .person : .other
    answer = turn.tokens.count
  }

  /// "¿Y su marido?", "¿El marido?", where the person's own name is known: what follows is told of somebody else.
  init?(others turn: Turn) {
    let words = turn.tokens.filter { $0.kind != .mark }.map(\.folded)
    guard turn.tokens.last?.text == "?", (1...3).contains(words.count),
      turn.hits.contains(where: { [.kinElder, .kinPeer].contains($0.kind) }),
      words.dropLast().allSatisfy({
        ["y", "el", "la", "su", "tu", "sus", "tus", "los", "las", words.last].contains($0)
      })
    else { return nil }
    topic = .name
    topics = Expectation.personal.union([.name])
    self.turn = turn.number
    holder = .other
    answer = turn.tokens.count
  }

  /// "Deletréemelo", before anything else was asked: the name.
  init(nameIn turn: Turn) {
    topic = .name
    topics = [.name]
    self.turn = turn.number
    holder = .person
    answer = turn.tokens.count
  }

  /// Whether it asks for something that everybody has one of.
  var isPersonal: Bool { Expectation.personal.contains(topic) }

  /// The same question, about somebody else.
  var ofOthers: Expectation {
    var question = self
    question.holder = .other
    return question
  }

  /// What everybody has one of.
  private static let personal: Set<Topic> = [
    .document, .passport, .phone, .email, .birthDate, .age, .nationality, .languages,
  ]
  private static let back: Set<String> = ["tuyo", "tuya", "suyo", "suya", "tu", "usted"]

  /// The fields of a form by their names that the question is about.
  var fields: Set<FieldName> { Set(topics.flatMap(Expectation.fields)) }

  private static func fields(_ topic: Topic) -> [FieldName] {
    switch topic {
    case .name, .surname: ["full_name"]
    case .document, .passport: ["document_type", "document_number"]
    case .phone: ["phone"]
    case .email: ["email"]
    case .place: ["municipality"]
    case .street, .floor: ["street_address"]
    case .postalCode: ["postal_code"]
    case .province: ["province"]
    case .birthDate, .age: ["birth_date"]
    case .gender: ["gender"]
    case .nationality: ["nationality"]
    case .languages: ["languages"]
    case .household: ["household_size"]
    case .minors: ["minors"]
    case .needs: ["needs"]
    case .elsewhere, .other: []
    }
  }

  /// Words with which questions and requests begin.
  private static let openers: Set<String> = [
    "que", "como", "donde", "cuando", "cual", "cuantos", "cuantas", "cuanta", "cuanto", "quien",
    "quienes", "con", "en",
    "dime", "digame", "tienes", "tiene", "teneis", "hablas", "vives", "sigues", "seguis", "eres",
    "naciste", "y", "por",
    "what", "where", "when", "how", "who", "your",
  ]

  /// "Bissau habla portugués", "mi marido habla inglés": told of somebody.
  private static func isToldOfOthers(_ hit: Hit, in turn: Turn) -> Bool {
    let first = hit.tokens.lowerBound
    guard hit.kind == .askLanguages, turn.word(first) == "habla", !turn.isQuestion(first),
      first > turn.sentence(of: first).lowerBound
    else { return false }
    let before = turn.word(first - 1)
    return !before.isEmpty
      && ![
        "que", "se", "y", "usted", "idioma", "idiomas", "lengua", "lenguas", "tambien", "ella",
        "el",
      ]
      .contains(before)
  }

  /// "Tranquila a ver nombre completo y el número de la tarjeta si la tienes a mano": so many words for a name only ask for it,
  /// near the head of what is said.
  private static func isNameAsked(_ hit: Hit, in turn: Turn, _ sentence: Range<Int>) -> Bool {
    let isTold = ["dime", "dame", "ponme", "digame", "deme", "pongame"].contains(
      turn.word(hit.tokens.lowerBound - 1))
    guard hit.kind == .askName, hit.tokens.count > 1 || isTold, turn.number < 20,
      // "El nombre es…"
      !turn.hits.contains(where: {
        $0.kind == .sayName && $0.tokens.overlaps(hit.tokens)
          && $0.tokens.upperBound > hit.tokens.upperBound
      })
    else { return false }
    let before = turn.tokens[sentence.lowerBound..<hit.tokens.lowerBound].filter {
      $0.kind != .mark
    }
    return before.count <= 4
  }

  /// Whether a cue asks: in a marked question, behind an interrogative, or at the end of what is said.
  private static func isAsking(_ hit: Hit, in turn: Turn) -> Bool {
    if isToldOfOthers(hit, in: turn) { return false }
    if turn.isQuestion(hit.tokens.lowerBound)
      || openers.contains(turn.tokens[hit.tokens.lowerBound].folded)
    {
      return true
    }
    let sentence = turn.sentence(of: hit.tokens.lowerBound)
    let isTitle: Set<CueKind> = [.askGender, .askPostal, .askBirth, .askNationality, .askLanguages]
    if isTitle.contains(hit.kind) || hit.tokens.lowerBound == sentence.lowerBound { return true }
    if isNameAsked(hit, in: turn, sentence) { return true }
    let words = turn.tokens[sentence].filter { $0.kind != .mark }.count
    let after = turn.tokens[hit.tokens.upperBound..<max(hit.tokens.upperBound, sentence.upperBound)]
      .filter { $0.kind != .mark }.count
    return words <= 8 || after <= 3
  }
}

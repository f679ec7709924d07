import Forms

/// Reads an intake interview.
///
/// Each settled segment becomes a turn: tokens and the cues of the language pack. The last question says what an
/// answer may be; readers of single fields make mentions; a ledger for every field weighs what was said, confirmed,
/// denied and corrected. Nothing is taken back silently: each step leaves the name of its rule.
public struct IntakeExtractor: Extractor {
  let form: FormDefinition
  let fields: Set<FieldName>
  /// Names and places.
  public let gazetteers: Gazetteers
  let pack: LanguagePack
  let today: CalendarDate

  var ledgers: [FieldName: Ledger] = [:]
  var expectation: Expectation?
  /// Fields that were asked about so far, answered or not.
  public private(set) var asked: Set<FieldName> = []
  var previous: Turn?
  var alternation = Alternation()
  var voices = VoiceRoles()
  var count = 0
  /// Fields that got a value in the turn before.
  var fresh: [FieldName: [FieldValue]] = [:]
  /// Those whose value stood in its last sentence: what a "no" answers.
  var answerable: Set<FieldName> = []
  /// Somebody speaks for the person the form is about.
  var proxy = false
  /// What was asked for and cannot be right.
  var failed = FailedValues()
  /// What was said about having no document.
  var noDocument = Ledger()

  var dictation = DictationReader()
  var births = BirthDateReader()
  var household = Household()
  var needs = NeedsDialogue()
  var names = NameReader()
  var formFields = FormFields()
  var address: StreetAddress?
  /// Municipalities where the person was, or somebody else is.
  var elsewhere: Set<String> = []

  /// Makes an extractor for a form.
  ///
  /// - Parameters:
  ///   - form: fields it doesn't have are not looked for.
  ///   - gazetteers: names and places.
  ///   - pack: the language of the talk, made with the same form.
  ///   - today: the day of the interview, which decides centuries and ages.
  public init(
    form: FormDefinition, gazetteers: Gazetteers, pack: LanguagePack, today: CalendarDate
  ) {
    self.form = form
    fields = Set(form.fields.map(\.name))
    self.gazetteers = gazetteers
    self.pack = pack
    self.today = today
  }

  /// A segment cut into words, which needs no extractor: it can be done beside something else.
  public struct CutSegment: Sendable {
    let segment: TranscriptSegment
    let tokens: [Token]

    /// Cuts a segment.
    public init(_ segment: TranscriptSegment) {
      self.segment = segment
      tokens = Tokenizer.tokens(segment)
    }
  }

  /// Reads the next segment.
  public mutating func add(_ segment: TranscriptSegment) { add(CutSegment(segment)) }

  /// Reads the next segment.
  public mutating func add(_ cut: CutSegment) {
    let segment = cut.segment
    let scalars = Substring(segment.text).unicodeScalars
    let total = scalars.count
    var index = scalars.startIndex
    var place = 0
    for tokens in Turn.split(pack.normalised(cut.tokens)) {
      guard let first = tokens.first, let last = tokens.last else { continue }
      let start = scalars.index(index, offsetBy: first.range.lowerBound - place)
      let end = scalars.index(start, offsetBy: last.range.upperBound - first.range.lowerBound)
      let passage = Turn.Passage(
        text: scalars[start..<end], offset: first.range.lowerBound, total: total)
      add(Turn(tokens, of: segment, passage, number: count, pack: pack), by: segment.speaker)
      index = end
      place = last.range.upperBound
    }
    count += 1
  }

  mutating func add(_ turn: Turn, by label: String?) {
    if turn.has(.proxy), turn.number < 12 { proxy = true }
    let before = expectation.flatMap {
      turn.number - $0.turn <= Expectation.patience ? $0 : nil
    }
    let asked = ofOthers(Expectation(turn, proxy: proxy), turn) ?? askedAgain(turn, after: before)
    let voice = voices.speaker(label)
    let scene = Scene(
      turn: turn, previous: previous, before: before, asked: asked, opening: Opening(turn),
      proxy: proxy, speaker: voice ?? alternation.speaker(of: count),
      isVoiceKnown: voice != nil,
      gazetteers: gazetteers, pack: pack, today: today)
    let mentions = read(scene).filter { !scene.isTechniciansOwn($0.tokens) }
    takeUp(scene, mentions)
    let failing = (births.failed + dictation.failed).filter {
      has($0.field) && isInForm($0) && !scene.isTechniciansOwn($0.tokens)
    }
    failed.hear(failing, scene)
    fresh = [:]
    answerable = []
    // "…dieciocho setenta y cinco...": the dots end nothing that was said.
    let lastWord = turn.tokens.lastIndex { $0.kind != .mark } ?? turn.tokens.count - 1
    let lastSentence = turn.sentences[max(0, lastWord)]
    for mention in mentions {
      let place = min(mention.tokens.lowerBound, turn.tokens.count - 1)
      if turn.sentences[max(0, place)] == lastSentence { answerable.insert(mention.field) }
      ledgers[mention.field, default: Ledger()].hear(mention, in: turn)
      fresh[mention.field, default: []].append(mention.value)
    }
    repairInside(scene, mentions)
    if has("needs") { needs.read(scene, taken: mentions.map(\.tokens), where: isInForm) }
    if let asked { expectation = asked }
    let asks = asked != nil || turn.hasQuestion
    alternation.note(count, asks: asks)
    voices.note(label, asks: asks)
    if let asked, asked.holder == .person { self.asked.formUnion(asked.fields) }
    previous = turn
  }

  /// "¿Ella tiene teléfono?", where the person's own is known.
  func ofOthers(_ asked: Expectation?, _ turn: Turn) -> Expectation? {
    guard !proxy, let asked, asked.isPersonal, turn.namesThird,
      asked.fields.allSatisfy({ best($0) != nil })
    else { return asked }
    return asked.ofOthers
  }

  /// The open question asked of somebody else, or the name asked for letter by letter.
  func askedAgain(_ turn: Turn, after before: Expectation?) -> Expectation? {
    let isFirst = turn.number < 8 && before == nil && best("full_name") == nil
    if isFirst, turn.has(.spell) { return Expectation(nameIn: turn) }
    guard !proxy else { return nil }
    if let before, let again = Expectation(turn, again: before, own: ownNames) { return again }
    let isHome = before.map { !$0.topics.isDisjoint(with: [.household, .minors]) } ?? false
    return best("full_name") == nil || isHome ? nil : Expectation(others: turn)
  }

  /// Folded words of the person's name.
  var ownNames: Set<String> {
    Set((bestText("full_name") ?? "").split(separator: " ").map { Folding.fold(String($0)) })
  }

  /// The best candidate of every field heard so far.
  public var candidates: [FieldName: Candidate] {
    var result: [FieldName: Candidate] = [:]
    for (field, ledger) in ledgers {
      result[field] = takesSeveral(field) ? ledger.listCandidate(field) : ledger.candidate(field)
    }
    if has("needs") {
      result["needs"] = needs.candidate(pack) { isInForm("needs", .text($0)) }
    }
    if result["document_number"] == nil, let none = noDocument.candidate("document_type") {
      result["document_type"] = none
    }
    failed.fill(&result)
    CrossChecks.apply(to: &result, gazetteers: gazetteers)
    return result
  }

  /// Whether a field takes several values, so that one more corrects none.
  func takesSeveral(_ field: FieldName) -> Bool {
    form.field(field)?.type == .multipleChoice
  }

  func best(_ field: FieldName) -> FieldValue? { ledgers[field]?.best?.value }

  func bestText(_ field: FieldName) -> String? {
    if case .text(let text) = best(field) { text } else { nil }
  }

  // MARK: - Reading

  mutating func read(_ scene: Scene) -> [Mention] {
    var mentions: [Mention] = []
    var taken: [Range<Int>] = []
    let take = { (more: [Mention]) in
      mentions += more
      taken += more.map(\.tokens)
    }
    let dates = DateReader(scene).parts(scene.turn.tokens)
    if has("birth_date") {
      take(
        births.mentions(
          scene, dates: dates, best: best("birth_date"),
          isFresh: answerable.contains("birth_date")))
    }
    if has("email") { take(EmailReader.mentions(scene, best: best("email"))) }
    taken += nobodys(dates, scene, taken: taken)
    let addresses = has("street_address") ? readAddresses(scene, taken: taken) : []
    take(addresses)
    take(Patch.mentions(scene, ledgers: ledgers, fresh: fresh))
    take(
      dictation.mentions(
        scene, taken: taken, hasAddress: !addresses.isEmpty, provinces: knownProvinces([])))
    mentions = identityFirst(mentions)
    if mentions.allSatisfy({ $0.field != "document_type" }), best("document_type") == nil {
      mentions += SpeechChoices.documentType(scene, form)
    }
    mentions += readPlaces(
      scene, homes: addresses.map(\.tokens), taken: taken,
      postal: mentions.first { $0.field == "postal_code" }.map {
        PlaceReader.Code(digits: $0.value.displayText, tokens: $0.tokens)
      })
    let homes = taken
    let isFree = { (mention: Mention) in !homes.contains { $0.overlaps(mention.tokens) } }
    if has("nationality") { mentions += SpeechChoices.nationality(scene).filter(isFree) }
    if has("languages") {
      let denied = SpeechChoices.denied(scene, known: ledgers["languages"]?.texts ?? [])
      ledgers["languages"]?.deny("language_denied") { $0.value.isText(in: denied) }
      mentions += SpeechChoices.languages(scene)
    }
    if has("gender") { mentions += SpeechChoices.gender(scene) }
    let home = household.read(scene, size: best("household_size"))
    for (field, value) in home.replaced {
      ledgers[field]?.deny("recounted") {
        $0.value == value
          && $0.rules.allSatisfy {
            $0.hasSuffix("_counted") || $0 == "confirmed" || $0 == "recounted"
          }
      }
    }
    for (field, value) in home.corrected {
      ledgers[field]?.deny("corrected") { $0.value == value && !$0.isConfirmed }
    }
    mentions += home.mentions
    if has("full_name") {
      let read = names.read(
        scene, best: best("full_name"), heard: ledgers["full_name"]?.entries ?? [],
        taken: addresses.map(\.tokens))
      for value in read.replaced {
        ledgers["full_name"]?.deny("corrected") { $0.value == value }
      }
      mentions += read.mentions
    }
    mentions += formFields.mentions(scene, form: form)
    noteMissingDocument(scene)
    return mentions.filter { has($0.field) && isInForm($0) }
  }

  func isInForm(_ mention: Mention) -> Bool { isInForm(mention.field, mention.value) }

  /// Whether the form's own vocabulary, where the field has one, has the value.
  func isInForm(_ field: FieldName, _ value: FieldValue) -> Bool {
    guard let field = form.field(field), let vocabulary = form.vocabulary(of: field),
      case .text(let code) = value
    else { return true }
    return vocabulary.entry(code) != nil
  }

  /// What speaks for each need, as numbers: what `scripts/needs_weights.py` learns the decision from.
  public var needParts: [String: [Double]] { needs.parts(pack) }

  func has(_ field: FieldName) -> Bool { fields.contains(field) }

  /// Dates that are nobody's birth: their digits are no document and no telephone.
  func nobodys(
    _ dates: [DateReader.Part], _ scene: Scene, taken: [Range<Int>]
  ) -> [Range<Int>] {
    dates.filter { part in
      (part.isWhole || part.day != nil && part.month != nil)
        && !taken.contains { $0.overlaps(part.tokens) }
        // "calle Seis de Junio, 41"
        && StreetTypes.names[scene.turn.word(part.tokens.lowerBound - 1)] == nil
        && scene.turn.tokens[part.tokens].contains {
          pack.numerals.months[$0.folded] != nil || $0.text == "/"
        }
    }
    .map(\.tokens)
  }

  /// A Spanish number goes before a passport: one person has both.
  mutating func identityFirst(_ mentions: [Mention]) -> [Mention] {
    guard mentions.contains(where: { $0.field == "document_type" }) else { return mentions }
    let spanish: Set<FieldValue> = ["dni", "nie"]
    let isPassport = mentions.contains { $0.field == "document_type" && $0.value == "passport" }
    if isPassport, let best = ledgers["document_type"]?.best, spanish.contains(best.value) {
      return mentions.filter { $0.field != "document_type" && $0.field != "document_number" }
    }
    let isValid = mentions.contains {
      $0.field == "document_number" && !$0.checks.isEmpty && $0.checks.allSatisfy(\.passed)
    }
    if isValid {
      ledgers["document_number"]?.deny("identity_number_found") { $0.checks.isEmpty }
      ledgers["document_type"]?.deny("identity_number_found") { $0.value == "passport" }
    }
    return mentions
  }

  mutating func noteMissingDocument(_ scene: Scene) {
    guard noDocument.entries.isEmpty,
      let hit = scene.turn.hits(.noDocument).max(by: { $0.tokens.count < $1.tokens.count }),
      !scene.turn.isQuestion(hit.tokens.lowerBound), scene.turn.holder(of: hit.tokens) == .person
    else { return }
    let isAbout = scene.isAbout(.document, .passport)
    guard isAbout || hit.tokens.count >= 3 else { return }
    noDocument.hear(
      Mention(
        field: "document_type", value: "none", confidence: isAbout ? 0.75 : 0.6,
        tokens: hit.tokens, rule: "no_document"),
      in: scene.turn)
  }

}

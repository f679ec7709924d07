import Forms

/// Reads an intake interview.
///
/// Each settled segment becomes a turn: tokens and the cues of the language pack. The last question says what an
/// answer may be; readers of single fields make mentions; a ledger for every field weighs what was said, confirmed,
/// denied and corrected. Nothing is taken back silently: each step leaves the name of its rule.
public struct IntakeExtractor: Extractor {
  private let form: FormDefinition
  private let fields: Set<FieldName>
  private let gazetteers: Gazetteers
  private let pack: LanguagePack
  private let today: CalendarDate

  private var ledgers: [FieldName: Ledger] = [:]
  private var expectation: Expectation?
  /// Fields that were asked about so far, answered or not.
  public private(set) var asked: Set<FieldName> = []
  private var previous: Turn?
  private var alternation = Alternation()
  private var voices = VoiceRoles()
  private var count = 0
  /// Fields that got a value in the turn before.
  private var fresh: [FieldName: [FieldValue]] = [:]
  /// Those whose value stood in its last sentence: what a "no" answers.
  private var answerable: Set<FieldName> = []
  /// Somebody speaks for the person the form is about.
  private var proxy = false
  /// What was said about having no document.
  private var noDocument = Ledger()

  private var dictation = DictationReader()
  private var births = BirthDateReader()
  private var household = Household()
  private var needs = NeedsDialogue()
  private var names = NameReader()
  private var formFields = FormFields()
  private var address: StreetAddress?

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

  /// Reads the next segment.
  public mutating func add(_ segment: TranscriptSegment) {
    let scalars = Substring(segment.text).unicodeScalars
    let total = scalars.count
    var index = scalars.startIndex
    var place = 0
    for tokens in Turn.split(pack.normalised(Tokenizer.tokens(segment))) {
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

  private mutating func add(_ turn: Turn, by label: String?) {
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
  private func ofOthers(_ asked: Expectation?, _ turn: Turn) -> Expectation? {
    guard !proxy, let asked, asked.isPersonal, turn.namesThird,
      asked.fields.allSatisfy({ best($0) != nil })
    else { return asked }
    return asked.ofOthers
  }

  /// The open question asked of somebody else, or the name asked for letter by letter.
  private func askedAgain(_ turn: Turn, after before: Expectation?) -> Expectation? {
    let isFirst = turn.number < 8 && before == nil && best("full_name") == nil
    if isFirst, turn.has(.spell) { return Expectation(nameIn: turn) }
    guard !proxy, let before else { return nil }
    return Expectation(turn, again: before, own: ownNames)
  }

  /// Folded words of the person's name.
  private var ownNames: Set<String> {
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
    CrossChecks.apply(to: &result, gazetteers: gazetteers)
    return result
  }

  /// Whether a field takes several values, so that one more corrects none.
  private func takesSeveral(_ field: FieldName) -> Bool {
    form.field(field)?.type == .multipleChoice
  }

  private func best(_ field: FieldName) -> FieldValue? { ledgers[field]?.best?.value }

  private func bestText(_ field: FieldName) -> String? {
    if case .text(let text) = best(field) { text } else { nil }
  }

  // MARK: - Reading

  private mutating func read(_ scene: Scene) -> [Mention] {
    var mentions: [Mention] = []
    var taken: [Range<Int>] = []
    let take = { (more: [Mention]) in
      mentions += more
      taken += more.map(\.tokens)
    }
    if has("birth_date") {
      take(births.mentions(scene, best: best("birth_date"), isFresh: fresh["birth_date"] != nil))
    }
    if has("email") { take(EmailReader.mentions(scene, best: best("email"))) }
    taken += dates(scene, taken: taken)
    let addresses = has("street_address") ? readAddresses(scene, taken: taken) : []
    take(addresses)
    take(Patch.mentions(scene, ledgers: ledgers, fresh: fresh))
    take(dictation.mentions(scene, taken: taken, hasAddress: !addresses.isEmpty))
    mentions = identityFirst(mentions)
    mentions += readPlaces(
      scene, homes: addresses.map(\.tokens), taken: taken,
      postal: mentions.first { $0.field == "postal_code" }?.value.displayText
    )
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
        $0.value == value && !$0.isConfirmed && $0.rules.allSatisfy { $0.hasSuffix("_counted") }
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

  private func isInForm(_ mention: Mention) -> Bool { isInForm(mention.field, mention.value) }

  /// Whether the form's own vocabulary, where the field has one, has the value.
  private func isInForm(_ field: FieldName, _ value: FieldValue) -> Bool {
    guard let field = form.field(field), let vocabulary = form.vocabulary(of: field),
      case .text(let code) = value
    else { return true }
    return vocabulary.entry(code) != nil
  }

  /// What speaks for each need, as numbers: what `scripts/needs_weights.py` learns the decision from.
  public var needParts: [String: [Double]] { needs.parts(pack) }

  private func has(_ field: FieldName) -> Bool { fields.contains(field) }

  /// Dates that are nobody's birth: their digits are no document and no telephone.
  private func dates(_ scene: Scene, taken: [Range<Int>]) -> [Range<Int>] {
    DateReader(today: today, months: pack.numerals.months).parts(scene.turn.tokens)
      .filter { part in
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
  private mutating func identityFirst(_ mentions: [Mention]) -> [Mention] {
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

  private mutating func readAddresses(_ scene: Scene, taken: [Range<Int>]) -> [Mention] {
    let reader = AddressReader(scene)
    var mentions: [Mention] = []
    var found = reader.found().filter { item in !taken.contains { $0.overlaps(item.tokens) } }
    if found.isEmpty, let address {
      let isFresh = fresh["street_address"] != nil
      let rest =
        reader.rest(of: address, isFresh: isFresh)
        ?? (isFresh ? reader.corrected(address) : nil) ?? reader.respelled(address)
      found = rest.map { [$0] } ?? []
    }
    for item in found {
      var current = item.address
      if item.rule == "address_corrected", let known = address {
        ledgers["street_address"]?.deny("completed") { $0.value == .text(known.text) }
      } else if let known = address, known.isSameStreet(current) {
        current = scene.isCorrection ? current.completed(by: known) : known.merged(with: current)
        if current != known {
          ledgers["street_address"]?.deny("completed") { $0.value == .text(known.text) }
        }
      } else if let known = address, known.detail > 0, current.detail == 0 {
        continue
      } else if let known = address, current.number != nil {
        // People tell the old address before the new one.
        ledgers["street_address"]?.deny("moved") {
          $0.value == .text(known.text) && !$0.isConfirmed
        }
      }
      address = current
      mentions.append(
        Mention(
          field: "street_address", value: .text(current.text),
          confidence: current.number == nil ? 0.55 : 0.86, tokens: item.tokens, rule: item.rule))
    }
    return mentions
  }

  private mutating func readPlaces(
    _ scene: Scene, homes: [Range<Int>], taken: [Range<Int>], postal: String?
  ) -> [Mention] {
    guard has("municipality") || has("province") else { return [] }
    let reader = PlaceReader(scene)
    let places = reader.found(homes: homes, taken: taken, postal: postal != nil)
    let code = places.isEmpty ? nil : postal ?? bestText("postal_code")
    var mentions: [Mention] = []
    for found in places {
      if found.isElsewhere {
        let isTakenBack = fresh["municipality"] != nil
        ledgers["municipality"]?.deny("elsewhere") {
          $0.value == .text(found.place.name) && ($0.confidence < 0.9 || isTakenBack)
        }
        continue
      }
      if found.rule == "in_place", best("municipality") != nil { continue }
      if isProvince(found, of: places, code: code) { continue }
      mentions.append(
        Mention(
          field: "municipality", value: .text(found.place.name), confidence: found.confidence,
          tokens: found.tokens, rule: found.rule,
          alternatives: found.others.prefix(4).map {
            Alternative(value: .text($0.name), confidence: 0.2)
          }))
    }
    let town = bestText("municipality")
    return mentions
      + reader.provinces(after: places, known: { knownProvinces(places) }, town: town)
  }

  /// "Alcalá de Henares, ¿no? Madrid": the province of the town named before, where nothing says that one lives there.
  private func isProvince(
    _ found: PlaceReader.Found, of places: [PlaceReader.Found], code: String?
  ) -> Bool {
    // The third digit of a code is 0 in a province's capital, and only there: "Madrid 28026".
    if found.rule == "beside_postal_code", let code, code.dropFirst(2).first == "0",
      PostalCode.province(code) == found.place.province
    {
      return false
    }
    guard !["lives_in", "place_answer", "elsewhere"].contains(found.rule),
      PostalCode.province(named: Folding.fold(found.place.name)) == found.place.province
    else { return false }
    let before = places.filter { $0.tokens.upperBound <= found.tokens.lowerBound }.map(\.place)
    if before.contains(where: { $0.province == found.place.province && $0 != found.place }) {
      return true
    }
    guard before.isEmpty, let name = bestText("municipality"), name != found.place.name
    else { return false }
    return gazetteers.municipalities(named: name).contains { $0.province == found.place.province }
  }

  /// Provinces of the municipality and the postal code heard so far.
  private func knownProvinces(_ places: [PlaceReader.Found]) -> Set<String> {
    var known = Set(places.filter { !$0.isElsewhere }.map(\.place.province))
    if let code = bestText("postal_code"), let province = PostalCode.province(code) {
      known.insert(province)
    }
    if let name = bestText("municipality") {
      for place in gazetteers.municipalities(named: name) { known.insert(place.province) }
    }
    return known
  }

  private mutating func noteMissingDocument(_ scene: Scene) {
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

  // MARK: - Taking up what was said before

  /// Confirms or denies the values of the turn before, as this turn answers it.
  private mutating func takeUp(_ scene: Scene, _ mentions: [Mention]) {
    for (field, values) in fresh where !takesSeveral(field) {
      let new = mentions.filter { $0.field == field }.map(\.value)
      let isRestated = values.contains { new.contains($0) }
      switch scene.opening {
      case .affirms where new.isEmpty || isRestated:
        ledgers[field]?.confirm { values.contains($0.value) && $0.confidence >= 0.6 }
      case .denies
      where field == "minors" && values.allSatisfy { $0 == .integer(0) } && new.isEmpty:
        // "Menores no hay." "No, aquí conmigo no."
        ledgers[field]?.confirm { $0.value == .integer(0) && $0.confidence >= 0.8 }
      case .denies, .repairs:
        // "¿Cuatro, con dos menores?" "No, un menor": the size stands.
        let isOther = field == "household_size" && mentions.contains { $0.field == "minors" }
        if isOther, new.isEmpty { continue }
        // "En Ronda de la Vía 19, en Huelva." "No, 19 era la otra, ahora 21.": the town stands.
        let isAddress = mentions.contains { $0.field == "street_address" }
        if isAddress, new.isEmpty, IntakeExtractor.around.contains(field) { continue }
        let isCorrected = !new.isEmpty && !isRestated
        if isCorrected || new.isEmpty && isPlainDenial(scene, field) {
          ledgers[field]?.deny("denied") { values.contains($0.value) && !$0.isConfirmed }
        }
      case .none
      where !new.isEmpty && !isRestated && field != "household_size" && field != "minors"
        && (previous?.hasQuestion ?? false):
        // "¿El 33212?" "33213."
        ledgers[field]?.deny("answered_otherwise") { values.contains($0.value) && !$0.isConfirmed }
      default: break
      }
    }
    if scene.opening == .affirms, fresh["gender"] == nil, let offered = offeredGender(scene) {
      ledgers["gender", default: Ledger()].hear(offered.mention, in: offered.turn)
    }
    for effect in Fragments.effects(
      scene, fresh: fresh.filter { answerable.contains($0.key) }, ledgers: ledgers, new: mentions)
    {
      switch effect {
      case .chooses(let field, let value, let wrong):
        ledgers[field]?.deny("read_back_wrong") { $0.value == wrong }
        ledgers[field]?.confirm { $0.value == value }
      case .changes(let mention, let wrong):
        ledgers[mention.field]?.deny("read_back_wrong") { $0.value == wrong }
        ledgers[mention.field, default: Ledger()].hear(mention, in: scene.turn)
      }
    }
    retract(scene, mentions)
  }

  /// What is told beside a street.
  private static let around: Set<FieldName> = ["municipality", "province", "postal_code"]

  /// A "no" that stands by itself, answering a question that held the value.
  private func isPlainDenial(_ scene: Scene, _ field: FieldName) -> Bool {
    let isAnswer = previous?.hasQuestion ?? false
    guard scene.opening == .denies, isAnswer || isShort(scene) else { return false }
    // "… del 69, viejo ya." "Qué va."
    if !isAnswer, scene.turn.word(0) == "que", scene.turn.word(1) == "va" { return false }
    // Numbers with a right check letter are not lost to a "no" about something else.
    return answerable.contains(field) && field != "document_number" && field != "document_type"
  }

  private func isShort(_ scene: Scene) -> Bool {
    let words = scene.turn.tokens.filter { $0.kind != .mark }
    let second = scene.turn.tokens.dropFirst().first
    return words.count <= 4 || second?.kind == .mark || second?.folded == "no"
  }

  /// "¿Pongo mujer?" "Sí."
  private func offeredGender(_ scene: Scene) -> (mention: Mention, turn: Turn)? {
    guard fields.contains("gender"), let previous, previous.has(.askGender) else { return nil }
    let hits = previous.hits(.gender)
    guard hits.count == 1, let hit = hits.first else { return nil }
    return (
      Mention(
        field: "gender", value: .text(pack.code(hit)), confidence: 0.85, tokens: hit.tokens,
        rule: "gender_confirmed"), previous
    )
  }

  /// "Ese lo perdí", "ahí ya no vivo": what was said before is no longer so.
  private mutating func retract(_ scene: Scene, _ mentions: [Mention]) {
    let turn = scene.turn
    let isOwn = turn.hits(.retract).contains { hit in
      let sentence = turn.sentence(of: hit.tokens.lowerBound)
      // "No me lo cambie": nothing was changed.
      let before = turn.tokens[max(0, hit.tokens.lowerBound - 2)..<hit.tokens.lowerBound]
      if before.contains(where: { $0.folded == "no" }) { return false }
      // "el mío 649…, pero ese no lo pongas": a number said in the same turn.
      let hasNumber = SymbolReader.runs(Array(turn.tokens[..<hit.tokens.lowerBound])).contains {
        ($0.first?.count ?? 0) >= 7
      }
      if hasNumber { return false }
      // "El del sobrino, pero ese no me lo sé": his.
      return !turn.has(.holderOther, in: sentence.lowerBound..<hit.tokens.lowerBound)
    }
    guard isOwn else { return }
    for field in ["phone", "street_address", "postal_code", "municipality", "email"] as [FieldName]
    {
      guard let values = fresh[field] else { continue }
      let isSame = mentions.contains { $0.field == field && values.contains($0.value) }
      if !isSame { ledgers[field]?.deny("retracted") { values.contains($0.value) } }
      if field == "street_address", !isSame { address = nil }
    }
  }

  /// "El tres, no, perdón, el trece": of two values in one turn the one after the correction stands.
  private mutating func repairInside(_ scene: Scene, _ mentions: [Mention]) {
    restartInside(mentions)
    prefer(mentions, in: scene.turn)
    let turn = scene.turn
    let repairs = turn.hits.filter {
      // A "no" that opens a sentence corrects the one before it.
      $0.kind == .repair || $0.kind == .retract
        || $0.kind == .no && $0.tokens.lowerBound > 0
          && $0.tokens.lowerBound == turn.sentence(of: $0.tokens.lowerBound).lowerBound
    }
    guard !repairs.isEmpty else { return }
    for field in Set(mentions.map(\.field)) where !takesSeveral(field) {
      let values = mentions.filter { $0.field == field }
      guard Set(values.map(\.value)).count > 1,
        let last = values.max(by: { $0.tokens.lowerBound < $1.tokens.lowerBound })
      else { continue }
      for earlier in values where earlier.value != last.value {
        let isRepaired = repairs.contains {
          $0.tokens.lowerBound >= earlier.tokens.upperBound - 1
            && $0.tokens.upperBound <= last.tokens.lowerBound + 1
        }
        if isRepaired { ledgers[field]?.deny("repaired") { $0.value == earlier.value } }
      }
    }
  }

  /// "El de casa es el 985…, pero… Ponme el móvil: 617…": the number that is asked to be taken down.
  private mutating func prefer(_ mentions: [Mention], in turn: Turn) {
    let phones = mentions.filter { $0.field == "phone" }
    guard phones.count > 1, let last = phones.last else { return }
    let sentence = turn.sentence(of: last.tokens.lowerBound)
    let before = turn.tokens[sentence.lowerBound..<last.tokens.lowerBound]
    let isAnothers = zip(before, before.dropFirst()).contains {
      ["el", "la"].contains($0.folded) && $1.folded == "de"
    }
    let isPreferred =
      !isAnothers
      && before.contains {
        ["ponme", "pon", "ponga", "apunta", "apunte", "anota", "mejor", "usa", "celular"]
          .contains($0.folded)
      }
    guard isPreferred else { return }
    for earlier in phones.dropLast() where earlier.value != last.value {
      ledgers["phone"]?.deny("another_preferred") { $0.value == earlier.value }
    }
  }

  /// A number begun wrong and dictated again in the same breath: the last one stands.
  private mutating func restartInside(_ mentions: [Mention]) {
    for field in ["phone", "document_number"] as [FieldName] {
      let values = mentions.filter { $0.field == field }
      guard let last = values.last, case .text(let right) = last.value else { continue }
      for earlier in values.dropLast() {
        guard case .text(let wrong) = earlier.value, wrong != right, wrong.count == right.count,
          zip(wrong, right).filter({ $0 != $1 }).count <= 3
        else { continue }
        ledgers[field]?.deny("restarted") { $0.value == earlier.value }
      }
    }
  }
}

/// Reads who is named in a turn about a household: "mi marido, la niña, que tiene siete, y yo".
///
/// A plural ("los tres niños") is a group; those told one by one behind it are its members, not more people.
struct PeopleReader {
  let scene: Scene
  private let knowsYoung: Bool
  private let known: Set<String>
  private let tokens: [Token]
  private let names: NameWords
  private let ages: AgeReader
  /// Kinds of words by their token.
  private let kinds: [Int: CueKind]
  private let away: [Int: Hit]

  /// What a turn tells about people.
  struct Found {
    var people: [Person] = []
    /// Whether the speaker counted themself: "y yo".
    var hasMe = false
    /// "nosotros dos": people told by their number alone, the speaker among them.
    var us = 0
    /// The speaker's age.
    var ownAge: Int?
    /// Ages told before anybody was named.
    var looseAges: [Int] = []
    /// Whether anything says that they live with the speaker.
    var isHere = false
    var range: Range<Int>?

    var present: [Person] { people.filter { !$0.isAway } }
  }

  /// - Parameters:
  ///   - knowsYoung: whether children were named before the turn.
  ///   - names: those known from before.
  init(_ scene: Scene, knowsYoung: Bool = false, names known: Set<String> = []) {
    self.scene = scene
    self.known = known
    self.knowsYoung = knowsYoung
    tokens = scene.turn.tokens
    names = NameWords(scene)
    ages = AgeReader(tokens: scene.turn.tokens)
    var kinds: [Int: CueKind] = [:]
    var away: [Int: Hit] = [:]
    for hit in scene.turn.hits {
      switch hit.kind {
      case .kinElder, .kinPeer, .kinOffspring, .kinMinor, .kinRank:
        let first = hit.tokens.lowerBound
        // "hermano pequeño", "la chica": of two readings the surer one.
        if let known = kinds[first], PeopleReader.order(known) <= PeopleReader.order(hit.kind) {
          continue
        }
        kinds[first] = hit.kind
      case .homeAway:
        let first = hit.tokens.lowerBound
        if away[first].map({ $0.tokens.count < hit.tokens.count }) ?? true { away[first] = hit }
      default: break
      }
    }
    self.kinds = kinds
    self.away = away
  }

  private static func order(_ kind: CueKind) -> Int {
    [.kinMinor, .kinOffspring, .kinRank, .kinPeer, .kinElder].firstIndex(of: kind) ?? 9
  }

  private func word(_ index: Int) -> String { scene.turn.word(index) }

  /// Whether the words of relationship are in the turn at all.
  var hasKin: Bool { !kinds.isEmpty }

  /// Those named from that token on.
  ///
  /// - Parameters:
  ///   - start: index of the first token.
  ///   - isAge: whether the turn answers a question for ages.
  ///   - ofChildren: whether a bare number counts children: "¿Tienes hijos?" "Tres."
  func read(from start: Int, isAge: Bool = false, ofChildren: Bool = false) -> Found {
    var walk = Walk(lastAge: -1)
    var index = start
    while index < tokens.count {
      index = step(index, &walk, isAge: isAge, ofChildren: ofChildren && index - start <= 2)
    }
    return walk.found
  }

  /// Where reading stands.
  private struct Walk {
    var found = Found()
    /// Token at which somebody was named last.
    var named = -1
    /// Token of the member of a group that was told last.
    var member = -2
    /// Whether it was named apart from the group: "mi hija mayor".
    var isOwnMember = false
    /// End of the last age.
    var lastAge: Int
    /// First of those named in a row, the subject of what follows.
    var run = 0
    /// Sentence in which somebody was named again.
    var again: Int32 = -1
    /// Sentence in which everybody named is elsewhere: "todos en Pakistán".
    var farSentence: Int32 = -1
  }

  private func step(_ index: Int, _ walk: inout Walk, isAge: Bool, ofChildren: Bool) -> Int {
    school(index, &walk)
    if let end = elsewhere(at: index, &walk) { return end }
    if isMe(index) {
      walk.found.hasMe = true
      restart(index, &walk)
      walk.farSentence = -1
      return index + 1
    }
    if ["tengo", "cumpli"].contains(word(index - 1)), let (value, count) = ages.number(at: index),
      (10...99).contains(value), kinds[index + count] == nil
    {
      walk.found.ownAge = value
      return index + count
    }
    if let us = us(at: index) {
      walk.found.us = us.value
      return index + 1 + us.count
    }
    if let age = ages.age(
      at: index, named: walk.named, after: walk.lastAge, isAsked: isAge && walk.found.us == 0),
      noun(at: age.tokens.upperBound) == nil
    {
      if take(age, &walk) {
        walk.lastAge = age.tokens.upperBound
        return age.tokens.upperBound
      }
    }
    if isLeft(index, &walk) { return index + 1 }
    let knowsYoung = self.knowsYoung || walk.found.people.contains { $0.kind.isYoung }
    if let person = noun(at: index, knowsYoung: knowsYoung) ?? thisOne(at: index) ?? group(
      at: index, walk, ofChildren)
      ?? (walk.found.people.isEmpty ? pronoun(at: index) : nil)
    {
      add(person, &walk)
      return index + 1
    }
    if let same = walk.found.people.firstIndex(where: { $0.name == tokens[index].folded }) {
      focus(same, at: index, &walk)
    } else if isName(at: index, walk) {
      name(index, &walk)
    }
    return index + 1
  }

  /// "mis hermanos, que van al instituto": minors.
  private func school(_ index: Int, _ walk: inout Walk) {
    guard PeopleReader.schools.contains(word(index)), let last = walk.found.people.indices.last,
      index - walk.named < 8, walk.found.people[last].kind != .elder,
      walk.found.people[last].ages.isEmpty,
      (index - 4..<index).contains(where: { ["va", "van", "esta", "estan"].contains(word($0)) })
    else { return }
    walk.found.people[last].kind = .minor
  }

  // MARK: - Where they live

  /// What says that somebody lives elsewhere; the token after its complement.
  private func elsewhere(at index: Int, _ walk: inout Walk) -> Int? {
    if ["todos", "todas", "todo"].contains(word(index)), isFar(index + 1) {
      walk.farSentence = scene.turn.sentences[index]
      for place in walk.found.people.indices
      where scene.turn.sentences[walk.found.people[place].token] == walk.farSentence {
        walk.found.people[place].isAway = true
      }
      return index + 2
    }
    if ["aqui", "conmigo"].contains(word(index)) { walk.farSentence = -1 }
    guard let last = walk.found.people.indices.last else { return nil }
    let verbEnd: Int
    if let hit = away[index], !isSchool(hit.tokens.upperBound) {
      verbEnd = hit.tokens.upperBound
    } else if ["vive", "esta", "viven", "estan", "anda", "trabaja", "trabajan", "sigue", "estudia"]
      .contains(word(index)), isFar(index + 1)
    {
      verbEnd = index + 2
    } else if isFar(index), index - walk.named <= 3, index > walk.named {
      verbEnd = index + 1
    } else if word(index) == "no", index - walk.named == 1,
      index + 1 >= tokens.count || tokens[index + 1].kind == .mark
    {
      verbEnd = index + 1
    } else if word(index) == "tambien", index - walk.named <= 2, last > 0,
      walk.found.people[last - 1].isAway
    {
      verbEnd = index + 1
    } else {
      return nil
    }
    guard index - walk.named < 12, !isSomethingElse(walk.named, index) else { return nil }
    if walk.member == walk.named {
      // One of a group: "los tres hijos, la mayor se casó".
      walk.found.people[last].members -= 1
      // "los dos niños. Mi hija mayor se casó": she was none of them.
      let isOther = walk.isOwnMember && walk.found.people[last].isExact
      if walk.found.people[last].isExact, !isOther { walk.found.people[last].count -= 1 }
      walk.member = -2
      return endOfComplement(verbEnd)
    }
    let isPlural = tokens[index..<min(verbEnd, tokens.count)].contains {
      $0.folded.hasSuffix("n") && $0.folded != "en" && $0.folded != "un"
    }
    let first = isPlural ? walk.run : last
    for place in first...last { leave(place, &walk) }
    return endOfComplement(verbEnd)
  }

  /// "El gato no cuenta": the verb has a subject of its own.
  private func isSomethingElse(_ named: Int, _ verb: Int) -> Bool {
    guard named >= 0 else { return true }
    let sentence = scene.turn.sentence(of: verb)
    if !sentence.contains(named) {
      let openers = [
        "ya", "pero", "se", "este", "ese", "esa", "no", "ella", "el", "esos", "esas", "estos", "me",
      ]
      let first = sentence.lowerBound
      if first != verb, !openers.contains(word(first)) || kinds[first + 1] != nil { return true }
    }
    guard verb - named > 2 else { return false }
    return ((named + 1)..<(verb - 1)).contains { index in
      ["el", "la", "los", "las", "un", "una"].contains(word(index)) && kinds[index + 1] == nil
        && names.given(tokens[index + 1]) < 20 && !tokens[index + 1].isCapitalized
        && !["en", "de", "con", "a", "por", "para"].contains(word(index - 1))
    }
  }

  /// One who is gone: a member of a group makes it smaller.
  private func leave(_ place: Int, _ walk: inout Walk) {
    let person = walk.found.people[place]
    guard !person.isAway else { return }
    walk.found.people[place].isAway = true
    if place > 0, !person.isGroup, person.kind.isYoung,
      let group = walk.found.people[..<place].lastIndex(where: { $0.isGroup && $0.kind.isYoung }),
      walk.found.people[group].isExact, walk.found.people[group].ages.isEmpty,
      walk.found.people[group].members > 0
    {
      walk.found.people[group].count -= 1
      walk.found.people[group].members -= 1
    }
  }

  /// "en Alemania", "en Sevilla"; not "en casa", "en el instituto".
  private func isFar(_ index: Int) -> Bool {
    guard word(index) == "en" || word(index) == "in", tokens.indices.contains(index + 1) else {
      return false
    }
    let token = tokens[index + 1]
    if scene.turn.hits.contains(where: { $0.kind == .country && $0.tokens.lowerBound == index + 1 })
    {
      return true
    }
    if PeopleReader.near.contains(token.folded) || token.kind != .word { return false }
    let isVerb = ["vive", "viven", "esta", "estan"].contains(word(index - 1))
    if isVerb, scene.pack.trie.key(token.folded).word < 0 { return true }
    return token.isCapitalized
      || !scene.gazetteers.municipalities(named: token.text).isEmpty
        && token.folded.utf8.count > 3
  }

  private func isSchool(_ index: Int) -> Bool {
    ["colegio", "cole", "instituto", "escuela", "eso", "primaria"].contains(word(index))
      || ["colegio", "cole", "instituto", "escuela"].contains(word(index + 1))
  }

  private func endOfComplement(_ start: Int) -> Int {
    var index = start
    while index < tokens.count, tokens[index].kind != .mark,
      !["y", "pero", "aqui", "ahora", "yo", "conmigo"].contains(tokens[index].folded),
      index - start < 6 || kinds[index] == nil
    {
      index += 1
    }
    return index
  }

  // MARK: - Who

  /// "Haga la cuenta: mi mamá, mi niño y yo": a list begun anew drops who was told before it.
  private func restart(_ index: Int, _ walk: inout Walk) {
    let sentence = scene.turn.sentences[index]
    let isIn = { (person: Person) in scene.turn.sentences[person.token] == sentence }
    let list = walk.found.people.filter(isIn)
    let before = walk.found.people.filter { !isIn($0) }
    guard list.count >= 2, walk.again == sentence, !before.isEmpty else { return }
    walk.found.people = list
  }

  private func isMe(_ index: Int) -> Bool {
    PeopleReader.isMe(scene.turn, at: index)
  }

  /// Whether the speaker counts themself, or is counted, at that token: "mi marido y yo", "usted, su mujer y la niña".
  static func isMe(_ turn: Turn, at index: Int) -> Bool {
    let word = turn.word(index)
    if word.hasPrefix("servidor") { return true }
    guard ["yo", "tu", "usted"].contains(word) else { return false }
    let before = turn.word(index - 1)
    let next = turn.word(index + 1)
    // "yo no pude": the subject of a sentence.
    let endsItem =
      index + 1 >= turn.tokens.count || turn.tokens[index + 1].kind == .mark
      || ["y", "con", "solos", "solas", "juntos", "nada"].contains(next)
      || word == "yo" && ["mi", "mis", "nuestra", "nuestros"].contains(next)
    return endsItem
      && (["y", ",", "con", "e"].contains(before) || ["y", ",", "con", "mi", "mis"].contains(next))
  }

  /// "nosotros dos": the speaker and one more.
  private func us(at index: Int) -> (value: Int, count: Int)? {
    guard ["nosotros", "nosotras", "vosotros", "vosotras"].contains(word(index)),
      let (value, count) = ages.number(at: index + 1), (2...9).contains(value),
      !AgeReader.isYears(word(index + 1 + count))
    else { return nil }
    return (value, count)
  }

  /// The person or group whose noun stands at that token.
  private func noun(at index: Int, knowsYoung: Bool = true) -> Person? {
    guard let kind = kinds[index] else { return nil }
    let before = word(index - 1)
    let counted = before == "mas" ? index - 2 : index - 1
    var number = ages.number(at: counted).flatMap { (1...12).contains($0.value) ? $0.value : nil }
    // "los otros dos"
    if kind == .kinRank, PeopleReader.isPlural(word(index)), let after = ages.number(at: index + 1)
    {
      if kinds[index + 2] != nil { return nil }
      number = (1...9).contains(after.value) ? after.value : number
    }
    let possessive = PeopleReader.possessives.contains(before)
    guard
      index == 0 || number != nil || PeopleReader.determiners.contains(before)
        || tokens[index - 1].kind == .mark || possessive
        || kinds[index - 1] != nil && kind != .kinRank
    else { return nil }
    if ["el", "la", "los", "las"].contains(before), ["de", "soy", "es"].contains(word(index - 2)),
      kind != .kinRank
    {
      return nil
    }
    if ["mi", "su", "mis", "sus"].contains(before),
      ["de", "soy", "es", "era"].contains(word(index - 2))
    {
      return nil
    }
    // "soy el mayor", "es mi cuñada": descriptions.
    if ["soy", "es", "era", "eres"].contains(before)
      || ["soy", "eres"].contains(word(index - 2))
      || before == "de" || before == "del"
      || ["sin", "no", "ni"].contains(word(index - 2)) && number == nil
      || ["sin", "ni"].contains(before)
    {
      return nil
    }
    // "Nino", "Menor": a name.
    if tokens[index].isCapitalized, !names.isSentenceStart(index) { return nil }
    if isDescription(index, before) || isDenied(index) { return nil }
    return person(at: index, kind, number, before, possessive, knowsYoung: knowsYoung)
  }

  /// "mi tío, el hermano de mi padre": who somebody is. "me ayuda con los pequeños": not who lives there.
  private func isDescription(_ index: Int, _ before: String) -> Bool {
    if ["el", "la"].contains(before), word(index - 2) == ",", kinds[index - 3] != nil,
      word(index + 1) == "de", ["mi", "su", "mis", "sus"].contains(word(index + 2))
    {
      return true
    }
    // "que me la dejó mi hija"
    let gave = ["dejo", "mando", "trajo", "dio", "dijo", "dice", "tuvo", "crio", "manda", "paga"]
    if ["mi", "su"].contains(before), gave.contains(word(index - 2)) { return true }
    let helped = ["ayuda", "ayudan", "juega", "cuida", "habla"]
    return ["los", "las", "el", "la", "mis", "mi"].contains(before)
      && ["con", "a"].contains(word(index - 2)) && helped.contains(word(index - 3))
      || before == "a" && helped.contains(word(index - 2))
  }

  /// "hijos no tenemos", "de niños nada"
  private func isDenied(_ index: Int) -> Bool {
    scene.turn.hits.contains { $0.kind == .minorsNone && $0.tokens.contains(index) }
      || word(index + 1) == "no" && ["tengo", "tenemos", "hay"].contains(word(index + 2))
  }

  /// "este que tiene cuatro semanas": somebody pointed at.
  private func thisOne(at index: Int) -> Person? {
    guard ["este", "esta", "esa", "ese"].contains(word(index)),
      index == 0 || [",", "y", "con", "."].contains(word(index - 1)),
      word(index + 1) == "que" && word(index + 2) == "tiene" && ages.number(at: index + 3) != nil
        || word(index + 1) == "de" && ages.number(at: index + 2) != nil
    else { return nil }
    return Person(
      kind: .minor, stem: "est\(index)", count: 1, isExact: true, isGroup: false, isRank: true,
      token: index)
  }

  /// "Quedan dos", "ya solo dos": so many of those named before.
  private func isLeft(_ index: Int, _ walk: inout Walk) -> Bool {
    guard let (value, count) = ages.number(at: index), (1...9).contains(value),
      ["solo", "quedan", "queda", "quedo", "quedaron"].contains(word(index - 1)),
      !AgeReader.isYears(word(index + count)), kinds[index + count] == nil,
      let group = walk.found.people.lastIndex(where: { $0.isGroup && $0.kind.isYoung })
    else { return false }
    walk.found.people[group].count = value
    walk.found.people[group].isExact = true
    walk.found.people[group].members = 0
    walk.found.people[group].ages = []
    walk.found.people[group].isAway = false
    let person = walk.found.people.remove(at: group)
    walk.found.people.append(person)
    walk.named = index
    return true
  }

  private func person(
    at index: Int, _ kind: CueKind, _ number: Int?, _ before: String, _ possessive: Bool,
    knowsYoung: Bool
  ) -> Person? {
    let folded = tokens[index].folded
    if kind == .kinRank {
      let isTold = ["el", "la", "los", "las", "otro", "otra", "un", "una"].contains(before)
      let isVague = PeopleReader.vague.contains(folded)
      guard isTold || number != nil, !isVague || knowsYoung,
        !["parte", "vez", "dia", "mes", "piso"].contains(word(index + 1)),
        kinds[index + 1] == nil
      else { return nil }
    }
    if ["senora", "senor", "companera"].contains(folded),
      !["mi", "su", "nuestra"].contains(before)
    {
      return nil
    }
    // "mi chica": a partner; "la chica": one of the children.
    let kind: CueKind =
      possessive && ["chico", "chica"].contains(folded) && kind == .kinRank ? .kinElder : kind
    // "hijo mayor", "hermano pequeño": the adjective is no second person.
    if let noun = kinds[index - 1], noun != .kinRank, kind == .kinMinor || kind == .kinRank {
      return nil
    }
    let isGroup = PeopleReader.isPlural(folded)
    let told = isGroup ? toldCount(behind: index) : nil
    let isPair = PeopleReader.pairs.contains(folded)
    let small = kinds[index + 1] == .kinMinor || ["pequenos", "pequenas"].contains(word(index + 1))
    let age: Person.Kind =
      switch kind {
      case .kinElder: .elder
      case .kinPeer: small && isGroup ? .minor : small ? .offspring : .peer
      case .kinMinor: .minor
      default: .offspring
      }
    // "menores, dos" is a number, not somebody.
    if ["menor", "menores"].contains(folded), number == nil, before != "el", before != "la" {
      return nil
    }
    var person = Person(
      kind: age, stem: PeopleReader.stem(folded), count: number ?? told ?? (isGroup ? 2 : 1),
      isExact: number != nil || told != nil || !isGroup || isPair, isGroup: isGroup,
      isRank: kind == .kinRank, token: index)
    person.isPartner =
      PeopleReader.spouses.contains(folded) && !["mi", "tu"].contains(before)
      || age.isYoung && ["su", "sus"].contains(before)
      || age.isYoung && ["su", "sus"].contains(word(index - 2)) && number != nil
    return person
  }

  /// "mis dos", "los tres", "dos sí": people by their number, where children were meant.
  private func group(at index: Int, _ walk: Walk, _ ofChildren: Bool) -> Person? {
    guard let (value, count) = ages.number(at: index), (1...9).contains(value),
      kinds[index + count] == nil, !AgeReader.isYears(word(index + count)),
      word(index + count) != "de" || word(index - 1) == "los" || word(index - 1) == "las"
    else { return nil }
    let before = word(index - 1)
    let isOwn = before == "mis" || before == "nuestros"
    let isListed =
      ["los", "las"].contains(before) && word(index - 2) == "y"
      && (!walk.found.people.isEmpty || walk.found.hasMe)
    let isLeft =
      ["otros", "otras"].contains(before) && walk.found.people.contains { $0.kind.isYoung }
    let endsPhrase =
      index + count >= tokens.count || tokens[index + count].kind == .mark
      || ["que", "si", "de", "del", "y"].contains(word(index + count))
    if ofChildren, !isOwn, !isListed,
      (1...3).contains(where: {
        kinds[index + count - 1 + $0] != nil && kinds[index + count - 1 + $0] != .kinRank
      })
    {
      return nil
    }
    guard value > 1 || ofChildren, endsPhrase || ofChildren,
      isOwn || isListed || isLeft || ofChildren
    else { return nil }
    return Person(
      kind: .offspring, stem: "hij", count: value, isExact: true, isGroup: value > 1,
      isRank: false, token: index + count - 1)
  }

  /// "él, yo y los dos": somebody meant without a name.
  private func pronoun(at index: Int) -> Person? {
    guard tokens[index].text.lowercased() == "él" || tokens[index].folded == "ella",
      (index - 2...index + 2).contains(where: { word($0) == "yo" && $0 != index }),
      !["con", "de", "a", "para"].contains(word(index - 1))
    else { return nil }
    return Person(
      kind: .peer, stem: tokens[index].folded, count: 1, isExact: true, isGroup: false,
      isRank: true, token: index)
  }

  /// Somebody named again: what follows is about that one.
  private func focus(_ place: Int, at index: Int, _ walk: inout Walk) {
    var person = walk.found.people.remove(at: place)
    if scene.turn.sentences[index] != scene.turn.sentences[person.token] {
      walk.again = scene.turn.sentences[index]
      person.token = index
    }
    walk.found.people.append(person)
    walk.run = walk.found.people.count - 1
    walk.named = index
  }

  private func add(_ person: Person, _ walk: inout Walk) {
    var person = person
    let people = walk.found.people
    walk.found.range = (walk.found.range?.lowerBound ?? person.token)..<(person.token + 1)
    // "mi hermano mayor, Tariq": the adjective belongs to it.
    var end = [CueKind.kinRank, .kinMinor].contains(kinds[person.token + 1]) ? 1 : 0
    // "la madre de mi marido"
    if word(person.token + 1) == "de", kinds[person.token + 3] != nil { end = 3 }
    defer { walk.named = person.token + end }
    if scene.turn.sentences[person.token] == walk.farSentence { person.isAway = true }
    // "cuatro niños: Ana, Luis ..." and "la niña" behind "los tres niños": a member.
    if let group = people.lastIndex(where: { $0.isGroup && $0.kind != .elder && !$0.isAway }),
      person.kind.isYoung, people[group].kind.isYoung || person.isRank,
      !person.isGroup || person.isRank, !person.isAway,
      !["otro", "otra"].contains(word(person.token - 1))
    {
      let isFull =
        people[group].isExact && people[group].members >= people[group].count
        || people[group].ages.count >= people[group].count && !people[group].ages.isEmpty
          && people[group].members == 0
      if person.isGroup, !isOthers(person) {
        // "y los otros, dieciséis y once"; "tres varones"; "dos hembras y un varón"
        if person.isExact, !people[group].isExact {
          walk.found.people[group].count = person.count
          walk.found.people[group].isExact = true
        } else if person.isExact {
          walk.found.people[group].members += person.count
        }
        return
      }
      if !isFull, !person.isGroup {
        walk.found.people[group].members += 1
        walk.member = person.token + end
        walk.isOwnMember =
          word(person.token - 1) == "mi"
          && scene.turn.sentences[person.token] != scene.turn.sentences[people[group].token]
        let known = walk.found.people.remove(at: group)
        walk.found.people.append(known)
        walk.run = walk.found.people.count - 1
        return
      }
    }
    // "mi hijo el mayor": which one it is.
    if person.isRank, !person.isGroup, let last = people.last, !last.isGroup, last.kind.isYoung,
      person.token - walk.named == 2, ["el", "la"].contains(word(person.token - 1))
    {
      return
    }
    // "Karina, la mamá": the name comes first.
    if let last = people.last, last.stem.isEmpty, !person.isGroup, person.token - walk.named <= 3,
      word(walk.named + 1) == ",", ["la", "el", "mi"].contains(word(person.token - 1)),
      word(person.token - 2) == ","
    {
      walk.found.people[people.count - 1].stem = person.stem
      walk.found.people[people.count - 1].kind = person.kind
      return
    }
    // "Mi hija y yo. Mi hija cumplió...": named again.
    if let same = people.firstIndex(where: { $0.isSame(as: person) && !person.isRank }),
      !person.isGroup || person.stem == "twin", !isAnother(person.token)
    {
      focus(same, at: person.token, &walk)
      return
    }
    // "un niño y la mayor": ranks stand for children only next to children, or by themselves.
    let joins =
      !people.isEmpty && walk.named >= 0
      && tokens[(walk.named + 1)..<max(walk.named + 1, person.token)].allSatisfy {
        ["y", "e", ",", "mi", "mis", "el", "la", "los", "las", "un", "una"].contains($0.folded)
      }
    if !joins { walk.run = people.count }
    walk.found.people.append(person)
  }

  /// "los otros dos": more than those named, counted by themselves.
  private func isOthers(_ person: Person) -> Bool { person.isExact && person.stem.hasPrefix("otr") }

  /// "y otra hija", "un hijo y un hijo".
  private func isAnother(_ index: Int) -> Bool {
    ["otro", "otra", "un", "una"].contains(word(index - 1))
  }

  /// Gives an age to the one named last; false where there is none to take it.
  private func take(_ age: AgeReader.Age, _ walk: inout Walk) -> Bool {
    let index = age.tokens.lowerBound
    let isThe = ["el", "la"].contains(word(index - 2)) && word(index - 1) == "de"
    guard let last = walk.found.people.indices.last else {
      if isThe {
        one(age, &walk)
      } else {
        walk.found.looseAges.append(age.years)
      }
      return true
    }
    let person = walk.found.people[last]
    if person.isAway {
      if let young = walk.found.people.lastIndex(where: {
        !$0.isAway && $0.kind.isYoung && $0.ages.count < max(1, $0.count)
      }), scene.turn.sentences[walk.found.people[young].token] == scene.turn.sentences[index] {
        walk.found.people[young].ages.append(age.years)
      }
      return true
    }
    if person.kind == .elder {
      // "está de seis meses" is no age.
      return age.years >= 18 || word(index - 1) == "de"
    }
    if person.isGroup {
      walk.found.people[last].ages.append(age.years)
      if !person.isExact {
        walk.found.people[last].members = max(person.members, walk.found.people[last].ages.count)
      }
      return true
    }
    // "el de doce y la de nueve": each is one more.
    let isOneMore = ["el", "la"].contains(word(index - 2)) && word(index - 1) == "de"
    if person.ages.isEmpty, !isOneMore {
      walk.found.people[last].ages = [age.years]
      return true
    }
    let listed = walk.lastAge >= index - 1 && person.kind.isYoung && !isOneMore
    if isOneMore || listed, !person.ages.isEmpty || isOneMore {
      one(age, &walk)
    }
    return true
  }

  /// One more child, told by the age alone.
  private func one(_ age: AgeReader.Age, _ walk: inout Walk) {
    let index = age.tokens.lowerBound
    walk.found.people.append(
      Person(
        kind: .offspring, stem: "hij\(index)", count: 1, isExact: true, isGroup: false,
        isRank: true, token: index, ages: [age.years]))
    walk.named = index
    walk.run = walk.found.people.count - 1
  }

  // MARK: - Names

  /// A name that stands for somebody not yet counted.
  private func isName(at index: Int, _ walk: Walk) -> Bool {
    let token = tokens[index]
    guard token.kind == .word, kinds[index] == nil,
      names.given(token) >= 20 || token.isCapitalized && !names.isSentenceStart(index),
      names.isName(index, small: true, inside: false), names.given(token) * 3 > names.surname(token)
    else { return false }
    let before = word(index - 1)
    if ["de", "en", "a", "don", "dona", "senora", "que"].contains(before) { return false }
    if PeopleReader.weekdays.contains(token.folded) { return false }
    if before == "yo" { return !token.isCapitalized && word(index + 1) == "y" }
    if word(index - 2) == "yo", token.isCapitalized { return false }
    return !tokens[..<index].contains { $0.folded == token.folded }
  }

  private func name(_ index: Int, _ walk: inout Walk) {
    let last = walk.found.people.indices.last
    if let last {
      let person = walk.found.people[last]
      let isOther =
        ["el", "la"].contains(word(index - 1))
        && (word(index - 1) == "la") != PeopleReader.isFemale(word(person.token))
      let isApposition =
        !isOther
        && (index - walk.named == 1
          || index - walk.named == 2 && [",", "el", "la"].contains(word(index - 1))
          || index - walk.named == 3 && word(index - 2) == ","
            && ["el", "la"].contains(word(index - 1)))
      // "mi madre Iryna", "la mayor, la Tamara", "Luis Daniel y yo": part of what is there already.
      let isMember = person.isGroup && walk.member == walk.named
      let endsList = word(index + 1) == "y" && word(index - 1) == ","
      if isApposition,
        isMember || !person.isGroup && (person.name == nil || index - walk.named == 1),
        !endsList || index - walk.named == 1
      {
        if !isMember, person.name == nil { walk.found.people[last].name = tokens[index].folded }
        if isMember { walk.member = index }
        walk.named = index
        return
      }
      if person.isGroup, person.kind.isYoung || tells(index, person), !person.isAway {
        if !person.isExact || person.members < person.count {
          walk.found.people[last].members += 1
          walk.named = index
          walk.member = index
          return
        }
      }
    }
    guard isListed(index) || walk.found.people.isEmpty && word(index + 1) == "y" else { return }
    add(
      Person(
        kind: .peer, stem: "", name: tokens[index].folded, count: 1, isExact: true,
        isGroup: false, isRank: false, token: index), &walk)
  }

  /// "mis hermanas, que son Aleena y Zoya": the names of a group.
  private func tells(_ index: Int, _ group: Person) -> Bool {
    guard group.kind == .peer, index - group.token < 8 else { return false }
    return tokens[group.token..<index].contains { $0.folded == "son" || $0.text == ":" }
  }

  private func isListed(_ index: Int) -> Bool {
    if known.contains(tokens[index].folded) { return true }
    if ["vive", "esta", "vivimos"].contains(word(index + 1)),
      ["conmigo", "aqui", "con"].contains(word(index + 2))
    {
      return true
    }
    let before = word(index - 1)
    let isItem = ["y", ",", "con", "son", "yo", "el", "la", ":"].contains(before)
    return ["y", "e"].contains(word(index + 1)) || isItem && before != "el" && before != "la"
      || word(index + 1) == "," && (isItem || names.isSentenceStart(index))
      || ages.number(at: index + 1) != nil
      || ["el", "la"].contains(word(index - 1)) && ["y", ",", "con"].contains(word(index - 2))
  }

  // MARK: - Words

  private func toldCount(behind index: Int) -> Int? {
    var next = index + 1
    if next < tokens.count, tokens[next].text == "," { next += 1 }
    guard word(next) == "que", word(next + 1) == "son" else { return nil }
    return ages.number(at: next + 2).map(\.value)
  }

  private static let possessives: Set<String> = [
    "mi", "mis", "tu", "tus", "su", "sus", "nuestro", "nuestra", "nuestros", "nuestras", "my",
    "our",
  ]
  private static let determiners: Set<String> = [
    "el", "la", "los", "las", "un", "una", "otro", "otra", "otros", "otras", "al", "the", "con",
    "y", "e", "recien", "unos", "a", "and", "with", "este", "esta", "primer", "que", "hay", "estan",
    "yo",
  ]
  /// Words for one of several that stand for nobody where no children were named.
  private static let vague: Set<String> = [
    "primero", "segundo", "tercero", "primera", "segunda", "tercera", "cuarto", "cuarta", "ultimo",
    "ultima", "otro", "otra", "otros", "otras", "mediano", "mediana", "chicos", "chicas", "grandes",
  ]
  /// Words behind "en" that are no place elsewhere.
  private static let near: Set<String> = [
    "el", "la", "los", "las", "un", "una", "mi", "su", "casa", "primero", "segundo", "tercero",
    "cuarto", "quinto", "sexto", "primaria", "infantil", "paro", "cama", "silla", "clase", "este",
    "esta", "espera", "baja", "que", "tratamiento", "total", "edad",
  ]
  private static let spouses: Set<String> = [
    "mujer", "marido", "esposo", "esposa", "pareja", "novio", "novia", "yerno", "nuera",
  ]
  private static let weekdays: Set<String> = [
    "domingo", "sabado", "lunes", "martes", "jueves", "viernes", "abril", "julio", "enero", "mayo",
    "agosto", "navidad", "dios", "cruz", "socorro", "consuelo",
  ]
  private static let schools: Set<String> = [
    "colegio", "cole", "instituto", "escuela", "guarderia", "primaria", "eso", "infantil",
  ]

  private static func isFemale(_ word: String) -> Bool {
    word.hasSuffix("a") || word.hasSuffix("as") || ["mujer", "madre", "mami"].contains(word)
  }

  private static let pairs: Set<String> = [
    "gemelos", "gemelas", "mellizos", "mellizas", "jimaguas", "padres", "suegros", "abuelos",
    "papas",
  ]

  private static func isPlural(_ word: String) -> Bool {
    word.hasSuffix("s") && word != "menos" || word == "children"
  }

  /// The word without number and gender.
  private static func stem(_ word: String) -> String {
    if ["gemel", "melliz", "jimagua", "trilliz"].contains(where: word.hasPrefix) { return "twin" }
    if word.hasPrefix("beb") { return "beb" }
    var stem = Substring(word)
    if stem.hasSuffix("s") { stem = stem.dropLast() }
    if let last = stem.last, "eao".contains(last) {
      let base = stem.dropLast()
      // "bebita" is the "bebé", "nietecito" the "nieto".
      if base.hasSuffix("it"), base.count > 5 {
        return String(base.dropLast(base.hasSuffix("ecit") ? 4 : 2))
          + (last == "e" ? "" : String(last))
      }
      return last == "e" ? String(base) : String(stem)
    }
    return String(stem)
  }
}

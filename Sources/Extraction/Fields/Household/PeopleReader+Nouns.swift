/// People named by what they are to the speaker: "mi suegra", "los dos chicos", "este que tiene cuatro semanas".
extension PeopleReader {
  /// "Haga la cuenta: mi mamá, mi niño y yo": a list begun anew drops who was told before it.
  func restart(_ index: Int, _ walk: inout Walk) {
    let sentence = scene.turn.sentences[index]
    let isIn = { (person: Person) in scene.turn.sentences[person.token] == sentence }
    let list = walk.found.people.filter(isIn)
    let before = walk.found.people.filter { !isIn($0) }
    guard list.count >= 2, walk.again == sentence, !before.isEmpty else { return }
    walk.found.people = list
  }

  func isMe(_ index: Int) -> Bool {
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
      || ["y", "solos", "solas", "juntos", "nada"].contains(next)
      // "yo con mi hija", not "yo con la pensión"
      || next == "con"
        && turn.hits.contains {
          $0.kind.isKin && (index + 2...index + 4).contains($0.tokens.lowerBound)
        }
      || word == "yo" && ["mi", "mis", "nuestra", "nuestros"].contains(next)
    return endsItem
      && (["y", ",", "con", "e"].contains(before) || ["y", ",", "con", "mi", "mis"].contains(next))
  }

  /// "nosotros dos": the speaker and one more.
  func us(at index: Int) -> (value: Int, count: Int)? {
    // "¿Viven los dos solos?" "Los dos y mi cuñado."
    if index == 0, ["los", "las"].contains(word(0)), let (value, count) = ages.number(at: 1),
      (2...9).contains(value), word(1 + count) == "y", word(2 + count) == "mi",
      let previous = scene.previous,
      zip(previous.words, previous.words.dropFirst()).contains(where: {
        $0 == word(0) && $1 == word(1)
      })
    {
      return (value, count)
    }
    guard ["nosotros", "nosotras", "vosotros", "vosotras"].contains(word(index)),
      let (value, count) = ages.number(at: index + 1), (2...9).contains(value),
      !AgeReader.isYears(word(index + 1 + count))
    else { return nil }
    return (value, count)
  }

  /// The person or group whose noun stands at that token.
  func noun(at index: Int, knowsYoung: Bool = true) -> Person? {
    guard let kind = kinds[index], !isVocative(index) else { return nil }
    // "dos bebés gemelos": the second word is no second group.
    if kinds[index - 1] != nil, PeopleReader.stem(word(index)) == "twin" { return nil }
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
    // "más pequeño que él": compared.
    if before == "mas", word(index + 1) == "que" { return nil }
    // "Nino", "Menor": a name.
    if tokens[index].isCapitalized, !names.isSentenceStart(index) { return nil }
    if isDescription(index, before) || isDenied(index) || isUnborn(index, kind) {
      return nil
    }
    return person(at: index, kind, number, before, possessive, knowsYoung: knowsYoung)
  }

  /// "mi tío, el hermano de mi padre": who somebody is. "me ayuda con los pequeños": not who lives there.
  func isDescription(_ index: Int, _ before: String) -> Bool {
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

  /// "una amiga que nos deja un cuarto", "la señora que me alquila": whose roof it is, not whose household.
  ///
  /// - Returns: the token behind the verb.
  func host(at index: Int) -> Int? {
    guard let kind = kinds[index], kind == .kinPeer || kind == .kinElder else { return nil }
    let sentence = scene.turn.sentence(of: index)
    guard
      let that = (index + 1..<min(index + 4, sentence.upperBound)).first(where: {
        word($0) == "que"
      })
    else { return nil }
    return (that + 1..<min(that + 9, sentence.upperBound)).first { place in
      ["me", "nos", "le", "les", "se"].contains(word(place))
        && PeopleReader.hosting.contains(word(place + 1))
        && !tokens[that..<place].contains { $0.folded == "y" }
    }.map { $0 + 2 }
  }

  private static let hosting: Set<String> = [
    "deja", "dejo", "dejan", "alquila", "alquilan", "alquilo", "acoge", "acogen", "acogio",
    "renta", "rentan", "arrienda", "arriendan", "presta", "prestan", "realquila", "subarrienda",
    "hospeda", "aloja",
  ]

  /// "una barriga, que vengo con el segundo", "y otro en camino": not born yet.
  func isUnborn(_ index: Int, _ kind: CueKind) -> Bool {
    guard kind != .kinElder, kind != .kinPeer else { return false }
    let sentence = scene.turn.sentence(of: index)
    let around = max(sentence.lowerBound, index - 7)..<min(sentence.upperBound, index + 8)
    guard let sign = around.first(where: { PeopleReader.unborn.contains(word($0)) }) else {
      return around.contains {
        word($0) == "en" && word($0 + 1) == "camino"
          && ($0 - index == 1 || $0 - index == 2 && ["que", "viene", "ya"].contains(word($0 - 1))
            || $0 - index == 3 && word($0 - 1) == "viene")
      }
    }
    // The one nearest to the word that tells it: "mi niño y la barriga" has a child.
    let kin = around.filter { place in
      kinds[place].map { $0 != .kinElder && $0 != .kinPeer } ?? false
    }
    if sign < index { return kin.first(where: { $0 > sign }) == index }
    // "el bebé que nace en mayo", "otro que espero"
    return sign - index <= 4 && tokens[index..<sign].allSatisfy { $0.folded != "y" }
      && ["que", "nace", "nacera", "viene"].contains { word(index + 1) == $0 }
  }

  private static let unborn: Set<String> = [
    "embarazada", "embarazo", "barriga", "tripa", "panza", "vientre", "preñada", "encinta",
    "nacera", "nazca", "nace", "parto", "cuentas", "espero", "esperamos", "esperando", "espera",
  ]

  /// "Cuarenta y tres, hijo, cuarenta y tres": somebody spoken to.
  func isVocative(_ index: Int) -> Bool {
    guard ["hijo", "hija", "mujer", "nina", "nino"].contains(word(index)), index > 0,
      tokens[index - 1].kind == .mark || ["no", "si", "ay", "pues"].contains(word(index - 1))
    else { return false }
    return index + 1 >= tokens.count || [",", ".", "!"].contains(tokens[index + 1].text)
  }

  /// "hijos no tenemos", "de niños nada"
  func isDenied(_ index: Int) -> Bool {
    scene.turn.hits.contains { $0.kind == .minorsNone && $0.tokens.contains(index) }
      || word(index + 1) == "no" && ["tengo", "tenemos", "hay"].contains(word(index + 2))
  }

  /// "este que tiene cuatro semanas": somebody pointed at.
  func thisOne(at index: Int) -> Person? {
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
  func isLeft(_ index: Int, _ walk: inout Walk) -> Bool {
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

  func person(
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
      !["mi", "su", "nuestra"].contains(before),
      !(word(index + 1) == "de" && ["el", "ella", "mi"].contains(word(index + 2)))
    {
      return nil
    }
    // "mi chica": a partner; "la chica": one of the children.
    let kind: CueKind =
      possessive && ["chico", "chica"].contains(folded) && kind == .kinRank ? .kinElder : kind
    // "hijo mayor", "hermano pequeño", "mi hermano el pequeño": the adjective is no second person.
    let noun = ["el", "la"].contains(before) ? kinds[index - 2] : kinds[index - 1]
    if let noun, noun != .kinRank, kind == .kinMinor || kind == .kinRank {
      return nil
    }
    let isGroup = PeopleReader.isPlural(folded)
    let told = isGroup ? toldCount(behind: index) : nil
    let isPair = PeopleReader.pairs.contains(folded)
    let next = ["el", "la"].contains(word(index + 1)) ? index + 2 : index + 1
    let small = kinds[next] == .kinMinor || ["pequenos", "pequenas"].contains(word(next))
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
  func group(at index: Int, _ walk: Walk, _ ofChildren: Bool) -> Person? {
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
    let isOfQuestion = index == 1 && HouseholdStatements(scene).theChildren() != nil
    guard value > 1 || ofChildren && endsPhrase, endsPhrase || ofChildren,
      isOwn || isListed || isLeft || ofChildren || isOfQuestion
    else { return nil }
    return Person(
      kind: .offspring, stem: "hij", count: value, isExact: true, isGroup: value > 1,
      isRank: false, token: index + count - 1)
  }

  /// "él, yo y los dos": somebody meant without a name.
  func pronoun(at index: Int) -> Person? {
    guard tokens[index].text.lowercased() == "él" || tokens[index].folded == "ella",
      (index - 2...index + 2).contains(where: { word($0) == "yo" && $0 != index }),
      !["con", "de", "a", "para"].contains(word(index - 1))
    else { return nil }
    return Person(
      kind: .peer, stem: tokens[index].folded, count: 1, isExact: true, isGroup: false,
      isRank: true, token: index)
  }
}

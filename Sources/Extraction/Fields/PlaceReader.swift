import Forms

/// Finds the municipality where the person lives, and the province where it is stated.
struct PlaceReader {
  let scene: Scene
  /// Tokens of addresses where the person lives.
  let homes: [Range<Int>]
  /// A postal code of the person's in the turn.
  let code: Code?
  var tokens: [Token] { scene.turn.tokens }

  /// A postal code with its tokens.
  struct Code: Hashable, Sendable {
    let digits: String
    let tokens: Range<Int>
  }

  /// Whether a town that was just asked about may be named again.
  let mayEcho: Bool
  /// Index of the first word.
  let firstWord: Int
  /// Whether the talk is about the address, in this turn or the one before.
  let isStreetTalk: Bool

  init(_ scene: Scene, homes: [Range<Int>] = [], code: Code? = nil) {
    self.scene = scene
    self.homes = homes
    self.code = code
    isStreetTalk = PlaceReader.isStreetTalk(scene)
    firstWord = scene.turn.tokens.firstIndex { $0.kind != .mark } ?? 0
    mayEcho =
      (scene.opening == .affirms || scene.turn.tokens.count <= 10)
      && scene.previous.map { previous in
        !previous.has(.sayPast)
          && previous.tokens.contains { $0.kind == .word && $0.isCapitalized || $0.text == "¿" }
      } ?? false
  }

  /// A place with its standing.
  struct Found: Hashable, Sendable {
    let place: Gazetteers.Municipality
    let tokens: Range<Int>
    let confidence: Double
    let rule: String
    let others: [Gazetteers.Municipality]
    /// Somewhere the person was, comes from or goes to.
    let isElsewhere: Bool
  }

  /// The places in the turn.
  ///
  /// - Parameter taken: tokens of dates and other values, which may hold names of places.
  func found(taken: [Range<Int>]) -> [Found] {
    if scene.isAboutOthers { return [] }
    var result: [Found] = []
    var index = 0
    while index < tokens.count {
      guard tokens[index].kind == .word, !taken.contains(where: { $0.contains(index) }),
        !isExample(index),
        let context = context(at: index),
        let found = place(at: index, context)
      else {
        index += 1
        continue
      }
      result.append(found)
      index = found.tokens.upperBound
    }
    return result
  }

  /// Why a place may stand at a token, and how sure that makes it.
  struct Context {
    var confidence: Double
    var rule: String
    var isElsewhere = false
    /// Whether the words around leave no doubt that a place follows, so that a misheard one may be looked for.
    var isSure = false
  }

  func context(at index: Int) -> Context? {
    // "¿Sigues en…?": the cue's own words.
    if scene.turn.hits.contains(where: { $0.kind == .askPlace && $0.tokens.lowerBound == index }),
      index == 0 || scene.turn.sentences[index - 1] != scene.turn.sentences[index]
        || tokens[index - 1].kind == .mark
    {
      return nil
    }
    let word = index > 0 ? tokens[index - 1].folded : ""
    if isBehindProvince(index, links: ["de", "es"]) { return nil }
    if homes.contains(where: { $0.contains(index) }), !isNamedInFull(index) { return nil }
    // "Ciudad Real" is no town called Real.
    if index > 0, has(.province), let (_, count) = province(at: index - 1), count > 1 { return nil }
    // "sí, en Herrerías. Calle Herrerías 18": the street's own name.
    if homes.contains(where: { tokens[$0].contains { $0.folded == tokens[index].folded } }),
      tokens[index].folded.utf8.count > 3, !isTownOfStreet(index)
    {
      return nil
    }
    if has(.takenBack), let (_, range) = exact(at: index),
      ["antes", "fue", "era"].contains(
        scene.turn.tokens.dropFirst(range.upperBound).first?.folded ?? "")
        || scene.turn.tokens.dropFirst(range.upperBound).prefix(2).map(\.folded) == ["ya", "no"]
    {
      return Context(confidence: 0.9, rule: "elsewhere", isElsewhere: true)
    }
    if has(.others) && scene.isOthersHome(index..<index + 1) || isSpeakersOwn(index)
      || isDenied(index)
      || isRelativesHome(index)
    {
      return Context(confidence: 0.9, rule: "elsewhere", isElsewhere: true)
    }
    if let cue = governing(index) {
      if cue.kind == .sayLive {
        let isBare = ["ahora", "aqui", "pongo"].contains(tokens[cue.tokens.upperBound - 1].folded)
        if isBare, cue.tokens.count == 1, word != "en" {
          return tokens[index].isCapitalized ? Context(confidence: 0.8, rule: "lives_in") : nil
        }
        return Context(confidence: 0.9, rule: "lives_in", isSure: true)
      }
      return Context(confidence: 0.9, rule: "elsewhere", isElsewhere: true)
    }
    let isPlaceWord = ["en", "a", "de", "por"].contains(word)
    if let home = homes.last(where: { $0.upperBound <= index && index - $0.upperBound <= 9 }),
      scene.turn.sentences[home.lowerBound] == scene.turn.sentences[index]
        || index - home.upperBound <= 5,
      !tokens[home.upperBound..<index].contains(where: { $0.folded == "con" || $0.folded == "mi" })
    {
      return Context(confidence: 0.87, rule: "after_address", isSure: true)
    }
    // "ella en mataró donde siempre"
    if scene.proxy, word == "en",
      ["ella", "él"].contains(tokens[index - 2 < 0 ? 0 : index - 2].text.lowercased())
    {
      return Context(confidence: 0.85, rule: "lives_in", isSure: true)
    }
    // "Yo estaba interna con una señora en Haro": told of the past, where the present was asked for.
    if word == "en", let past = pastBefore(index) {
      return past ? Context(confidence: 0.9, rule: "elsewhere", isElsewhere: true) : nil
    }
    if let answer = scene.answer(.place), answer.age <= 1 {
      let isFirst = tokens[min(answer.start, index)..<index].allSatisfy {
        $0.kind == .mark || PlaceReader.openers.contains($0.folded)
      }
      // Question and answer in one segment, without a question mark between.
      let isLater =
        answer.age == 0 && answer.start > 0 && answer.start <= index
        && scene.turn.sentences[answer.start - 1] != scene.turn.sentences[index]
        && !scene.turn.isQuestion(index)
      if isLater, word == "en" || isFirst {
        return Context(confidence: 0.85, rule: "place_answer", isSure: word == "en")
      }
      if answer.age == 0, isFirst || word == "en" {
        // "¿Sigues en Cornellà?" asks; the answer decides.
        let isAsking = scene.turn.isQuestion(index) || scene.opening == .none
        return Context(confidence: isAsking ? 0.62 : 0.8, rule: "place_asked", isSure: false)
      }
      if answer.age == 1, word == "en" || isFirst || isBehindDwelling(index) {
        return Context(
          confidence: 0.87, rule: "place_answer", isSure: word == "en" || tokens.count <= 6)
      }
    }
    if isInsideName(index) { return nil }
    if isBesideCode(index) {
      return Context(confidence: 0.8, rule: "beside_postal_code")
    }
    let isBehindNumber =
      index > 0 && tokens[index - 1].kind == .number && tokens[index - 1].text.count >= 3
    if code != nil, tokens[index].isCapitalized || isBehindNumber {
      return Context(confidence: 0.75, rule: "beside_postal_code")
    }
    let isBehindName =
      index > 0 && tokens[index - 1].kind == .word && tokens[index - 1].isCapitalized
    if isStreetTalk, tokens[index].isCapitalized && !isBehindName || isPlaceWord {
      return Context(confidence: 0.7, rule: "address_talk")
    }
    if followsAsHome(index) {
      return Context(confidence: 0.8, rule: "stated_place", isSure: exact(at: index) == nil)
    }
    if isEcho(index) { return Context(confidence: 0.72, rule: "place_echo") }
    guard isPlaceWord, word == "en", tokens[index].isCapitalized else { return nil }
    return Context(confidence: 0.5, rule: "in_place")
  }

  /// "En una pensión de Donostia".
  func isBehindDwelling(_ index: Int) -> Bool {
    index > 1 && tokens[index - 1].folded == "de" && tokens[index].isCapitalized
      && ["pension", "piso", "habitacion", "hostal", "albergue", "casa", "apartamento", "pisito"]
        .contains(tokens[index - 2].folded)
  }

  /// "San Sebastián, ¿no?" "Sí, en Donostia": the name of a town that was just asked about.
  func isEcho(_ index: Int) -> Bool {
    guard index <= 4, mayEcho, scene.opening == .affirms || index == firstWord,
      let previous = scene.previous, let (found, range) = exact(at: index),
      scene.opening == .affirms || scene.turn.words == Array(tokens[range]).map(\.folded)
    else { return false }
    // "¿Murcia?" "Murcia.": a province perhaps.
    let isProvince = found.contains { PostalCode.province(named: Folding.fold($0.name)) != nil }
    if isProvince, scene.opening != .affirms { return false }
    return found.contains { place in
      place.population > 5000
        && previous.tokens.indices.contains { start in
          previous.tokens[start].kind == .word
            && (previous.tokens[start].isCapitalized || previous.word(start - 1) == "¿")
            && (1...4).contains { length in
              guard start + length <= previous.tokens.count else { return false }
              let key = previous.tokens[start..<(start + length)].map(\.folded).joined(
                separator: " ")
              return scene.gazetteers.municipalities(key).contains { $0.name == place.name }
            }
        }
    }
  }

  /// "B de Barcelona": the word shows a letter.
  func isExample(_ index: Int) -> Bool {
    guard index >= 2, ["de", "como"].contains(tokens[index - 1].folded),
      let letter = LetterNames.read(tokens[(index - 2)...])
    else { return false }
    return tokens[index].folded.uppercased().first == letter.letter
  }

  /// "derecha, en Dos Hermanas": a town of several words, not door two.
  func isNamedInFull(_ index: Int) -> Bool {
    guard index > 0, tokens[index - 1].folded == "en", let (_, range) = exact(at: index) else {
      return false
    }
    return range.count > 1 && tokens[range].allSatisfy(\.isCapitalized)
  }

  /// Whether the word continues somebody's name: "Pedro Lorca".
  func isInsideName(_ index: Int) -> Bool {
    guard index > 0, tokens[index - 1].kind == .word, tokens[index - 1].isCapitalized else {
      return false
    }
    return scene.gazetteers.givenName(tokens[index - 1].folded) > 50
  }

  static let openers: Set<String> = [
    "en", "si", "pues", "aqui", "ahora", "bueno", "a", "por", "no", "ya", "mire", "mira", "es",
    "eh", "de",
    "el", "la", "vivo", "estoy", "ajá", "aja", "claro",
  ]

  private static func isStreetTalk(_ scene: Scene) -> Bool {
    guard let answer = scene.answer(.street) ?? scene.answer(.postalCode) ?? scene.answer(.floor)
    else {
      return false
    }
    return answer.age <= 1
  }

  /// The nearest cue about living, coming from or having been, that ends at most four words before.
  func governing(_ index: Int) -> Hit? {
    let sentence = scene.turn.sentence(of: index)
    var best: Hit?
    for hit in scene.turn.hits {
      guard [.sayLive, .sayOrigin, .sayPast].contains(hit.kind), hit.tokens.upperBound <= index,
        hit.tokens.lowerBound >= sentence.lowerBound,
        // "primero derecha, en Reus": a floor.
        !isInHome(hit.tokens.lowerBound)
      else { continue }
      let gap = tokens[hit.tokens.upperBound..<index]
      let isNear =
        gap.count <= 6
        && gap.allSatisfy {
          $0.kind == .mark || PlaceReader.between.contains($0.folded)
        }
      guard isNear else { continue }
      let isCloser =
        hit.tokens.upperBound > best?.tokens.upperBound ?? -1
        || hit.tokens.upperBound == best?.tokens.upperBound
          && (hit.tokens.count > best?.tokens.count ?? 0 || hit.kind == .sayPast)
      if isCloser { best = hit }
    }
    if let best, best.kind == .sayLive {
      // "antes vivía en": the past word before it governs.
      let past = scene.turn.hits.contains {
        $0.kind == .sayPast && $0.tokens.overlaps(best.tokens)
          && $0.tokens.upperBound >= best.tokens.upperBound
          && $0.tokens.lowerBound < best.tokens.lowerBound && !isInHome($0.tokens.lowerBound)
      }
      let others = scene.turn.holder(of: index..<(index + 1)) == .other && !isFirstPerson(best)
      if past || others { return Hit(kind: .sayPast, code: -1, tokens: best.tokens) }
    }
    return best
  }

  /// Whether a token belongs to an address where the person lives.
  func isInHome(_ index: Int) -> Bool { homes.contains { $0.contains(index) } }

  /// "vivimos en", "me quedo en": whoever was named before, this is about the speaker.
  func isFirstPerson(_ hit: Hit) -> Bool {
    tokens[hit.tokens].contains { token in
      ["vivo", "estoy", "resido", "duermo", "me", "nos", "vives", "vivis", "estais", "volvi"]
        .contains(token.folded)
        || token.folded.hasSuffix("mos")
    }
  }

  static let between: Set<String> = [
    "en", "el", "la", "un", "una", "de", "pueblo", "ciudad", "aqui", "ahora", "mismo", "piso",
    "barrio",
    "del", "los", "las", "a", "casa", "pero", "habitacion", "donde", "amiga", "amigo", "aca",
    "unos", "unas", "mismo", "prima", "primo", "hermana", "hermano", "mi",
  ]

  /// "Córdoba capital", "Jerez de la Frontera, Cádiz".
  func followsAsHome(_ index: Int) -> Bool {
    guard has(.province) else { return false }
    guard let (found, range) = exact(at: index) else {
      // "Vadajos capital"
      return scene.turn.word(index + 1) == "capital" && tokens[index].isCapitalized
        && PostalCode.province(soundingLike: tokens[index].folded) != nil
    }
    let after = range.upperBound
    guard after < tokens.count else { return false }
    if tokens[after].folded == "capital" { return true }
    let next = tokens[after].text == "," ? after + 1 : after
    guard next < tokens.count else { return false }
    if tokens[next].folded == "provincia" { return true }
    guard let (province, _) = self.province(at: next) else { return false }
    return found.contains { $0.province == province && $0.name != province }
  }

  /// Municipalities whose names are everyday words in small letters.
  static let everyday: Set<String> = [
    "casa", "calle", "piso", "nacimiento", "una", "buena", "valor", "cabo", "el", "la", "campo",
    "puente",
    "torre", "castillo", "monte", "fuente", "villa", "barrio", "rio", "santa", "san", "centro",
    "camino",
    "cuenta", "mayor", "aqui", "mesa", "barco", "ventas", "mata", "sol", "puerto", "real", "arenas",
    "cosa",
    "vida", "bien", "gracias", "hermana", "madre", "amigo", "coche", "silla", "cura", "parra",
    "capilla",
    "cueva", "era", "cama", "iglesia", "hoja", "oliva", "olla", "nuevo", "nueva", "rosario",
    "estancia",
  ]

  func word(_ index: Int) -> String { scene.turn.word(index) }

  /// Whether a word of that group is in the turn: asked before every word is looked at.
  func has(_ group: WordGroups) -> Bool { scene.turn.groups.contains(group) }
}

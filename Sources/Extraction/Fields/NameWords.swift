import Forms

/// Finds runs of words that can be a person's name.
struct NameWords {
  let scene: Scene
  /// Words spelled letter by letter in the turn.
  let spelled: [(letters: String, tokens: Range<Int>)]
  var tokens: [Token] { scene.turn.tokens }

  /// - Parameter spelled: words that are spelled in the turn; they write the word before them.
  init(_ scene: Scene, spelled: [(letters: String, tokens: Range<Int>)] = []) {
    self.scene = scene
    self.spelled = spelled
  }

  /// Particles that stand inside a name, never at its end.
  static let particles: Set<String> = [
    "de", "del", "la", "las", "los", "y", "e", "el", "al", "ben", "bin", "da", "dos", "van", "von",
    "san", "santa",
    "ould", "abd", "bint", "ait", "i",
  ]
  /// Particles that a name may begin with ("El Ouardi", "De la Cruz", "Ben Haddou").
  static let openers: Set<String> = [
    "el", "al", "ben", "bin", "de", "del", "ould", "ait", "abd", "la", "san",
  ]

  /// Words that are no names, although somebody is called so.
  static let strangers: Set<String> = [
    "si", "no", "pues", "bueno", "hola", "pone", "buenos", "buenas", "gracias", "yo", "me", "claro",
    "aqui",
    "eso", "vale",
    "mire", "mira", "senora", "senor", "don", "dona", "a", "ver", "tengo", "es", "un", "una", "que",
    "con", "como",
    "muy", "bien", "encantada", "encantado", "nombre", "apellido", "apellidos", "letra", "llamo",
    "soy", "tecnica",
    "tecnico", "trabajadora", "voluntaria", "voluntario", "mujer", "hombre", "espanol", "espanola",
    "pasa", "pase",
    "sientate", "sientese", "dime", "digame", "perdon", "perdona", "entonces", "todo", "junto",
    "primero", "segundo",
    "cuando", "donde", "cual", "cuantos", "tienes", "tiene", "estas", "esta", "este", "ese", "nie",
    "dni", "naci",
    "nacio", "naciste", "calle", "con", "sin", "por", "para", "en", "se", "le", "te", "lo", "mi",
    "su", "tu", "ya",
    "pero", "porque", "ahora", "luego", "usted", "documento", "pasaporte", "telefono", "correo",
    "adelante", "oye",
    "ay", "uy", "eh", "ah", "oh", "ok", "venga", "verdad", "senorita", "igual", "nada", "dos",
    "tres", "solo", "sola",
    "escribe", "escribo", "exacto", "correcto", "ese", "esa", "completo", "el", "hay", "ha", "he",
    "fue", "era",
    "doble", "triple", "normal", "junto", "apunto", "apunta", "pon", "ponga", "tal", "cual",
    "muchas", "mucho", "mas", "menos",
    "hace", "van",
    "na", "arroba", "gmail", "hotmail", "punto", "com", "bienvenida", "bienvenido", "roja",
    "caritas", "acogida", "i", "and", "the", "my", "is",
  ]

  /// A run of name words.
  struct Span: Hashable, Sendable {
    /// The words as they are to be written, particles included.
    let words: [String]
    let tokens: Range<Int>
    /// Words without particles.
    let significant: Int
    /// Significant words that are in the gazetteers.
    let known: Int
    /// Whether any word had a capital in the middle of a sentence.
    let isCapitalized: Bool
    /// "Molina Zafra, Encarnación" put in order.
    var isReordered = false
    /// Whether the first word is more of a given name than of a surname.
    let beginsWithGiven: Bool

    var text: String { words.joined(separator: " ") }
  }

  /// "Yorgelis del Carmen Urdaneta": a given name that no register has, before one that follows another.
  func withGivenBefore(_ span: Span) -> Span {
    let start = span.tokens.lowerBound - 2
    guard start >= 0, tokens[start + 1].folded == "del", let second = span.words.first,
      ["Carmen", "Pilar", "Rosario", "Mar", "Rocío", "Valle", "Socorro"].contains(second),
      tokens[start].kind == .word, tokens[start].isCapitalized, !isEveryday(tokens[start]),
      !["virgen", "senora"].contains(tokens[start].folded)
    else { return span }
    return Span(
      words: [Capitals.written(tokens[start]), "del"] + span.words,
      tokens: start..<span.tokens.upperBound, significant: span.significant + 1,
      known: span.known, isCapitalized: span.isCapitalized, beginsWithGiven: true)
  }

  /// Whether the word is one of the language that names nobody. "Nino" is a name, "niño" is not.
  func isEveryday(_ token: Token) -> Bool {
    if token.text == "Nino" { return false }
    return NameWords.strangers.contains(token.folded) || scene.pack.trie.knows(token.folded)
  }

  /// Whether nobody is called by that word and it is none of the language's either.
  func isUnknown(_ index: Int) -> Bool {
    let token = tokens[index]
    return token.kind == .word && token.folded.utf8.count > 2
      && !NameWords.strangers.contains(token.folded) && given(token) == 0 && surname(token) == 0
      && !scene.pack.trie.knows(token.folded) && !token.isNumberWord
  }

  /// The span with the word before it.
  func prefixed(_ span: Span) -> Span {
    let first = span.tokens.lowerBound - 1
    return Span(
      words: [Capitals.written(tokens[first])] + span.words, tokens: first..<span.tokens.upperBound,
      significant: span.significant + 1, known: span.known, isCapitalized: span.isCapitalized,
      beginsWithGiven: true)
  }

  /// The span that begins at that token; nil when no name does.
  ///
  /// - Parameter small: whether words in small letters are names if the gazetteers have them.
  func span(at start: Int, small: Bool) -> Span? {
    guard var first = run(from: start, small: small) else { return nil }
    guard !isCutOff(first) else { return nil }
    first = withoutMisheard(withoutStutter(withoutShown(first)))
    if let reordered = reordered(first, small: small) { return reordered }
    return rotated(first)
  }

  /// "Pas…": a word that the speaker did not end.
  func isCutOff(_ span: Span) -> Bool {
    span.significant == 1
      && ["…", "..", "..."].contains(
        tokens.dropFirst(span.tokens.upperBound).prefix {
          $0.text == "." || $0.text == "…" || $0.text == "..."
        }
        .map(\.text).joined())
  }

  /// "Jiménez Borja Ramón": surnames first, as in a list, without a comma.
  func rotated(_ span: Span) -> Span {
    let words = tokens[span.tokens].filter {
      $0.kind == .word && !NameWords.particles.contains($0.folded)
    }
    guard (3...4).contains(span.words.count), words.count == span.words.count,
      span.significant == words.count, !span.beginsWithGiven,
      let first = words.first, isSurname(first), given(first) * 10 < surname(first) + 20,
      let last = words.last, isGiven(last)
    else { return span }
    // What stands between belongs to the given names as far as it is one.
    var cut = words.count - 1
    while cut > 1, isGiven(words[cut - 1]) { cut -= 1 }
    guard words[..<cut].allSatisfy({ surname($0) > 0 }) else { return span }
    return Span(
      words: Array(span.words[cut...] + span.words[..<cut]), tokens: span.tokens,
      significant: span.significant, known: span.known, isCapitalized: span.isCapitalized,
      isReordered: true, beginsWithGiven: true)
  }

  func isSurname(_ token: Token) -> Bool { surname(token) > 4 * given(token) }
  func isGiven(_ token: Token) -> Bool { given(token) > 4 * surname(token) }

  func run(from start: Int, small: Bool) -> Span? {
    var words: [String] = []
    var index = start
    var end = start
    var significant = 0
    var known = 0
    var capital = false
    var pending: [String] = []
    var firstGiven = true
    while index < tokens.count, significant < 6 {
      let token = tokens[index]
      if let next = spelling(at: index, of: &words) {
        // "anouar, a ene o u a erre, bouzidi": the letters write the word before.
        if significant == 0 { (significant, known, firstGiven) = (1, 1, true) }
        end = next
        index = next
        while index < tokens.count,
          [",", "y", "Y"].contains(tokens[index].text)
            || tokens[index].text == "."
              && (scene.turn.word(index + 1) == "y" || isSpelledNext(index + 1))
        {
          index += 1
        }
        continue
      }
      guard token.kind == .word else {
        // A hyphen joins ("Pérez-Reverte").
        guard token.text == "-", significant > 0, index + 1 < tokens.count,
          token.range.lowerBound == tokens[index - 1].range.upperBound,
          tokens[index + 1].range.lowerBound == token.range.upperBound,
          isName(index + 1, small: small, inside: true)
        else { break }
        words[words.count - 1] += "-" + Capitals.written(tokens[index + 1])
        index += 2
        end = index
        continue
      }
      let isParticle = NameWords.particles.contains(token.folded)
      if isParticle, token.folded == "el", significant > 1, !token.isCapitalized { break }
      if isParticle,
        significant > 0
          || NameWords.openers.contains(token.folded) && (token.isCapitalized || small)
      {
        guard index + 1 < tokens.count, pending.count < 3, !beginsPhrase(index + 1) else { break }
        pending.append(particle(token, first: words.isEmpty))
        index += 1
        continue
      }
      guard
        isName(index, small: small, inside: significant > 0)
          || small && isLastUnknown(index, significant)
      else {
        break
      }
      if significant == 0 { firstGiven = given(token) >= surname(token) && given(token) > 0 }
      words += pending
      pending = []
      words.append(Capitals.written(token))
      significant += 1
      if given(token) > 0 || surname(token) > 0 { known += 1 }
      capital = capital || token.isCapitalized && !isSentenceStart(index)
      index += 1
      end = index
    }
    guard significant > 0 else { return nil }
    return Span(
      words: words, tokens: start..<end, significant: significant, known: known,
      isCapitalized: capital,
      beginsWithGiven: firstGiven)
  }

  /// "García López y vivo en…": words in small letters that begin a phrase of the language.
  func beginsPhrase(_ index: Int) -> Bool {
    !tokens[index].isCapitalized
      && scene.turn.hits.contains { $0.tokens.lowerBound == index && $0.tokens.count > 1 }
  }

  /// "Comfort, C, O… Owusu, o, doble u…": the next word is spelled too.
  func isSpelledNext(_ index: Int) -> Bool {
    let start =
      scene.turn.word(index + 1) == "," || scene.turn.word(index + 1) == "." ? index + 2 : index + 1
    return spelled.contains { $0.tokens.lowerBound == start }
  }

  /// Letters at that place that spell the last word, which need not be written again, or a first word nobody said; where what
  /// follows them begins.
  func spelling(at index: Int, of words: inout [String]) -> Int? {
    guard !spelled.isEmpty else { return nil }
    let start = tokens[index].text == "," ? index + 1 : index
    guard let run = spelled.first(where: { $0.tokens.lowerBound == start }) else { return nil }
    if words.isEmpty {
      // Only as the whole answer: else they spell a name that was said.
      guard index == start, index == 0, run.letters.count >= 4 else { return nil }
      words.append(Capitals.first(run.letters.lowercased()))
      return run.tokens.upperBound
    }
    guard let last = words.last, NameAlignment.replacing(run.letters, in: [last]) != nil else {
      return nil
    }
    return run.tokens.upperBound
  }

  /// A word nobody knows at the end of an answer in small letters: "mamadu lamín ndiay".
  func isLastUnknown(_ index: Int, _ significant: Int) -> Bool {
    let token = tokens[index]
    let isLast = index == tokens.count - 1 || tokens[index + 1].endsSentence
    let isCue = scene.pack.trie.knows(token.folded)
    guard significant >= 1, isLast, token.folded.utf8.count > 2,
      !NameWords.strangers.contains(token.folded)
    else {
      return false
    }
    return !isCue || surname(token) > 1500
  }

  /// "Molina Zafra, Encarnación": surnames, comma, given names.
  func reordered(_ first: Span, small: Bool) -> Span? {
    let comma = first.tokens.upperBound
    guard comma + 1 < tokens.count, tokens[comma].text == ",", first.significant <= 3,
      !first.beginsWithGiven || surname(tokens[first.tokens.lowerBound]) > 0,
      let second = run(from: comma + 1, small: small), second.beginsWithGiven,
      second.significant <= 3,
      second.significant == second.known, !second.words.isEmpty
    else { return nil }
    let token = tokens[comma + 1]
    guard given(token) > surname(token), first.known > 0,
      surname(tokens[first.tokens.upperBound - 1]) > given(tokens[first.tokens.upperBound - 1])
        || !first.beginsWithGiven
    else { return nil }
    // "Encarnación, Molina" is a vocative list; what follows must end the phrase.
    let after = second.tokens.upperBound
    guard after >= tokens.count || tokens[after].kind == .mark else { return nil }
    return Span(
      words: second.words + first.words, tokens: first.tokens.lowerBound..<second.tokens.upperBound,
      significant: first.significant + second.significant, known: first.known + second.known,
      isCapitalized: first.isCapitalized || second.isCapitalized, isReordered: true,
      beginsWithGiven: true)
  }

  func particle(_ token: Token, first: Bool) -> String {
    // Spanish names have no "el" in them: it is the Arabic article, with its capital.
    if first && token.isCapitalized
      || ["el", "al", "ben", "bin", "ould", "ait", "abd", "van", "von"].contains(token.folded)
    {
      return Capitals.first(token.text)
    }
    return Capitals.particles.contains(token.folded)
      ? token.text.lowercased() : Capitals.first(token.text)
  }

  func isSentenceStart(_ index: Int) -> Bool {
    index == 0 || scene.turn.sentences[index - 1] != scene.turn.sentences[index]
      || tokens[index - 1].kind == .mark && tokens[index - 1].text != ","
  }

  func given(_ token: Token) -> Int { scene.gazetteers.givenName(token.folded) }
  func surname(_ token: Token) -> Int { scene.gazetteers.surname(token.folded) }

  /// Whether a word can be part of a name here.
  func isName(_ index: Int, small: Bool, inside: Bool) -> Bool {
    let token = tokens[index]
    let folded = token.folded
    guard token.kind == .word, folded.utf8.count > 1, !NameWords.strangers.contains(folded) else {
      return false
    }
    let frequency = given(token)
    if folded == "cruz", scene.turn.word(index + 1) == "roja" { return false }
    if spelled.contains(where: { $0.letters.lowercased() == folded }), token.isCapitalized {
      return true
    }
    if NumberWords.isNumber(folded) || LetterNames.names[folded] != nil && folded.utf8.count < 4 {
      return false
    }
    let isCue = scene.pack.trie.knows(folded)
    if token.isCapitalized {
      if !isSentenceStart(index) {
        return !isCue || frequency > 300 || surname(token) > 300 && inside
      }
      let isFollowed =
        index + 1 < tokens.count && tokens[index + 1].kind == .word
        && tokens[index + 1].isCapitalized
        && !NameWords.strangers.contains(tokens[index + 1].folded)
      if isCue { return frequency > 3000 || isFollowed && surname(token) > 300 }
      return frequency > 0 || surname(token) > 0 || inside || isFollowed
    }
    // "Dayamí Fonseca rojas": a recogniser forgets capitals inside a name.
    if inside, !isCue, surname(token) > 300, tokens[index - 1].kind == .word { return true }
    guard small else { return false }
    if isCue {
      return frequency > 3000 || inside && surname(token) > 800 && StreetTypes.names[folded] == nil
    }
    return frequency >= 20 || surname(token) >= 20
  }
}

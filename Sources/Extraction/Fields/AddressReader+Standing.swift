import Forms

// What the words around a street say of it: that it is none, that it was left, that a friend lets one live there.
extension AddressReader {
  /// Units of time: what is counted in them is no house, and what begins with them no street.
  static let units: Set<String> = [
    "dia", "dias", "noche", "noches", "semana", "semanas", "mes", "meses", "ano", "anos", "hora",
    "horas", "rato", "tiempo", "temporada", "vez", "veces", "invierno", "verano", "mañana",
    "manana", "tarde",
  ]

  private static let quantities: Set<String> = [
    "unos", "unas", "un", "una", "varios", "varias", "muchos", "muchas", "mucho", "mucha", "todo",
    "toda", "todos", "todas", "algunos", "algunas", "otro", "otra", "otros", "otras", "casi",
    "medio", "bastante", "poco", "pocos", "ya", "ahora", "antes", "despues", "durmiendo",
    "pidiendo", "tirado", "tirada", "hasta", "siempre", "nunca", "solo", "sola", "mismo", "misma",
    "cuando", "donde", "porque", "ese", "esa", "este",
  ]

  /// "En la calle unos días", "en la calle ahora no": the street is where one sleeps.
  func isInTheStreet(_ start: Int) -> Bool {
    guard tokens.indices.contains(start), tokens[start].kind == .word,
      !tokens[start].isCapitalized
    else { return false }
    let word = tokens[start].folded
    return AddressReader.quantities.contains(word) || AddressReader.units.contains(word)
      || AddressReader.verbs.contains(word)
  }

  /// "La calle es Santa Isabel", "se llama Lepanto": where the name begins behind the words that announce it.
  func behindLink(_ start: Int) -> Int? {
    let links = [["que", "se", "llama"], ["se", "llama"], ["llamada"], ["es", "la"], ["es"]]
    for link in links {
      let end = start + link.count
      guard end < tokens.count, tokens[start..<end].map(\.folded) == link else { continue }
      let colon = tokens[end].text == ":" || tokens[end].text == "," ? end + 1 : end
      if link == ["es", "la"], !beginsName(colon) { continue }
      // "La calle es la calle Mayor": the second one has the name.
      return StreetTypes.names[scene.turn.word(colon)] == nil ? colon : nil
    }
    return nil
  }

  /// "Por el polígono de Guadalhorce": around there.
  func isVague(_ start: Int) -> Bool {
    scene.turn.word(start - 1) == "por"
      || ["el", "la"].contains(scene.turn.word(start - 1)) && scene.turn.word(start - 2) == "por"
  }

  /// Whether a word in capitals stands there, behind an article perhaps.
  func beginsName(_ index: Int) -> Bool {
    guard index < tokens.count else { return false }
    if tokens[index].isCapitalized { return true }
    return ["la", "el"].contains(tokens[index].folded) && index + 1 < tokens.count
      && tokens[index + 1].kind == .word && tokens[index + 1].isCapitalized
  }

  /// "¿Y el teléfono, el 968?": what is asked for is no street.
  func isAsked(_ range: Range<Int>) -> Bool {
    scene.turn.hits.contains { hit in
      guard let topic = hit.kind.topic, hit.tokens.overlaps(range) else { return false }
      return ![.place, .street, .floor].contains(topic)
    }
  }

  /// "Reus, cuarenta y tres, dos cero cuatro": a town with its postal code.
  func isCode(behind after: Int) -> Bool {
    let digits = SymbolReader.runs(Array(tokens[min(after, tokens.count)...])).first?.first ?? []
    return digits.filter(\.isDigit).count >= 5
  }

  /// "Pero ya no en la calle Mallorca": the words before it deny it.
  func isLeft(_ start: Int) -> Bool {
    let first = scene.turn.sentence(of: start).lowerBound
    var index = start - 1
    while index >= first,
      ["en", "la", "el", "de", "vivo", "vivimos", "estoy", "estamos", "es"].contains(
        tokens[index].folded)
    {
      index -= 1
    }
    guard index >= first else { return false }
    return tokens[index].folded == "no" && index > first && tokens[index - 1].folded == "ya"
  }

  /// "Yo casa tuve, ¿eh? En Los Dolores, calle Lepanto, once": what was said in the same breath was of the past.
  func continuesPast(_ start: Int) -> Bool {
    let turn = scene.turn
    guard let previous = scene.previous, previous.segment.id == turn.segment.id,
      turn.sentences[start] == turn.sentences[0], !turn.has(.sayLive, in: 0..<start),
      let past = previous.hits(.sayPast).last,
      past.tokens.upperBound + 4 >= previous.tokens.count
    else { return false }
    return !previous.has(.sayLive, in: past.tokens.upperBound..<previous.tokens.count)
  }

  /// "Antes, desde enero en…": the words of a past that reach over a comma into the present.
  func speaksOfNow(_ hit: Hit) -> Bool {
    hit.kind == .sayPast
      && tokens[hit.tokens].dropFirst().contains {
        ["desde", "ahora", "actualmente", "hoy"].contains($0.folded)
      }
  }

  /// "En casa de una amiga, Odalys. Calle Vargas 65": asked where one stays, the friend's home is one's own.
  func isHostsHome(before start: Int) -> Bool {
    guard scene.isAbout(.place, .street) || scene.turn.has(.sayLive) else { return false }
    let sentence = scene.turn.sentence(of: start)
    let first =
      sentence.lowerBound > 0
      ? scene.turn.sentence(of: sentence.lowerBound - 1).lowerBound : sentence.lowerBound
    return (first..<start).contains { index in
      let isDwelling =
        ["casa", "piso", "habitacion", "cuarto"].contains(tokens[index].folded)
        && ["de", "del"].contains(scene.turn.word(index + 1))
      return (isDwelling || tokens[index].folded == "donde") && index + 1 < start
        && ["en", "a", "al", "la", "el", "un", "una", "estoy", "estamos", "quedo", "quedamos"]
          .contains(scene.turn.word(index - 1))
        && !tokens[first..<index].contains { ["vive", "viven"].contains($0.folded) }
    }
  }

  /// "Jaime primero el conquistador 9": a king's number in a street's name.
  func king(_ index: Int, after last: String) -> (String, Int)? {
    guard AddressReader.kings.contains(Folding.fold(last)),
      let value = FloorGrammar.ordinal(tokens[index].folded)
    else { return nil }
    let next = index + 1
    let hasEpithet =
      ["el", "de"].contains(scene.turn.word(next))
      && FloorGrammar.startsNumber(tokens, next + 2)
    guard hasEpithet || FloorGrammar.startsNumber(tokens, next) else { return nil }
    return (Capitals.roman(value), next)
  }

  /// "26... Miento, el 26 es la panadería. El 28, tercero": the number that a later sentence gives instead.
  func numberSetRight(_ wrong: String, after place: Int) -> (String, Int)? {
    let turn = scene.turn
    guard
      let repair = turn.hits.first(where: {
        ($0.kind == .repair || $0.kind == .no) && $0.tokens.lowerBound >= place
          && $0.tokens.lowerBound - place <= 8
      })
    else { return nil }
    for start in tokens.indices.dropFirst(repair.tokens.upperBound)
    where turn.sentences[start - 1] != turn.sentences[start] {
      guard start - place <= 20, let (number, next) = FloorGrammar.number(tokens, start),
        number != wrong, number != "s/n", !isLongerNumber(next),
        next >= tokens.count || tokens[next].kind == .mark
          || FloorGrammar.startsComponent(tokens, next)
      else { continue }
      return (number, next)
    }
    return nil
  }
}

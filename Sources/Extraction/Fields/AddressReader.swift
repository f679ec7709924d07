import Forms

/// Reads street addresses: type, name, number, block, floor and door.
struct AddressReader {
  let scene: Scene
  var tokens: [Token] { scene.turn.tokens }

  init(_ scene: Scene) { self.scene = scene }

  /// An address with its tokens.
  struct Found: Hashable, Sendable {
    var address: StreetAddress
    let tokens: Range<Int>
    let rule: String
  }

  /// The addresses in the turn where the person may live.
  func found() -> [Found] {
    if scene.isAboutOthers { return [] }
    var result: [Found] = []
    var index = 0
    while index < tokens.count {
      if let found = typed(at: index), isHome(found.tokens) {
        result.append(withDetails(behind: withDetails(said: found)))
        index = found.tokens.upperBound
      } else {
        index += 1
      }
    }
    if result.isEmpty, let found = livedIn() { result.append(found) }
    if result.isEmpty, let answer = scene.answer(.street), answer.age <= 1,
      let found = untyped(from: answer.start), isHome(found.tokens),
      !scene.turn.isQuestion(found.tokens.lowerBound)
        || isCapitalized(found.tokens.lowerBound + 1, found.tokens.upperBound)
        || tokens[found.tokens.lowerBound].isCapitalized && answer.age == 1
    {
      result.append(found)
    }
    return result
  }

  /// "San Vicente Ferrer 45, puerta once, calle San Vicente Ferrer": number and door said before the type.
  func withDetails(said found: Found) -> Found {
    let address = withDetails(found.address, before: found.tokens.lowerBound)
    return Found(address: address, tokens: found.tokens, rule: found.rule)
  }

  /// "Numa Guilhou, 18, tercero C." "Calle Numa Guilhou.": number and door said in the turn before.
  func withDetails(saidBefore address: StreetAddress) -> StreetAddress {
    guard address.detail == 0, let previous = scene.previous else { return address }
    let reader = AddressReader(scene.reading(previous))
    return reader.withDetails(address, before: previous.tokens.count)
  }

  private func withDetails(_ known: StreetAddress, before last: Int) -> StreetAddress {
    let name = known.name.split(separator: " ").map { Folding.fold($0) }
    guard known.detail == 0, let first = name.first else { return known }
    for start in tokens.indices where start < last && isHeard(tokens[start], first) {
      let end = start + name.count
      guard end < last, zip(tokens[start..<end], name).allSatisfy(isHeard) else { continue }
      var address = known
      _ = details(from: end, into: &address)
      if address.number != nil { return address }
    }
    return known
  }

  /// Whether a word is one of a street's name, or sounds like it: "Colboranca 48" "Calle Polvoranca".
  private func isHeard(_ token: Token, _ name: String) -> Bool {
    token.kind == .word && NameAlignment.soundsLike(token.folded, name)
  }

  /// "En la calle Rivero, pero el número está mal. Catorce, segundo be.": number and floor in a sentence of their own.
  func withDetails(behind found: Found) -> Found {
    guard found.address.floor == nil, found.address.door == nil else { return found }
    guard found.address.number == nil else { return withLastFloor(found) }
    let last = found.tokens.upperBound
    for start in tokens.indices.dropFirst(last) where start > 0 {
      guard scene.turn.sentences[start - 1] != scene.turn.sentences[start],
        let rest = rest(of: found.address, from: start), rest.address.number != nil,
        rest.address.floor != nil || rest.address.door != nil
          || rest.tokens.upperBound >= tokens.count
          || tokens[rest.tokens.upperBound].endsSentence
            && start - last <= 2
      else { continue }
      return Found(
        address: rest.address, tokens: found.tokens.lowerBound..<rest.tokens.upperBound,
        rule: found.rule)
    }
    return found
  }

  /// "Calle Real, 27. Encima de la tienda. Primero.": the floor is the last sentence.
  private func withLastFloor(_ found: Found) -> Found {
    let last = scene.turn.sentence(of: tokens.count - 1)
    var address = found.address
    guard last.lowerBound >= found.tokens.upperBound, last.count <= 4,
      FloorGrammar.startsComponent(tokens, last.lowerBound),
      FloorGrammar.read(tokens, last.lowerBound, into: &address) >= last.upperBound - 1
    else { return found }
    return Found(address: address, tokens: found.tokens, rule: found.rule)
  }

  /// "Ahora estoy en Tudela, en Juan Antonio Fernández, 33, tercero C": a street without its type, sure by number and floor.
  func livedIn() -> Found? {
    guard
      scene.turn.has(.sayLive) || scene.isAbout(.place, .street)
        || tokens.contains(where: { $0.folded == "piso" || $0.folded == "domicilio" })
    else { return nil }
    for index in tokens.indices.dropLast()
    where [",", ":", ".", "en"].contains(tokens[index].folded) && beginsName(index + 1) {
      guard let found = untyped(from: index + 1), found.address.floor != nil, isHome(found.tokens),
        scene.gazetteers.municipalities(Folding.fold(found.address.name)).isEmpty
      else { continue }
      return found
    }
    return nil
  }

  /// Places one goes to, of which an address may be told.
  static let facilities: Set<String> = [
    "duchas", "ropero", "comedor", "economato", "oficina", "ambulatorio", "biblioteca", "sede",
    "colegio", "parroquia", "farmacia", "hospital", "consulado", "comisaria", "academia", "taller",
    "consultorio", "despensa", "lavanderia", "juzgado", "registro", "ayuntamiento", "instituto",
    "escuela", "guarderia", "mercado", "supermercado", "bar", "restaurante", "almacen", "tienda",
    "despacho", "mezquita", "iglesia", "oficinas", "servicios", "policia", "sindicato", "clinica",
  ]

  /// "las duchas de la calle Blondel", "el comedor que está en la calle Mayor".
  func isFacility(_ range: Range<Int>) -> Bool {
    let start = max(scene.turn.sentence(of: range.lowerBound).lowerBound, range.lowerBound - 6)
    let before = tokens[start..<range.lowerBound]
    guard let place = before.lastIndex(where: { AddressReader.facilities.contains($0.folded) })
    else { return false }
    return !before[place...].contains {
      $0.kind == .mark || ["vivo", "vivimos", "piso", "casa", "habitacion"].contains($0.folded)
    }
  }

  /// Whether an address is where the person lives now.
  func isHome(_ range: Range<Int>) -> Bool {
    if isFacility(range) || scene.isOthersHome(range) || isLeft(range.lowerBound)
      || continuesPast(range.lowerBound)
    {
      return false
    }
    let turn = scene.turn
    let sentence = turn.sentence(of: range.lowerBound)
    for hit in turn.hits
    where sentence.contains(hit.tokens.lowerBound) && hit.tokens.upperBound <= range.lowerBound {
      if speaksOfNow(hit) { continue }
      let isLast = !turn.hits.contains {
        $0.kind == .sayLive && $0.tokens.lowerBound >= hit.tokens.upperBound
          && $0.tokens.upperBound <= range.lowerBound
      }
      if [.sayPast, .technicianSelf, .otherPhone].contains(hit.kind), isLast,
        hit.kind != .technicianSelf
          || hit.tokens.count > 1 && !["la", "el"].contains(turn.word(hit.tokens.lowerBound))
      {
        return false
      }
    }
    return scene.turn.holder(of: range) == .person || turn.has(.sayLive, in: sentence)
      || isHostsHome(before: range.lowerBound)
  }

  // MARK: - Street

  func typed(at start: Int) -> Found? {
    let token = tokens[start]
    guard token.isOf(.street), let type = StreetTypes.names[token.folded] else { return nil }
    // "en la calle" without a name is no address; "Calle?" is a question.
    var next = start + 1
    if next < tokens.count, [".", "/", "º", ","].contains(tokens[next].text) { next += 1 }
    // "Es calle, calle Mayor": the second one has the name.
    if StreetTypes.names[scene.turn.word(next)] == type { return nil }
    let linked = behindLink(next)
    next = linked ?? next
    guard !isInTheStreet(next), let (name, after) = name(from: next) else { return nil }
    var address = StreetAddress(type: type, name: name)
    let end = details(from: after, into: &address)
    // "De la unidad de calle. Te abro una ficha": only an abbreviation has its dot.
    let endsSentence = tokens[next - 1].text == "." && token.folded.utf8.count > 4
    if endsSentence, address.number == nil || !scene.isAbout(.street, .place, .floor) {
      return nil
    }
    if address.number == nil, linked != nil && !isCapitalized(next, after) || isVague(start) {
      return nil
    }
    let isAnswer = scene.isAbout(.street)
    let isSure =
      address.number != nil
      || !StreetTypes.ambiguous.contains(token.folded)
        && (isCapitalized(next, after) || isAnswer || address.detail > 0)
      || isAnswer && token.folded.count > 2 && isCapitalized(next, after)
    guard isSure else { return nil }
    return Found(address: address, tokens: start..<end, rule: "street_address")
  }

  /// "Polvoranca, 48, segundo C" after "¿Calle?".
  func untyped(from start: Int) -> Found? {
    var start = start
    let skipped: Set<String> = [
      "en", "la", "el", "es", "pues", "se", "llama", "si", "a", "ver", "eh",
    ]
    while start < tokens.count,
      tokens[start].kind == .mark || skipped.contains(tokens[start].folded),
      !(tokens[start].isCapitalized && ["la", "el"].contains(tokens[start].folded) && start > 0)
    {
      start += 1
    }
    guard start < tokens.count, !AddressReader.verbs.contains(tokens[start].folded),
      let (name, after) = name(from: start)
    else { return nil }
    var address = StreetAddress(type: "Calle", name: name)
    let end = details(from: after, into: &address)
    guard address.number != nil, name.split(separator: " ").count <= 5,
      !isAsked(start..<after), !isCode(behind: after)
    else { return nil }
    return Found(address: address, tokens: start..<end, rule: "street_answer")
  }

  func isCapitalized(_ start: Int, _ end: Int) -> Bool {
    tokens[start..<end].contains { $0.kind == .word && $0.isCapitalized }
  }

  static let particles: Set<String> = [
    "de", "del", "la", "las", "los", "el", "i", "d", "dels", "da", "do", "les", "san", "santa", "l",
    "sant",
  ]
  static let ends: Set<String> = [
    "numero", "en", "esquina", "al", "junto", "cerca", "que", "con", "pero", "si", "no", "es", "y",
    "donde",
    "porque", "por", "a", "para", "eso", "como", "se", "hay", "entre", "piso", "vale", "me", "te",
    "mi", "ahi",
    "o", "un", "una", "está", "esta", "estoy", "vivo", "vivimos", "codigo", "portal", "bloque",
    "escalera",
    "puerta", "provincia", "num", "n", "creo", "ya", "desde", "duermo", "dormir", "mayor?", "tengo",
    "pone",
    "ninguna", "ninguno", "cualquiera", "dice",
    "verdad", "alli", "aqui", "entonces", "hay", "sin", "ni", "izquierda", "derecha",
  ]

  /// Words that begin a sentence, not a street.
  static let verbs: Set<String> = [
    "somos", "son", "soy", "tiene", "tienes", "tenemos", "tengo", "hay", "estamos", "estoy", "vivo",
    "vivimos", "viven", "mi", "mis", "yo", "nosotros", "entre", "unos", "unas", "todos", "cada",
    "hace", "desde", "llevo", "llevamos", "pago", "pagamos", "no", "ninguna", "cuando",
  ]

  /// The street's name, up to its number or what else ends it.
  func name(from start: Int) -> (String, Int)? {
    var words: [String] = []
    var index = start
    var significant = 0
    while index < tokens.count, words.count < 7 {
      let token = tokens[index]
      if token.kind == .mark {
        // A dot or hyphen inside ("Mª. Auxiliadora", "Ruiz-Picasso").
        if token.text == "-", significant > 0 {
          index += 1
          continue
        }
        break
      }
      if token.kind == .number { break }
      if AddressReader.particles.contains(token.folded) {
        if FloorGrammar.startsNumber(tokens, index + 1), token.folded == "el" { break }
        let isSaint = ["san", "santa", "sant"].contains(token.folded)
        words.append(
          isSaint
            ? Capitals.written(token)
            : significant == 0 && token.isCapitalized ? token.text : token.text.lowercased())
        index += 1
        continue
      }
      if token.isNumberWord {
        guard let (text, next) = numberInName(index, after: words.last) else { break }
        words.append(text)
        significant += 1
        index = next
        continue
      }
      // "Ramón y Cajal"
      if ["y", "e", "i"].contains(token.folded), significant > 0, isSecondName(index + 1) {
        words.append(token.text.lowercased())
        index += 1
        continue
      }
      if AddressReader.ends.contains(token.folded), significant > 0 || token.folded == "en" {
        break
      }
      if AddressReader.ends.contains(token.folded), !token.isCapitalized { return nil }
      if let last = words.last, let (roman, next) = king(index, after: last) {
        words.append(roman)
        index = next
        continue
      }
      // "Bernardo de la Torre 40": behind a particle it is a name.
      let isNamed =
        words.last.map { AddressReader.particles.contains($0) } ?? false
        && FloorGrammar.startsNumber(tokens, index + 1)
        && !FloorGrammar.isOrdinal(token.folded)
      if significant > 0, !isNamed, FloorGrammar.startsComponent(tokens, index) { break }
      words.append(StreetSpelling.written(token, scene.gazetteers))
      significant += 1
      index += 1
    }
    while let last = words.last, AddressReader.particles.contains(Folding.fold(last)),
      significant > 0,
      words.count > 1, !["san", "santa", "sant"].contains(Folding.fold(last))
    {
      words.removeLast()
      index -= 1
    }
    return significant > 0 ? (words.joined(separator: " "), index) : nil
  }

  /// Whether a surname follows, and after it what an address has.
  func isSecondName(_ index: Int) -> Bool {
    guard index < tokens.count, tokens[index].kind == .word,
      scene.gazetteers.surname(tokens[index].folded) > 100
    else { return false }
    return tokens[index].isCapitalized || FloorGrammar.startsNumber(tokens, index + 1)
      || FloorGrammar.startsComponent(tokens, index + 1)
  }

  static let kings: Set<String> = [
    "alfonso", "pio", "juan", "felipe", "carlos", "fernando", "jaime", "jaume", "leon", "isabel",
    "sancho",
    "pedro", "xxiii",
  ]

  /// "Alfonso Doce", "Dos de Mayo": a number that belongs to the name.
  func numberInName(_ index: Int, after last: String?) -> (String, Int)? {
    guard let reading = NumberWords.read(tokens[index...]) else { return nil }
    var next = index + reading.count
    if let last, AddressReader.kings.contains(Folding.fold(last)), reading.value <= 23 {
      // "con números romanos"
      if next < tokens.count, tokens[next].text == ",", next + 1 < tokens.count,
        tokens[next + 1].folded == "con"
      {
        next += 2
        while next < tokens.count, tokens[next].kind == .word,
          ["numeros", "romanos", "numero", "romano"].contains(tokens[next].folded)
        {
          next += 1
        }
      }
      return FloorGrammar.startsNumber(tokens, next) ? (Capitals.roman(reading.value), next) : nil
    }
    // "Dos de Mayo", "Ocho de Marzo".
    if next + 1 < tokens.count, tokens[next].folded == "de",
      scene.pack.numerals.months[tokens[next + 1].folded] != nil
    {
      return (tokens[index].text.prefix(1).uppercased() + tokens[index].text.dropFirst(), next)
    }
    return nil
  }

  /// The number said instead of the one that ends there, with the index after it.
  func numberInstead(after place: Int) -> (String, Int)? {
    guard let start = scene.turn.restart(after: place) else { return nil }
    return FloorGrammar.number(tokens, start).flatMap { $0.0 == "s/n" ? nil : $0 }
  }

  /// The end of a number that is said once more: ", perdón. Veintiocho."
  func restated(_ number: String, from start: Int) -> Int {
    var index = start
    while index < tokens.count, index - start < 5 {
      if let (again, next) = FloorGrammar.number(tokens, index) {
        return again == number ? next : start
      }
      let isAside =
        tokens[index].kind == .mark
        || scene.turn.hits.contains { $0.kind == .repair && $0.tokens.contains(index) }
      guard isAside else { return start }
      index += 1
    }
    return start
  }

  /// What stands behind the name.
  func details(from start: Int, into address: inout StreetAddress) -> Int {
    var end = start
    if let (number, next) = FloorGrammar.number(tokens, start) {
      address.number = number
      end = next
      // "número 26 no 28, perdón. Veintiocho. Cuarto derecha"
      let instead = numberInstead(after: next).flatMap { $0.0 == number ? nil : $0 }
      if let (right, after) = instead ?? numberSetRight(number, after: next) {
        address.number = right
        end = restated(right, from: after)
      }
    }
    return FloorGrammar.read(tokens, end, into: &address)
  }
}

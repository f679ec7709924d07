/// Reads what comes behind a street's name: number, block, stairs, floor and door.
enum FloorGrammar {
  private static let ordinals: [String: Int] = [
    "primero": 1, "primer": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercero": 3, "tercer": 3,
    "tercera": 3, "cuarto": 4, "cuarta": 4, "quinto": 5, "quinta": 5, "sexto": 6, "sexta": 6,
    "septimo": 7, "septima": 7, "octavo": 8, "octava": 8, "noveno": 9, "novena": 9, "decimo": 10,
    "decima": 10, "undecimo": 11, "duodecimo": 12, "segon": 2, "segona": 2, "quart": 4, "quarta": 4,
    "cinque": 5, "cinquena": 5, "sise": 6, "sisena": 6, "terceiro": 3, "primeiro": 1,
  ]
  private static let floors: [String: String] = [
    "bajo": "Bajo", "bajos": "Bajo", "baja": "Bajo", "atico": "Ático", "entresuelo": "Entresuelo",
    "principal": "Principal", "entreplanta": "Entreplanta", "sobreatico": "Sobreático",
    "semisotano": "Semisótano", "sotano": "Sótano", "baixos": "Bajo", "baix": "Bajo",
    "baixo": "Bajo", "atic": "Ático", "entresol": "Entresuelo", "azotea": "Azotea",
  ]
  private static let sides: [String: String] = [
    "izquierda": "Izquierda", "izquierdo": "Izquierda", "izda": "Izquierda", "izq": "Izquierda",
    "derecha": "Derecha", "derecho": "Derecha", "dcha": "Derecha", "centro": "Centro",
    "exterior": "Exterior", "interior": "Interior", "esquerra": "Izquierda", "dreta": "Derecha",
  ]
  private static let blocks: [String: String] = [
    "bloque": "Bloque", "portal": "Portal", "escalera": "Escalera", "torre": "Torre",
    "nave": "Nave",
    "parcela": "Parcela", "chabola": "Chabola", "apartamento": "Apartamento", "apto": "Apartamento",
  ]

  /// Whether a number may begin at that token.
  static func startsNumber(_ tokens: [Token], _ index: Int) -> Bool {
    guard index < tokens.count else { return false }
    var index = index
    while index < tokens.count, tokens[index].text == "," { index += 1 }
    guard index < tokens.count else { return false }
    return tokens[index].isNumber
      || tokens[index].folded == "numero"
  }

  /// Whether a folded word numbers a floor: "quinto".
  static func isOrdinal(_ word: String) -> Bool { ordinals[word] != nil }

  /// The number of a folded ordinal: 5 of "quinto".
  static func ordinal(_ word: String) -> Int? { ordinals[word] }

  /// Whether floor, door or block may begin at that token.
  static func startsComponent(_ tokens: [Token], _ index: Int) -> Bool {
    guard index < tokens.count else { return false }
    let word = tokens[index].folded
    return ordinals[word] != nil || floors[word] != nil || blocks[word] != nil || word == "piso"
      || word == "puerta"
  }

  /// The house number with the index after it; "sin número" is `s/n`.
  static func number(_ tokens: [Token], _ start: Int) -> (String, Int)? {
    var index = start
    let skipped: Set<String> = [
      "en", "el", "numero", "num", "n", "al", "del", "º", "nº", "no", "edificio", "es",
    ]
    var steps = 0
    while index < tokens.count, steps < 5,
      tokens[index].text == "," || skipped.contains(tokens[index].folded)
        || tokens[index].text == "."
          && index > start && tokens[index - 1].folded == "n"
    {
      index += 1
      steps += 1
    }
    guard index < tokens.count else { return nil }
    if tokens[index].folded == "sin", index + 1 < tokens.count, tokens[index + 1].folded == "numero"
    {
      return ("s/n", index + 2)
    }
    if isCounted(tokens, index) { return nil }
    if tokens[index].kind == .number, tokens[index].text.count <= 4 {
      // "12º" is a floor.
      if index + 1 < tokens.count, ["º", "ª"].contains(tokens[index + 1].text) { return nil }
      var number = tokens[index].text
      var next = index + 1
      // "4 4, bajos": two digits dictated one by one.
      if number.count == 1, next + 1 < tokens.count, tokens[next].kind == .number,
        tokens[next].text.count == 1, tokens[next + 1].text == ","
      {
        number += tokens[next].text
        next += 1
      }
      if next < tokens.count, tokens[next].folded == "bis" {
        number += " bis"
        next += 1
      }
      return (String(number), next)
    }
    guard !["un", "una"].contains(tokens[index].folded),
      let reading = NumberWords.read(tokens[index...], joinsTens: true), reading.value < 2000,
      reading.value > 0
    else { return nil }
    return (String(reading.value), index + reading.count)
  }

  /// "Tres meses", "20 euros": what is counted is no house number.
  private static func isCounted(_ tokens: [Token], _ index: Int) -> Bool {
    var next = index + 1
    while next < tokens.count,
      tokens[next].isNumberWord || tokens[next].folded == "y"
    {
      next += 1
    }
    guard next < tokens.count, tokens[next].kind == .word else { return false }
    return AddressReader.units.contains(tokens[next].folded)
      || counted.contains(tokens[next].folded)
  }

  private static let counted: Set<String> = ["euros", "personas", "hijos", "hijas", "metros"]

  /// Reads components as far as they go; returns the index after them.
  static func read(_ tokens: [Token], _ start: Int, into address: inout StreetAddress) -> Int {
    var end = start
    var index = start
    while index < tokens.count {
      let isStop =
        tokens[index].text == "." && address.floor == nil && startsComponent(tokens, index + 1)
      let isFiller =
        ["vale", "si", "perdon"].contains(tokens[index].folded) && address.floor == nil
        && address.number != nil
      if isStop || isFiller || [",", "-", "/"].contains(tokens[index].text)
        || ["y", "el", "la", "en", "piso", "es"].contains(tokens[index].folded)
      {
        guard index - end < 3 else { break }
        index += 1
        continue
      }
      guard let next = component(tokens, index, &address) else { break }
      index = next
      end = next
    }
    return end
  }

  private static func component(
    _ tokens: [Token], _ index: Int, _ address: inout StreetAddress
  ) -> Int? {
    let word = tokens[index].folded
    if let block = blocks[word] {
      guard let (label, next) = label(tokens, index + 1) else { return nil }
      address.block = (address.block.map { $0 + ", " } ?? "") + "\(block) \(label)"
      return next
    }
    if address.door == nil, ["izquierda", "derecha"].contains(word), let side = sides[word] {
      address.door = side
      return index + 1
    }
    if word == "puerta" {
      guard let (door, next) = door(tokens, index + 1) else { return nil }
      let isNumber = door.allSatisfy(\.isNumber)
      address.door = address.floor == nil && isNumber ? "Puerta \(door)" : door
      return next
    }
    if address.floor == nil, let (floor, next) = floor(tokens, index) {
      address.floor = floor
      // "Puerta 3, bajo": the door was told first.
      if let door = address.door, door.hasPrefix("Puerta ") {
        address.door = String(door.dropFirst("Puerta ".count))
        return next
      }
      if next < tokens.count, let (door, end) = door(tokens, skipComma(tokens, next)) {
        address.door = door
        return end
      }
      return next
    }
    return nil
  }

  private static func skipComma(_ tokens: [Token], _ index: Int) -> Int {
    var index = index
    while index < tokens.count,
      [",", "-"].contains(tokens[index].text) || ["piso", "puerta"].contains(tokens[index].folded)
    {
      index += 1
    }
    return index
  }

  private static func floor(_ tokens: [Token], _ index: Int) -> (String, Int)? {
    let word = tokens[index].folded
    if let floor = floors[word] { return (floor, index + 1) }
    if let value = ordinals[word] { return ("\(value)º", index + 1) }
    if tokens[index].kind == .number, tokens[index].text.count <= 2, index + 1 < tokens.count,
      ["º", "o", "ª", "er", "°"].contains(tokens[index + 1].text)
    {
      return ("\(tokens[index].text)º", index + 2)
    }
    // "203, 4 A": behind a house number, with its door.
    if tokens[index].kind == .number, tokens[index].text.count <= 2, index > 0,
      tokens[index - 1].kind == .number || tokens[index - 1].text == ",",
      index + 1 < tokens.count, tokens[index + 1].text.unicodeScalars.count == 1,
      tokens[index + 1].kind == .word, tokens[index + 1].isCapitalized
    {
      return ("\(tokens[index].text)º", index + 1)
    }
    // "piso tres", "el 3 B": only behind the word.
    if index > 0, tokens[index - 1].folded == "piso", !isCounted(tokens, index),
      let reading = Int(tokens[index].text) ?? NumberWords.read(tokens[index...])?.value,
      reading < 40
    {
      return ("\(reading)º", index + 1)
    }
    return nil
  }

  private static func door(_ tokens: [Token], _ index: Int) -> (String, Int)? {
    guard index < tokens.count else { return nil }
    let word = tokens[index].folded
    if let side = sides[word] { return (side, index + 1) }
    if word == "letra", index + 1 < tokens.count,
      let letter = LetterNames.read(tokens[(index + 1)...])
    {
      return (String(letter.letter), index + 1 + letter.count)
    }
    if let value = ordinals[word] {
      return ("\(value)\(word.hasSuffix("a") ? "ª" : "º")", index + 1)
    }
    if tokens[index].kind == .number, tokens[index].text.count <= 3 {
      if index + 1 < tokens.count, ["º", "ª"].contains(tokens[index + 1].text) {
        return ("\(tokens[index].text)\(tokens[index + 1].text)", index + 2)
      }
      let isLonger = index + 1 < tokens.count && tokens[index + 1].kind == .number
      if index > 0, !isLonger,
        ["puerta", ",", "º", "-"].contains(tokens[index - 1].folded)
          || floors[tokens[index - 1].folded] != nil
      {
        return (tokens[index].text, index + 1)
      }
      return nil
    }
    if index > 0, tokens[index - 1].folded == "puerta",
      let reading = NumberWords.read(tokens[index...])
    {
      return (String(reading.value), index + reading.count)
    }
    // "segundo uno": after a floor in words.
    if let digit = NumberWords.small[word], (1...9).contains(digit), index > 0,
      ordinals[tokens[index - 1].folded] != nil,
      index + 1 >= tokens.count || tokens[index + 1].kind == .mark
    {
      return (String(digit), index + 1)
    }
    if let letter = LetterNames.read(tokens[index...]), isDoorLetter(tokens, index, letter.count) {
      return (String(letter.letter), index + letter.count)
    }
    return nil
  }

  /// A letter's name that is an everyday word too ("de", "a") is a door only where nothing else follows.
  private static func isDoorLetter(_ tokens: [Token], _ index: Int, _ count: Int) -> Bool {
    let token = tokens[index]
    if token.text.unicodeScalars.count == 1, token.isCapitalized { return true }
    if !token.isAmbiguousLetter || count == 2 { return true }
    let after = index + count
    if token.folded == "be" || token.folded == "ce" || token.folded == "ge" { return true }
    return after >= tokens.count || tokens[after].kind == .mark
  }

  private static func label(_ tokens: [Token], _ index: Int) -> (String, Int)? {
    guard index < tokens.count else { return nil }
    if tokens[index].kind == .number { return (tokens[index].text, index + 1) }
    if let value = ordinals[tokens[index].folded] { return ("\(value)", index + 1) }
    if let reading = NumberWords.read(tokens[index...]) {
      return (String(reading.value), index + reading.count)
    }
    if let letter = LetterNames.read(tokens[index...]) {
      return (String(letter.letter), index + letter.count)
    }
    if let side = sides[tokens[index].folded] { return (side, index + 1) }
    return nil
  }
}

import Forms

/// Counts the people that are named as living together: "mi marido, la niña, que tiene siete, y yo".
///
/// A plural ("los tres niños") is a group; children named one by one behind it are its members, not more people.
struct Census {
  let scene: Scene
  private let tokens: [Token]
  private let names: NameWords

  init(_ scene: Scene) {
    self.scene = scene
    tokens = scene.turn.tokens
    names = NameWords(scene)
  }

  /// One person, or a group said in one word.
  private struct Unit {
    var count: Int
    /// Whether the number was said.
    var isExact: Bool
    let isChild: Bool
    let isGroup: Bool
    let index: Int
    var ages: [Int] = []
    /// Members of a group that were named one by one.
    var details = 0

    var people: Int { isGroup && !isExact && details > 0 ? details : count }
    var minors: Int {
      let young = ages.filter { $0 < 18 }.count
      let grown = ages.count - young
      return isChild ? max(young, people - grown) : min(people, young)
    }
  }

  /// Size and minors, where the turn answers who lives there.
  func count() -> [Mention]? {
    guard let start, !isShared else { return nil }
    let units = units(from: start)
    guard let first = units.first, let last = units.last else { return nil }
    let people = units.map(\.people).reduce(0, +)
    let minors = units.map(\.minors).reduce(0, +)
    let isSure = units.allSatisfy { !$0.isGroup || $0.isExact || $0.details > 0 }
    let range = first.index..<(last.index + 1)
    return [
      Mention(
        field: "household_size", value: .integer(people + 1), confidence: isSure ? 0.66 : 0.52,
        tokens: range, rule: "household_counted"),
      Mention(
        field: "minors", value: .integer(minors), confidence: isSure ? 0.66 : 0.5, tokens: range,
        rule: "minors_counted"),
    ]
  }

  // MARK: - Where

  private var start: Int? {
    if let answer = scene.answer(.household) {
      if answer.age == 1 { return 0 }
      if answer.age == 2, living != nil { return living }
      if answer.age == 0, !scene.turn.hasQuestion, hasYou || living != nil { return answer.start }
      if hasYou, !scene.turn.hasQuestion { return 0 }
    }
    return living ?? listed
  }

  /// "mi tía, el vicente, mi primo marc y yo": a list that ends with the speaker, asked or not.
  private var listed: Int? {
    let words = tokens.map(\.folded)
    let hasI = zip(words, words.dropFirst()).contains {
      $0 == "y" && ["yo", "servidora", "servidor"].contains($1)
    }
    guard hasI, scene.opening != .denies, scene.turn.number < 60 else { return nil }
    let kin = words.filter { Census.adults.contains($0) || Census.children.contains($0) }.count
    return kin >= 2 ? 0 : nil
  }

  /// Where "vivo con", "vivimos con", "estoy con" begins.
  private var living: Int? {
    for index in tokens.indices.dropLast() {
      let isVerb = ["vivo", "vivimos", "live"].contains(tokens[index].folded)
      let isStay =
        ["estoy", "estamos"].contains(tokens[index].folded) && scene.isAbout(.household, .place)
      let next = tokens[index + 1].folded
      if isVerb || isStay,
        next == "con" || next == "solo" && word(index + 2) == "con" || next == "with"
      {
        return index
      }
    }
    return nil
  }

  /// "la niña y tú".
  private var hasYou: Bool {
    zip(tokens, tokens.dropFirst()).contains {
      $0.folded == "y" && ["tu", "usted"].contains($1.folded)
    }
  }

  /// "cada uno por su cuenta", "seis compañeros": people who share a flat are no household.
  var isShared: Bool {
    let words = Set(tokens.map(\.folded))
    let isApart =
      words.contains("cuenta")
      || words.contains("cada") && (words.contains("uno") || words.contains("cual"))
    return isApart
      || !words.isDisjoint(with: ["companeros", "companeras", "compartido", "desconocidos"])
  }

  private func word(_ index: Int) -> String { scene.turn.word(index) }

  // MARK: - Who

  private static let adults: Set<String> = [
    "marido", "esposo", "esposa", "mujer", "pareja", "hermano", "hermana", "madre", "padre", "mama",
    "mami", "papa", "papi",
    "suegra", "suegro", "abuela", "abuelo", "novio", "novia", "cunada", "cunado", "tia", "tio",
    "prima", "primo", "hermanos",
    "hermanas", "padres", "suegros", "yerno", "nuera", "senora", "parienta", "abuelos", "abuelita",
    "abuelito", "primos",
    "tios", "companera", "amiga", "husband", "wife", "mother", "father", "brother", "sister",
    "yaya",
  ]
  private static let children: Set<String> = [
    "hijo", "hija", "hijos", "hijas", "nieto", "nieta", "nietos", "nietas", "sobrino", "sobrina",
    "sobrinos", "sobrinas",
    "nino", "nina", "ninos", "ninas", "bebe", "bebes", "pequeno", "pequena", "pequenos", "pequenas",
    "chiquito", "chiquita",
    "chiquitos", "chiquitas", "peque", "peques", "crio", "cria", "crios", "crias", "nene", "nena",
    "nenes", "gemelos",
    "gemelas", "mellizos", "mellizas", "chiquillo", "chiquilla", "chiquillos", "menores", "pelaos",
    "pelados", "cipotes",
    "chamos", "chamo", "chama", "guaguas", "guagua", "chavales", "chaval", "churumbeles", "nanos",
    "zagal", "zagala",
    "zagales", "hijito", "hijita", "hijitos", "nietecito", "nietecita", "nietecitos", "ninito",
    "ninita", "bebito", "chavos",
    "mios", "mias", "jimaguas", "pequenita", "pequenito", "muchachos", "muchacho", "muchacha",
    "criaturas",
    "criatura", "son", "daughter", "children",
    "kids", "baby",
  ]
  private static let adjectives: Set<String> = [
    "mayor", "grande", "mediano", "mediana", "menor", "chico", "chica", "varon", "otro", "otra",
    "primero", "segundo",
    "tercero", "primera", "segunda", "tercera", "ultimo", "ultima",
  ]
  private static let determiners: Set<String> = [
    "mi", "mis", "el", "la", "los", "las", "un", "una", "nuestra", "nuestro", "nuestros",
    "nuestras", "otro", "otra", "tu",
    "su", "tus", "sus", "al", "my", "the", "our", "con", "y", "e", ",", "recien", "otros", "otras",
  ]
  private static let leaving: Set<String> = [
    "quedo", "quedaron", "regreso", "volvio", "marcho", "caso", "independizo", "murio", "fallecio",
    "alla", "fallecieron",
    "murieron", "aparte", "deporto", "deportaron", "fue", "venia", "ido", "casado", "casada",
    "separo",
  ]

  private func units(from start: Int) -> [Unit] {
    var units: [Unit] = []
    var named = -1
    var index = start
    while index < tokens.count {
      if isAway(index), let last = units.last, index - last.index < 12 {
        if last.details > 0 { units[units.count - 1].details -= 1 } else { units.removeLast() }
        index = endOfClause(index)
        continue
      }
      if let unit = noun(at: index) ?? pronoun(at: index) ?? bareGroup(at: index, units) {
        if isDetail(unit, of: units) {
          units[units.count - 1].details += 1
        } else {
          units.append(unit)
        }
        named = index
      } else if isName(at: index, after: units.last) {
        if let group = units.indices.last, units[group].isGroup,
          units[group].isChild || isListed(index)
        {
          // Whoever is named behind "mis tres hijos" is one of them.
          if !units[group].isExact || units[group].details < units[group].count {
            units[group].details += 1
          }
        } else {
          units.append(
            Unit(count: 1, isExact: true, isChild: false, isGroup: false, index: index))
        }
        named = index
      } else if let last = units.indices.last, let (age, used) = age(at: index, named: named) {
        if isAnotherChild(index, units[last]) {
          units.append(
            Unit(
              count: 1, isExact: true, isChild: true, isGroup: false, index: index, ages: [age]))
        } else if units[last].isGroup || units[last].ages.isEmpty {
          units[last].ages.append(age)
          if units[last].isGroup, ["el", "la"].contains(word(index - 2)) {
            units[last].details += 1
          }
        }
        index += used
        continue
      } else if let last = units.indices.last, units[last].isGroup, !units[last].isChild,
        ["colegio", "cole", "escuela", "eso", "primaria"].contains(tokens[index].folded)
      {
        units[last].ages = Array(repeating: 10, count: units[last].count)
      }
      index += 1
    }
    return units
  }

  /// "el de doce y la de nueve": each is one child more.
  private func isAnotherChild(_ index: Int, _ last: Unit) -> Bool {
    ["el", "la"].contains(word(index - 2)) && word(index - 1) == "de" && !last.isGroup
      && !last.ages.isEmpty
  }

  /// "él, yo y los dos": somebody meant without a name.
  private func pronoun(at index: Int) -> Unit? {
    guard tokens[index].text.lowercased() == "él" || tokens[index].folded == "ella",
      ["y", ",", "."].contains(word(index + 1)) || word(index - 1) == "y"
    else { return nil }
    return Unit(count: 1, isExact: true, isChild: false, isGroup: false, index: index)
  }

  /// "con mis dos", "y los tres": children without the word.
  private func bareGroup(at index: Int, _ units: [Unit]) -> Unit? {
    guard ["mis", "los", "las"].contains(word(index - 1)),
      let number = NumberWords.small[tokens[index].folded] ?? Int(tokens[index].text),
      (2...9).contains(number), index + 1 >= tokens.count || tokens[index + 1].kind == .mark,
      word(index - 1) == "mis" || !units.isEmpty && word(index - 2) == "y"
    else { return nil }
    return Unit(count: number, isExact: true, isChild: true, isGroup: true, index: index)
  }

  private func endOfClause(_ index: Int) -> Int {
    var index = index
    while index < tokens.count, !tokens[index].endsSentence, tokens[index].text != ",",
      tokens[index].folded != "y"
    {
      index += 1
    }
    return index
  }

  private func noun(at index: Int) -> Unit? {
    let folded = tokens[index].folded
    let before = index > 0 ? tokens[index - 1] : nil
    let number = before.flatMap { Int($0.text) ?? NumberWords.small[$0.folded] }.flatMap {
      (1...9).contains($0) ? $0 : nil
    }
    let isAdult = Census.adults.contains(folded)
    let isChild = Census.children.contains(folded)
    let isAdjective =
      Census.adjectives.contains(folded)
      && ["el", "la", "un", "una"].contains(before?.folded ?? "")
    guard isAdult || isChild || isAdjective else { return nil }
    guard
      number != nil || before == nil || Census.determiners.contains(before?.folded ?? "")
        || before?.text == ","
    else {
      return nil
    }
    if word(index - 2) == "de" || word(index - 1) == "de" { return nil }
    // "Nino", "la Abril, que es mi cuñada": names and descriptions.
    if tokens[index].isCapitalized,
      !names.isSentenceStart(index)
        || word(index - 1).isEmpty && index > 0 && tokens[index - 1].text == ","
    {
      return nil
    }
    if ["es", "era"].contains(word(index - 2)) { return nil }
    if ["de", "del"].contains(word(index + 1)),
      ["mi", "su", "la", "el", "ella", "ellos", "ellas"].contains(word(index + 2))
    {
      return nil
    }
    if isAdjective, index + 1 < tokens.count,
      ["parte", "vez", "dia", "mes", "piso"].contains(word(index + 1))
    {
      return nil
    }
    if ["sin", "no", "ni"].contains(word(index - 2)) { return nil }
    let isGroup = folded.hasSuffix("s") && folded != "menos" || folded == "children"
    // "los míos, que son cuatro"
    let told = isGroup ? toldCount(behind: index) : nil
    let count = number ?? told ?? (isGroup ? 2 : 1)
    let isPair = [
      "gemelos", "gemelas", "mellizos", "mellizas", "jimaguas", "padres", "suegros", "abuelos",
    ]
    .contains(folded)
    return Unit(
      count: count, isExact: number != nil || told != nil || !isGroup || isPair,
      isChild: isChild || isAdjective,
      isGroup: isGroup,
      index: index)
  }

  private func toldCount(behind index: Int) -> Int? {
    var next = index + 1
    if next < tokens.count, tokens[next].text == "," { next += 1 }
    guard word(next) == "que", word(next + 1) == "son", next + 2 < tokens.count else { return nil }
    return Int(tokens[next + 2].text) ?? NumberWords.small[tokens[next + 2].folded]
  }

  /// A child that is named behind its group.
  private func isDetail(_ unit: Unit, of units: [Unit]) -> Bool {
    guard let group = units.last, group.isGroup, group.isChild, unit.isChild, !unit.isGroup else {
      return false
    }
    return !group.isExact || group.details < group.count
  }

  /// A name that stands for somebody not yet counted.
  private func isName(at index: Int, after last: Unit?) -> Bool {
    let token = tokens[index]
    guard token.kind == .word,
      names.given(token) >= 20 || token.isCapitalized && !names.isSentenceStart(index),
      names.isName(index, small: true, inside: false), names.given(token) * 3 > names.surname(token)
    else { return false }
    let before = index > 0 ? tokens[index - 1] : nil
    if let last, last.index == index - 3, ["el", "la"].contains(word(index - 1)),
      tokens[index - 2].text == ","
    {
      return false
    }
    // "mi hija, Daria", "mi madre iryna", "y yo, Elvira": the name of one just counted.
    if let last, !last.isGroup,
      last.index == index - 1 || last.index == index - 2 && before?.text == ","
    {
      return false
    }
    if word(index - 2) == "yo" || word(index - 1) == "yo" {
      return word(index - 1) == "yo" && !token.isCapitalized
    }
    if ["la", "el", "senora", "don", "dona", "de", "en", "a"].contains(before?.folded ?? "") {
      return ["la", "el"].contains(before?.folded ?? "")
    }
    // Named again with an age: "Daria tiene dieciséis".
    let isAgain = tokens[..<index].contains { $0.folded == token.folded }
    return !isAgain
  }

  /// Whether a name stands in a list of names.
  private func isListed(_ index: Int) -> Bool {
    ["y", ","].contains(word(index + 1)) || ["y", ","].contains(word(index - 1))
      || word(index - 1) == "son"
  }

  /// An age in years with the number of its tokens: "que tiene siete", "de tres", "17 años".
  ///
  /// - Parameter named: the token at which somebody was named last, whose age may follow at once.
  private func age(at index: Int, named: Int) -> (Int, Int)? {
    let token = tokens[index]
    guard token.kind == .number || NumberWords.isNumber(token.folded) else { return nil }
    let value: Int
    let used: Int
    if token.kind == .number {
      guard let number = Int(token.text) else { return nil }
      (value, used) = (number, 1)
    } else {
      guard let reading = NumberWords.read(tokens[index...]) else { return nil }
      (value, used) = (reading.value, reading.count)
    }
    let after = word(index + used)
    let isYears = ["anos", "ano", "anitos", "meses", "mesecitos", "dias"].contains(after)
    let before = word(index - 1)
    let isCue = [
      "de", "tiene", "tienen", "con", "cumplio", "cumple", "y", ",", "son", "otra", "otro",
    ].contains(before)
    guard (0...110).contains(value), isYears || isCue || named == index - 1 else { return nil }
    if Census.adults.contains(after) || Census.children.contains(after) { return nil }
    return (["meses", "mesecitos", "dias"].contains(after) ? 0 : value, used)
  }

  /// "está con su madre en Honduras", "vive en Sevilla", "se quedó allá", "ya se ha casado".
  private func isAway(_ index: Int) -> Bool {
    let folded = tokens[index].folded
    if Census.leaving.contains(folded) { return folded != "fue" || word(index - 1) == "se" }
    guard ["vive", "esta", "viven", "estan", "anda"].contains(folded) else { return false }
    let next = word(index + 1)
    if next == "con" { return !["nosotros", "nosotras"].contains(word(index + 2)) }
    if next == "en" {
      return !["casa", "el", "primero", "segundo", "primaria", "la"].contains(word(index + 2))
        || word(index + 2) == "la" && word(index + 3) == "carcel"
    }
    return ["alla", "abajo", "arriba", "fuera", "por", "aparte"].contains(next)
  }
}

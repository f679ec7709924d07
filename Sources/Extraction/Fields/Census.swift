import Forms

/// Counts the people that are named as living together: "mi marido, la niña, que tiene siete, y yo".
struct Census {
  let scene: Scene
  private var tokens: [Token] { scene.turn.tokens }

  init(_ scene: Scene) { self.scene = scene }

  private enum Kind { case adult, minor, unknown }

  private static let adults: Set<String> = [
    "marido", "esposo", "esposa", "mujer", "pareja", "hermano", "hermana", "madre", "padre", "mama",
    "mami", "papa",
    "papi", "suegra", "suegro", "abuela", "abuelo", "novio", "novia", "cunada", "cunado", "tia",
    "tio", "prima", "primo",
    "compañero", "hermanos", "hermanas", "padres", "suegros", "yerno", "nuera", "senora",
    "parienta", "viejo",
  ]
  private static let minors: Set<String> = [
    "nino", "nina", "ninos", "ninas", "bebe", "pequeno", "pequena", "pequenos", "pequenas",
    "chiquito", "chiquita",
    "chiquitos", "chiquitas", "peque", "peques", "crio", "cria", "crios", "nene", "nena", "recien",
    "gemelos", "gemelas",
    "mellizos", "mellizas", "chiquillo", "chiquilla", "chiquillos", "menores",
  ]
  private static let children: Set<String> = [
    "hijo", "hija", "hijos", "hijas", "nieto", "nieta", "nietos", "nietas", "sobrino", "sobrina",
    "sobrinos",
  ]
  private static let plurals: Set<String> = [
    "hijos", "hijas", "ninos", "ninas", "pequenos", "pequenas", "chiquitos", "chiquitas", "peques",
    "crios", "gemelos",
    "gemelas", "mellizos", "mellizas", "nietos", "nietas", "sobrinos", "hermanos", "hermanas",
    "padres", "suegros",
    "chiquillos",
  ]

  private struct Member {
    var count: Int
    var minors: Int
    var index: Int
    var isKnown: Bool
  }

  /// Size and minors, where the turn answers who lives there.
  func count() -> [Mention]? {
    guard let answer = scene.answer(.household), answer.age <= 1 || answer.age == 2 && hasLiving,
      answer.age > 0 || hasLiving || !scene.turn.hasQuestion && hasYou
    else { return hasLiving && startsWithLivingCon ? counted(from: 0) : nil }
    return counted(from: answer.age == 0 ? answer.start : 0)
  }

  /// "la niña y tú".
  private var hasYou: Bool {
    zip(tokens, tokens.dropFirst()).contains {
      $0.folded == "y" && ["tu", "usted"].contains($1.folded)
    }
  }

  private var hasLiving: Bool {
    let words = tokens.map(\.folded)
    return zip(words, words.dropFirst()).contains { pair in
      ["vivo", "vivimos", "somos", "estamos", "estoy"].contains(pair.0)
        && ["con", "yo", "mi", "solo", "los"].contains(pair.1)
    }
  }

  private var startsWithLivingCon: Bool {
    let words = tokens.map(\.folded)
    return zip(words, words.dropFirst()).contains {
      ["vivo", "vivimos"].contains($0) && $1 == "con"
    }
  }

  private func counted(from start: Int) -> [Mention]? {
    var members: [Member] = []
    var hasSelf = false
    var selfIndex = start
    var firstIndex: Int?
    var index = start
    while index < tokens.count {
      let word = tokens[index].folded
      if isAway(index) {
        // Somebody who lives elsewhere ends the sentence's list.
        if let last = members.last, index - last.index < 14,
          scene.turn.sentences[last.index] == scene.turn.sentences[index]
        {
          members.removeLast()
        }
        index = scene.turn.sentence(of: index).upperBound
        continue
      }
      if word == "yo" || word == "servidor" || word == "servidora" || word == "conmigo"
        || word == "tu"
          && index > 0 && ["y", ","].contains(tokens[index - 1].text)
      {
        hasSelf = true
        selfIndex = index
        firstIndex = firstIndex ?? index
      } else if let kind = kind(word), isMember(index) {
        members.append(member(kind, at: index))
        firstIndex = firstIndex ?? index
      } else if let last = members.indices.last, let age = age(at: index),
        tokens[last].kind != .mark || true
      {
        applyAge(age, to: &members[last], at: index)
      }
      index += 1
    }
    guard !members.isEmpty, let first = firstIndex else { return nil }
    let others = members.map(\.count).reduce(0, +)
    let minors = members.map(\.minors).reduce(0, +)
    let end = max(selfIndex, members.last?.index ?? first) + 1
    let isSure = members.allSatisfy(\.isKnown)
    let range = min(first, end - 1)..<end
    _ = hasSelf
    return [
      Mention(
        field: "household_size", value: .integer(others + 1), confidence: isSure ? 0.72 : 0.5,
        tokens: range, rule: "household_counted"),
      Mention(
        field: "minors", value: .integer(minors), confidence: isSure ? 0.72 : 0.45, tokens: range,
        rule: "minors_counted"),
    ]
  }

  private func kind(_ word: String) -> Kind? {
    if Census.adults.contains(word) { return .adult }
    if Census.minors.contains(word) { return .minor }
    return Census.children.contains(word) ? .unknown : nil
  }

  /// Whether a noun names somebody in the list, not a comparison or an owner ("la casa de mi hermana").
  private func isMember(_ index: Int) -> Bool {
    let before = (1...3).map { index - $0 }.filter { $0 >= 0 }.map { tokens[$0].folded }
    guard let first = before.first else { return true }
    let determiners: Set<String> = [
      "mi", "mis", "el", "la", "los", "las", "un", "una", "dos", "tres", "cuatro", "cinco", "seis",
      "2", "3", "4", "5",
      "nuestra", "nuestro", "nuestros", "otro", "otra", "tu", "su", "tus", "sus", "al",
    ]
    let isListed = ["y", "e", ","].contains(first) || tokens[index - 1].text == ","
    if !determiners.contains(first), first != "recien", first != "hijos", !isListed { return false }
    if before.dropFirst().first == "de" || before.dropFirst().first == "del" { return false }
    return true
  }

  private func member(_ kind: Kind, at index: Int) -> Member {
    let word = tokens[index].folded
    var count = 1
    if index > 0 {
      let before = tokens[index - 1]
      if let value = Int(before.text) ?? NumberWords.small[before.folded], (1...9).contains(value),
        Census.plurals.contains(word)
      {
        count = value
      } else if Census.plurals.contains(word) {
        count = 2
      }
    }
    if ["gemelos", "gemelas", "mellizos", "mellizas", "padres", "suegros"].contains(word),
      count == 1
    {
      count = 2
    }
    switch kind {
    case .adult: return Member(count: count, minors: 0, index: index, isKnown: true)
    case .minor: return Member(count: count, minors: count, index: index, isKnown: true)
    case .unknown:
      return Member(count: count, minors: count, index: index, isKnown: false)
    }
  }

  /// An age at that token: "que tiene siete", "de tres", "diecinueve", in years.
  private func age(at index: Int) -> Int? {
    guard tokens[index].kind == .number || NumberWords.isNumber(tokens[index].folded) else {
      return nil
    }
    let before = index > 0 ? tokens[index - 1].folded : ""
    let isAge =
      ["de", "tiene", "tienen", "con", "cumplio", "cumple", "y", ","].contains(before)
      || index + 1 < tokens.count && ["anos", "ano", "meses"].contains(tokens[index + 1].folded)
    guard isAge else { return nil }
    let value = Int(tokens[index].text) ?? NumberWords.read(tokens[index...])?.value
    guard let value, (0...100).contains(value) else { return nil }
    let after = index + 1 < tokens.count ? tokens[index + 1].folded : ""
    if Census.plurals.contains(after) || kind(after) != nil { return nil }
    return after == "meses" ? 0 : value
  }

  private func applyAge(_ age: Int, to member: inout Member, at index: Int) {
    guard index - member.index <= 12 || !member.isKnown else { return }
    if member.count == 1 {
      member.minors = age < 18 ? 1 : 0
      member.isKnown = true
    } else if age >= 18, member.minors > 0 {
      member.minors -= 1
    }
    if member.count > 1, age < 18 { member.isKnown = true }
  }

  /// "está con su madre en Honduras", "vive en Sevilla", "se quedó en", "allá".
  private func isAway(_ index: Int) -> Bool {
    let word = tokens[index].folded
    let next = index + 1 < tokens.count ? tokens[index + 1].folded : ""
    if word == "alla" || word == "quedo" || word == "quedaron" { return true }
    if ["vive", "esta", "viven", "estan"].contains(word) {
      return ["en", "con", "alla", "abajo", "arriba", "aparte", "fuera", "por"].contains(next)
        && !(next == "con" && index + 2 < tokens.count
          && ["nosotros", "migo"].contains(tokens[index + 2].folded))
        && !(next == "en" && index + 2 < tokens.count
          && ["casa", "el", "primero"].contains(tokens[index + 2].folded))
    }
    return false
  }
}

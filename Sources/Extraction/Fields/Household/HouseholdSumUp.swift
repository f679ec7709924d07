import Forms

/// Reads the sum with which the talk about who lives together is closed: "vale, uno entonces", "usted, su madre y los
/// dos chicos: cuatro", "cinco. Y menores tú e Ilyas, dos".
///
/// A number counts people where nothing but small words of summing up stands between it and the borders of its clause.
struct HouseholdSumUp {
  let statements: HouseholdStatements
  /// The size that was counted or stated so far.
  let expected: Int?
  /// Whether the turns right before were about the household.
  let isTalk: Bool
  /// Whether ages were asked for.
  let isAge: Bool
  var turn: Turn { statements.scene.turn }
  var tokens: [Token] { statements.tokens }

  private func word(_ index: Int) -> String { turn.word(index) }

  /// Words of summing up that may stand before the number.
  private static let before: Set<String> = [
    "entonces", "pues", "vale", "o", "sea", "son", "sois", "somos", "seran", "total", "en", "casa",
    "pongo", "ponemos", "apunto", "anoto", "cuento", "marco", "queda", "quedan", "quedais", "van",
    "ustedes", "vosotros", "vosotras", "nosotros", "nosotras", "ellos", "ellas", "ah", "ok", "bien",
    "asi", "que", "ahora", "aqui", "la", "el", "los", "las", "ficha", "unidad", "hogar", "familia",
    "familiar", "convivencia", "domicilio", "de", "solo", "hago", "te", "le", "os", "les", "salen",
    "sale", "tengo", "hacen", "hay", "serian", "seria", "a", "todos", "todas", "dejo", "y", "es",
    "personas", "momento", "eh", "mira", "bueno", "perfecto", "claro", "por", "vivis", "viven",
    "estais", "estan", "contigo", "mismo", "un", "una",
  ]
  /// Words that may stand behind it.
  private static let after: Set<String> = [
    "entonces", "pues", "en", "personas", "persona", "nada", "contigo", "conmigo", "no", "vale",
    "si", "ahora", "total", "con", "y", "residentes", "convivientes", "miembros", "bocas", "todos",
    "todas", "solo", "sola", "aqui", "verdad", "familiar", "sin", "eh", "juntos", "juntas",
  ]
  /// Words that say what the number is for.
  private static let form: Set<String> = [
    "hogar", "unidad", "ficha", "pongo", "ponemos", "apunto", "anoto", "cuento", "marco", "dejo",
    "hago", "residentes", "convivientes", "miembros", "personas", "persona", "casa", "total",
    "familia", "domicilio",
  ]
  /// Words that are said of the household's entry alone.
  private static let ledger: Set<String> = [
    "hogar", "unidad", "ficha", "residentes", "convivientes", "pongo", "familia",
  ]
  /// Words that tell that something is summed up.
  private static let summing: Set<String> = [
    "entonces", "sea", "pues", "vale", "total", "sois", "son", "asi", "ah", "bueno",
  ]

  /// The size, where the turn sums it up.
  func size() -> [Mention] {
    guard statements.hasNumber, !turn.hasQuestion || turn.tokens.last?.text == "?",
      !isLong
    else { return [] }
    for index in tokens.indices {
      guard let (value, count) = statements.number(index), (1...15).contains(value),
        index == 0 || !statements.isNumber(index - 1), !statements.isNumber(index + count),
        let strength = strength(of: value, at: index, count)
      else { continue }
      let confidence = turn.isQuestion(index) ? min(strength, 0.6) : strength
      return statements.mention(
        "household_size", value, index..<(index + count), confidence, "household_sum")
    }
    return []
  }

  /// A telephone, a date, an address.
  private var isLong: Bool {
    tokens.count { $0.kind == .number || $0.isSmallNumber } > 3
  }

  /// How sure it is that a number sums up who lives there; nil where it counts something else.
  private func strength(of value: Int, at index: Int, _ count: Int) -> Double? {
    let next = word(index + count)
    guard endsClause(index + count), !["un", "una"].contains(word(index)) || next == "persona",
      !(next == "persona" && ["que", "mas", "para"].contains(word(index + count + 1)))
    else { return nil }
    let sentence = turn.sentence(of: index)
    guard let left = leftBorder(of: index, in: sentence), !isOfGroup(index) else { return nil }
    let isExpected = value == expected
    let end = (index + count..<min(sentence.upperBound, index + count + 3)).first {
      tokens[$0].kind == .mark
    }
    let words = Set(
      tokens[left..<(end ?? min(sentence.upperBound, index + count + 3))].map(\.folded))
    let isForm = !words.isDisjoint(with: HouseholdSumUp.form)
    let isSumming = !words.isDisjoint(with: HouseholdSumUp.summing)
    let isEndOfList = left > sentence.lowerBound && isList(sentence.lowerBound..<left)
    if !isTalk {
      if isEndOfList { return 0.8 }
      return words.isDisjoint(with: HouseholdSumUp.ledger) ? nil : 0.8
    }
    if isAge, !isExpected, !isForm, !isSumming, !isEndOfList { return nil }
    if isExpected { return isForm || isSumming || isEndOfList || left == index ? 0.86 : nil }
    if isForm { return 0.8 }
    if isEndOfList || word(left - 1) == ":" { return 0.74 }
    guard let expected, abs(expected - value) <= 2 else { return isSumming ? 0.66 : nil }
    return isSumming ? 0.74 : left == index && left == sentence.lowerBound ? 0.66 : nil
  }

  /// "los míos, que son cuatro", "los hijos tres": so many of those named.
  private func isOfGroup(_ index: Int) -> Bool {
    ["son", "somos", "sois"].contains(word(index - 1)) && word(index - 2) == "que"
      || turn.hits.contains {
        $0.kind.isKin && $0.tokens.contains(index - 1) && word(index - 1).hasSuffix("s")
      }
  }

  /// Where the clause of the number begins, if only words of summing up stand between; nil if others do.
  private func leftBorder(of index: Int, in sentence: Range<Int>) -> Int? {
    var left = index
    while left > sentence.lowerBound, tokens[left - 1].kind != .mark {
      guard HouseholdSumUp.before.contains(word(left - 1)) else {
        // "entonces tú, Yamilet y la bebé cinco": nothing divides the list from its sum.
        return isList(sentence.lowerBound..<left) ? left : nil
      }
      left -= 1
    }
    // "de", "a" before a bare number: an age, a time.
    return ["de", "a", "por", "y", "un", "una"].contains(word(index - 1)) && index - left == 1
      ? nil : left
  }

  /// Whether what stands there lists who lives together, the person among them.
  private func isList(_ range: Range<Int>) -> Bool {
    let hasPerson = range.contains { index in
      // Speech without punctuation: "a ver tú Yamilet y la bebé".
      tokens[index].text.lowercased() == "tú"
        || ["tu", "usted", "vosotros", "ustedes", "yo"].contains(word(index))
          && PeopleReader.isMe(turn, at: index)
    }
    return hasPerson
      && turn.hits.contains { $0.kind.isKin && range.contains($0.tokens.lowerBound) }
  }

  private func endsClause(_ index: Int) -> Bool {
    guard tokens.indices.contains(index), tokens[index].kind != .mark else { return true }
    let next = word(index)
    guard HouseholdSumUp.after.contains(next) else { return false }
    if next == "en" {
      return ["casa", "total", "la", "el", "esa", "ese"].contains(word(index + 1))
    }
    // "dos y el bebé": the sum is still to come.
    if next == "y" || next == "con" || next == "sin" {
      return (index + 1...index + 3).contains {
        statements.isMinor($0) || word($0) == "adultos"
      }
    }
    return true
  }

  /// The number of minors, told apart from its noun: "menores tú e Ilyas, dos", "menores a cargo entonces no, ninguno".
  func minors() -> [Mention] {
    for index in tokens.indices where ["menores", "ninos", "hijos"].contains(word(index)) {
      guard !["los", "las", "mis", "tus", "sus", "centro"].contains(word(index - 1)) else {
        continue
      }
      let rest = (index + 1)..<turn.sentence(of: index).upperBound
      let words = rest.filter { tokens[$0].kind != .mark }
      // "hijos no, gracias a Dios"
      if word(index) != "menores", let first = words.first, word(first) == "no",
        first + 1 >= tokens.count || tokens[first + 1].kind == .mark, !turn.isQuestion(index)
      {
        return statements.mention("minors", 0, index..<(first + 1), 0.74, "minors_sum")
      }
      guard let last = words.last, words.count <= 9, word(index - 1) != "de" || words.count <= 4
      else { continue }
      let isNone =
        ["ninguno", "ninguna", "cero", "nada", "ningun"].contains(word(last))
        || word(last) == "no" && !turn.isQuestion(index)
      if isNone, words.dropLast().allSatisfy({ HouseholdSumUp.none.contains(word($0)) }) {
        let isOwn = word(index) != "menores"
        return statements.mention(
          "minors", 0, index..<(last + 1), isOwn ? 0.74 : 0.88, "minors_sum")
      }
      guard word(index) == "menores", let (value, count) = statements.number(last),
        last + count == words.last.map({ $0 + 1 }), value > 0, value < 12,
        words.allSatisfy({ $0 == last || !statements.isNumber($0) }),
        tokens[last - 1].kind == .mark || HouseholdSumUp.before.contains(word(last - 1))
      else { continue }
      return statements.mention("minors", value, index..<(last + 1), 0.84, "minors_sum")
    }
    return []
  }

  /// Words between "menores" and "ninguno".
  private static let none: Set<String> = [
    "a", "cargo", "tu", "su", "entonces", "no", "en", "casa", "pues", "tienes", "tiene", "teneis",
    "contigo", "con", "usted", "aqui", "hay", "ahora", "tampoco", "y", "hijos", "tengo", "tenemos",
    "conmigo", "vale", "la", "ficha", "o", "nietos", "ninos", "de", "momento",
  ]
}

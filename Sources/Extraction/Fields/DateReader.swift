import Forms

/// Reads spoken and written dates, whole or in parts.
///
/// Day before month always, as in Spain. A year of two digits is the one that gives a plausible age.
struct DateReader {
  let today: CalendarDate
  let months: [String: Int]
  /// Whether a birth date was just asked for, so that "cinco diez setenta y uno" is one.
  let isAsked: Bool
  /// Whether days and months that no calendar has are read too.
  let isLenient: Bool

  init(_ scene: Scene, isAsked: Bool = false, isLenient: Bool = false) {
    today = scene.today
    months = scene.pack.numerals.months
    self.isAsked = isAsked
    self.isLenient = isLenient
  }

  /// A date or a part of one.
  struct Part: Hashable, Sendable {
    var day: Int?
    var month: Int?
    var year: Int?
    /// Whether the year was said with two digits.
    var isShortYear = false
    var tokens: Range<Int>

    var isWhole: Bool { day != nil && month != nil && year != nil }
  }

  private var lastDay: Int { isLenient ? 99 : 31 }
  private var lastMonth: Int { isLenient ? 99 : 12 }

  /// The oldest age that is believed.
  private static let oldest = 110

  /// Days that have a name, folded.
  private static let namedDays: [(words: [String], month: Int, day: Int)] = [
    (["dia", "de", "los", "inocentes"], 12, 28),
    (["dia", "de", "los", "santos", "inocentes"], 12, 28),
    (["dia", "de", "reyes"], 1, 6), (["dia", "de", "navidad"], 12, 25), (["nochebuena"], 12, 24),
    (["nochevieja"], 12, 31), (["dia", "de", "fin", "de", "ano"], 12, 31),
    (["san", "silvestre"], 12, 31), (["dia", "de", "ano", "nuevo"], 1, 1),
    (["dia", "de", "san", "juan"], 6, 24), (["san", "juan"], 6, 24),
    (["dia", "de", "san", "jose"], 3, 19), (["dia", "del", "padre"], 3, 19),
    (["dia", "de", "los", "enamorados"], 2, 14), (["dia", "de", "san", "valentin"], 2, 14),
    (["dia", "de", "la", "constitucion"], 12, 6), (["dia", "de", "la", "mujer"], 3, 8),
    (["dia", "de", "todos", "los", "santos"], 11, 1), (["dia", "de", "los", "santos"], 11, 1),
    (["dia", "de", "los", "difuntos"], 11, 2), (["dia", "de", "los", "muertos"], 11, 2),
    (["dia", "de", "la", "hispanidad"], 10, 12), (["dia", "del", "pilar"], 10, 12),
    (["dia", "de", "la", "virgen", "del", "pilar"], 10, 12),
    (["dia", "de", "santiago"], 7, 25), (["san", "fermin"], 7, 7),
    (["dia", "de", "san", "isidro"], 5, 15), (["dia", "de", "la", "inmaculada"], 12, 8),
    (["dia", "de", "sant", "jordi"], 4, 23), (["dia", "de", "san", "jorge"], 4, 23),
    (["dia", "de", "la", "asuncion"], 8, 15), (["virgen", "de", "agosto"], 8, 15),
    (["dia", "del", "trabajo"], 5, 1), (["dia", "del", "trabajador"], 5, 1),
    (["dia", "del", "carmen"], 7, 16), (["virgen", "del", "carmen"], 7, 16),
    (["candelaria"], 2, 2), (["dia", "de", "san", "blas"], 2, 3),
    (["dia", "de", "san", "anton"], 1, 17), (["dia", "de", "san", "antonio"], 6, 13),
    (["dia", "de", "san", "pedro"], 6, 29), (["dia", "de", "la", "magdalena"], 7, 22),
    (["dia", "de", "san", "roque"], 8, 16), (["dia", "de", "la", "merced"], 9, 24),
    (["dia", "de", "san", "miguel"], 9, 29), (["dia", "de", "san", "andres"], 11, 30),
    (["dia", "de", "san", "nicolas"], 12, 6), (["dia", "de", "santa", "lucia"], 12, 13),
    (["dia", "de", "guadalupe"], 12, 12),
  ]

  /// The dates and parts in these tokens, in order.
  func parts(_ tokens: [Token]) -> [Part] {
    var found: [Part] = []
    var index = 0
    while index < tokens.count {
      if let part = part(tokens, at: index) {
        found.append(part)
        index = max(part.tokens.upperBound, index + 1)
      } else {
        index += 1
      }
    }
    return found
  }

  private func part(_ tokens: [Token], at start: Int) -> Part? {
    let token = tokens[start]
    if token.kind == .mark { return nil }
    if token.kind == .word, !mayBegin(token) { return nil }
    if token.kind == .word, token.isOf(.date), DateReader.beginnings.contains(token.folded),
      let day = named(tokens, at: start)
    {
      return day
    }
    let found =
      written(tokens, at: start) ?? spoken(tokens, at: start) ?? yearFirst(tokens, at: start)
    if let found { return found }
    guard isAsked || token.kind == .number else { return nil }
    guard let bare = bare(tokens, at: start) else { return isAsked ? fullYear(tokens, start) : nil }
    // With four digits the year tells: "02 10 1986".
    let isWritten = !bare.isShortYear && tokens[bare.tokens].allSatisfy { $0.kind == .number }
    return isAsked || isWritten ? bare : nil
  }

  /// Whether a date may begin with a word; most words begin none.
  private func mayBegin(_ token: Token) -> Bool {
    token.isNumberWord || token.isOf(.date) || month(token) != nil
  }

  /// The month that a word names in the language of the talk.
  private func month(_ token: Token) -> Int? { token.isOf(.month) ? months[token.folded] : nil }

  /// Words before a year or a day, numbers apart.
  static let openers = beginnings.union(years).union(firsts)
  private static let years: Set<String> = ["del", "ano", "de", "en", "in"]
  private static let firsts: Set<String> = ["primero", "uno", "first"]

  /// First words of days that have a name: most words are none of them.
  private static let beginnings = Set(namedDays.compactMap(\.words.first))

  private func named(_ tokens: [Token], at start: Int) -> Part? {
    for (words, month, day) in DateReader.namedDays {
      let end = start + words.count
      guard end <= tokens.count, zip(words, tokens[start..<end]).allSatisfy({ $0 == $1.folded })
      else { continue }
      var part = Part(day: day, month: month, tokens: start..<end)
      addYear(&part, tokens)
      return part
    }
    return nil
  }

  /// `15/03/1987`, `15-3-87`, `15.03.1987`, `1987-03-15`.
  private func written(_ tokens: [Token], at start: Int) -> Part? {
    guard start + 4 < tokens.count, tokens[start].kind == .number else { return nil }
    let marks = [tokens[start + 1], tokens[start + 3]]
    let isDate =
      marks.allSatisfy { ["/", "-", "."].contains($0.text) } && marks[0].text == marks[1].text
    guard isDate, let first = Int(tokens[start].text), let second = Int(tokens[start + 2].text),
      let third = Int(tokens[start + 4].text), tokens[start + 2].kind == .number
    else { return nil }
    let range = start..<(start + 5)
    if tokens[start].text.count == 4, (1...lastMonth).contains(second),
      (1...lastDay).contains(third)
    {
      return Part(day: third, month: second, year: first, tokens: range)
    }
    guard (1...lastDay).contains(first), (1...lastMonth).contains(second),
      tokens[start].text.count <= 2
    else { return nil }
    let isShort = tokens[start + 4].text.count == 2
    guard isShort || tokens[start + 4].text.count == 4 else { return nil }
    return Part(
      day: first, month: second, year: isShort ? long(third) : third, isShortYear: isShort,
      tokens: range)
  }

  /// "quince de marzo del ochenta y siete", "el 15 del 3 del 87", "primero de enero", "marzo del 87".
  private func spoken(_ tokens: [Token], at start: Int) -> Part? {
    if let month = month(tokens[start]) {
      var part = Part(month: month, tokens: start..<(start + 1))
      addYear(&part, tokens)
      // "November the ninth", "marzo quince".
      return part.year == nil ? nil : part
    }
    guard let (day, count) = number(tokens, at: start, upTo: lastDay, ordinal: true), day >= 1
    else { return nil }
    var next = skip(["de", "del", "d", "of", "the", "th", "do"], tokens, start + count)
    guard next < tokens.count else { return nil }
    if tokens[next].text == "," { next += 1 }
    guard next < tokens.count else { return nil }
    if let month = month(tokens[next]) {
      var part = Part(day: day, month: month, tokens: start..<(next + 1))
      addYear(&part, tokens)
      return part
    }
    // "del cero siete": only behind the preposition; digits of a document have zeros too.
    if tokens[next].folded == "cero", ["de", "del"].contains(tokens[next - 1].folded),
      next + 1 < tokens.count
    {
      next += 1
    }
    if tokens[next].folded == "mes" { next = skip(["de", "del"], tokens, next + 1) }
    // Months as numbers need their prepositions: "el quince del tres (del ochenta y siete)".
    guard next > start + count, tokens[next - 1].text != ",",
      let (month, used) = number(tokens, at: next, upTo: lastMonth, ordinal: false), month >= 1
    else { return nil }
    var part = Part(day: day, month: month, tokens: start..<(next + used))
    addYear(&part, tokens)
    return part.year != nil || tokens[start..<next].contains { $0.folded == "del" } ? part : nil
  }

  /// "cinco diez setenta y uno", "5, 10, 1971": day, month and year with nothing between.
  private func bare(_ tokens: [Token], at start: Int) -> Part? {
    guard
      !isInsideNumber(tokens, start),
      let (day, used) = number(tokens, at: start, upTo: 31, ordinal: false), day >= 1
    else { return nil }
    let pauses: Set<String> = isAsked ? [",", ".", "…", "...", "eh", "em"] : [","]
    var next = skip(pauses, tokens, start + used)
    if next < tokens.count, tokens[next].folded == "cero" { next += 1 }
    guard let (month, count) = number(tokens, at: next, upTo: 12, ordinal: false), month >= 1 else {
      return nil
    }
    next = skip(pauses, tokens, next + count)
    guard let (year, length, isShort) = year(tokens, at: next) else { return nil }
    let after = next + length
    let isOver =
      after >= tokens.count || tokens[after].kind == .mark
      || tokens[after].kind == .word && !tokens[after].isNumberWord
    guard isOver else { return nil }
    return Part(day: day, month: month, year: year, isShortYear: isShort, tokens: start..<after)
  }

  /// "o sea dos mil uno": a year of four digits alone, where a date of birth was asked for.
  private func fullYear(_ tokens: [Token], _ start: Int) -> Part? {
    guard !isInsideNumber(tokens, start), let (year, count, isShort) = year(tokens, at: start),
      !isShort, (1900...today.year).contains(year)
    else { return nil }
    let next = start + count < tokens.count ? tokens[start + count] : nil
    guard next?.kind != .number, !["euros", "pesos", "y", "pico"].contains(next?.folded ?? "")
    else { return nil }
    return Part(year: year, tokens: start..<(start + count))
  }

  /// "…, treinta y siete, cinco, ocho, uno": in the middle of a document or a telephone.
  private func isInsideNumber(_ tokens: [Token], _ start: Int) -> Bool {
    let before = start > 0 && tokens[start - 1].text == "," ? start - 2 : start - 1
    guard before >= 0 else { return false }
    if tokens[before].folded == "y", before > 0, tokens[before - 1].isNumberWord {
      return true
    }
    return tokens[before].isNumber
      || ["equis", "zeta", "griega"].contains(tokens[before].folded)
  }

  /// "del ochenta y uno", "año 1981", "de 1981": a year alone.
  private func yearFirst(_ tokens: [Token], at start: Int) -> Part? {
    guard DateReader.years.contains(tokens[start].folded) else { return nil }
    let next = skip(["ano", "el"], tokens, start + 1)
    guard let (year, count, isShort) = year(tokens, at: next) else { return nil }
    // "en el sesenta y dos", asked when one was born.
    let isIn = tokens[start].folded == "en" && next == start + 2
    // "Yo soy de 81": "del", misheard.
    let isOf = tokens[start].folded == "de" && start > 0 && tokens[start - 1].folded == "soy"
    let isAnswer = isAsked && (isIn || isOf)
    let isStrong = ["del", "ano"].contains(tokens[start].folded) || isAnswer || !isShort
    guard isStrong, !isShort || year < today.year else { return nil }
    // "del 3 de ..." is no year.
    if isShort, next + count < tokens.count, ["de", "del"].contains(tokens[next + count].folded) {
      return nil
    }
    return Part(year: year, isShortYear: isShort, tokens: start..<(next + count))
  }

  private func addYear(_ part: inout Part, _ tokens: [Token]) {
    if isDate(tokens, at: skip([","], tokens, part.tokens.upperBound)) { return }
    var next = skip(
      ["de", "del", "d", "ano", "el", ",", "y", "of", "do"], tokens, part.tokens.upperBound)
    // "19 de marzo, eh, 1999"
    if next < tokens.count, ["eh", "em", "mmm"].contains(tokens[next].folded) {
      next = skip([",", "del", "de"], tokens, next + 1)
    }
    next = skip(["ano"], tokens, next)
    // "ocho del tres, el ocho de marzo": the date again, in other words.
    guard !isDate(tokens, at: next), let (year, count, isShort) = year(tokens, at: next) else {
      return
    }
    let joined = next > part.tokens.upperBound
    guard joined || !isShort || part.month != nil else { return }
    part.year = year
    part.isShortYear = isShort
    part.tokens = part.tokens.lowerBound..<(next + count)
  }

  /// Whether a day of a month begins there: "día de Santiago, 25 de julio".
  private func isDate(_ tokens: [Token], at start: Int) -> Bool {
    guard let (_, count) = number(tokens, at: start, upTo: 31, ordinal: true) else { return false }
    let next = skip(["de"], tokens, start + count)
    return next < tokens.count && month(tokens[next]) != nil
  }

  /// A year with the number of its tokens: 1987, "mil novecientos ochenta y siete", "ochenta y siete", "19 87".
  private func year(_ tokens: [Token], at start: Int) -> (Int, Int, Bool)? {
    guard start < tokens.count else { return nil }
    let token = tokens[start]
    if token.kind == .number {
      if token.text.count == 4, let value = Int(token.text), isPlausible(value) {
        return (value, 1, false)
      }
      // "1.987" or "2.003", as recognisers write thousands.
      if token.text.count == 1, start + 2 < tokens.count, tokens[start + 1].text == ".",
        tokens[start + 2].text.count == 3, let value = Int(token.text + tokens[start + 2].text),
        isPlausible(value)
      {
        return (value, 3, false)
      }
      if token.text.count == 2, let value = Int(token.text) {
        if value == 19 || value == 20, start + 1 < tokens.count, tokens[start + 1].kind == .number,
          tokens[start + 1].text.count == 2, let rest = Int(tokens[start + 1].text),
          isPlausible(value * 100 + rest)
        {
          return (value * 100 + rest, 2, false)
        }
        return (long(value), 1, true)
      }
      return nil
    }
    guard let reading = NumberWords.read(tokens[start...], joinsTens: true) else { return nil }
    if reading.value == 19 || reading.value == 20, start + reading.count < tokens.count,
      let rest = NumberWords.read(tokens[(start + reading.count)...], joinsTens: true),
      (10...99).contains(rest.value), isPlausible(reading.value * 100 + rest.value)
    {
      return (reading.value * 100 + rest.value, reading.count + rest.count, false)
    }
    // "mil nueve cincuenta y dos"
    if reading.value == 1009, start + reading.count < tokens.count,
      let rest = NumberWords.read(tokens[(start + reading.count)...], joinsTens: true),
      (10...99).contains(rest.value)
    {
      return (1900 + rest.value, reading.count + rest.count, false)
    }
    if (1900...2100).contains(reading.value), isPlausible(reading.value) {
      return (reading.value, reading.count, false)
    }
    // "cero tres", "cero dos".
    if reading.value == 0, reading.count == 1, start + 1 < tokens.count,
      let digit = NumberWords.read(tokens[(start + 1)...]), digit.isDigit
    {
      return (long(digit.value), 1 + digit.count, true)
    }
    guard (1...99).contains(reading.value) else { return nil }
    return (long(reading.value), reading.count, true)
  }

  private func isPlausible(_ year: Int) -> Bool {
    year <= today.year + 20 && year > today.year - DateReader.oldest - 10
  }

  /// The century that gives an age from 0 to 99.
  private func long(_ short: Int) -> Int {
    let century = today.year / 100 * 100
    return century + short <= today.year ? century + short : century - 100 + short
  }

  private func number(
    _ tokens: [Token], at start: Int, upTo limit: Int, ordinal: Bool
  ) -> (Int, Int)? {
    guard start < tokens.count else { return nil }
    let token = tokens[start]
    if token.kind == .number {
      guard token.text.count <= 2, let value = Int(token.text), value <= limit else { return nil }
      return (value, 1)
    }
    if ordinal, DateReader.firsts.contains(token.folded) { return (1, 1) }
    guard let reading = NumberWords.read(tokens[start...]), reading.value <= limit else {
      return nil
    }
    return (reading.value, reading.count)
  }

  private func skip(_ words: Set<String>, _ tokens: [Token], _ start: Int) -> Int {
    var index = start
    while index < tokens.count,
      words.contains(tokens[index].folded) || words.contains(tokens[index].text)
    {
      index += 1
    }
    return index
  }
}

import Forms

/// Keeps the person's date of birth while it is said, in one piece or in several, and corrected.
struct BirthDateReader: Sendable {
  /// Day and month heard without a year, and the turn.
  private var dayAndMonth: (day: Int, month: Int, turn: Int, evidence: Evidence)?
  /// A year heard without a day.
  private var year: (year: Int, turn: Int, evidence: Evidence)?

  /// What the last turn had that was asked for and is no possible date.
  private(set) var failed: [Mention] = []

  /// Turns over which parts of one date belong together.
  private static let patience = 3

  /// The dates of birth in a turn.
  ///
  /// - Parameters:
  ///   - dates: the dates in the turn.
  ///   - best: the date known so far.
  ///   - isFresh: whether it was said in the turn before.
  mutating func mentions(
    _ scene: Scene, dates: [DateReader.Part], best: FieldValue?, isFresh: Bool
  ) -> [Mention] {
    let turn = scene.turn
    let isAsked =
      (1...2).contains(scene.answer(.birthDate)?.age ?? 9) && !scene.isAbout(.document, .passport)
    let parts = isAsked ? DateReader(scene, isAsked: true).parts(turn.tokens) : dates
    var found: [Mention] = []
    var whole: DateReader.Part?
    var wasRepaired = false
    var before: DateReader.Part?
    for part in parts where isBirth(part, scene) || before.map({ part.completes($0) }) ?? false {
      before = part
      if let said = whole, !part.isWhole, isRepaired(from: said.tokens, to: part.tokens, turn) {
        // "... del setenta y nueve, no, perdón, del setenta y ocho"
        let right = DateReader.Part(
          day: part.day ?? said.day, month: part.month ?? said.month, year: part.year ?? said.year,
          tokens: part.tokens)
        found += mention(right, scene, rule: "birth_date_repaired", confidence: 0.9)
        wasRepaired = true
      } else if wasRepaired, !part.isWhole {
        // "…, no, setenta y nueve, que la Rocío es la del 78": why it was taken back.
        continue
      } else if part.isWhole {
        whole = part
        found += mention(part, scene, rule: "birth_date", confidence: 0.95)
      } else {
        found += complete(part, scene, best: best, isFresh: isFresh)
      }
    }
    if let said = found.last, !wasRepaired, let right = restated(said, parts, scene) {
      found += right
    }
    if found.isEmpty, scene.isCorrection {
      found += dayOnly(scene, best: best)
    }
    if found.isEmpty { found += monthOnly(scene, best: best, isFresh: isFresh) }
    failed = found.isEmpty ? impossible(scene, isAsked: isAsked) : []
    return found
  }

  /// "El treinta y uno de febrero", "45/13/1980": whole dates that cannot be a birth, shown as they were said.
  private func impossible(_ scene: Scene, isAsked: Bool) -> [Mention] {
    guard scene.turn.hasNumber else { return [] }
    let reader = DateReader(scene, isAsked: isAsked, isLenient: true)
    for part in reader.parts(scene.turn.tokens) where isBirth(part, scene, isCalled: true) {
      guard let year = part.year, let month = part.month, let day = part.day else { continue }
      let date = CalendarDate(year: year, month: month, day: day)
      let isTooOld = scene.today.year - year >= 110
      if let date, date <= scene.today, !isTooOld { continue }
      return [
        Mention(
          field: "birth_date", value: .text(CalendarDate.iso(year: year, month: month, day: day)),
          confidence: 0.25,
          checks: [Check(name: date == nil ? "date_exists" : "date_plausible", passed: false)],
          tokens: part.tokens, rule: "birth_date_impossible")
      ]
    }
    return []
  }

  /// "…del setenta y ocho… no, setenta y nueve": a bare year, or a bare day, behind a correction.
  private func restated(
    _ said: Mention, _ parts: [DateReader.Part], _ scene: Scene
  ) -> [Mention]? {
    let tokens = scene.turn.tokens
    guard let known = known(said.value),
      let start = scene.turn.restart(after: said.tokens.upperBound),
      !parts.contains(where: { $0.tokens.contains(start) }),
      let reading = Int(tokens[start].text).map({ ($0, 1) })
        ?? NumberWords.read(tokens[start...], joinsTens: true).map({ ($0.value, $0.count) }),
      (10...99).contains(reading.0) || (1900...scene.today.year).contains(reading.0),
      start + reading.1 >= tokens.count || tokens[start + reading.1].kind == .mark
    else { return nil }
    var part = DateReader.Part(
      day: known.day, month: known.month, year: known.year, tokens: start..<(start + reading.1))
    if reading.0 <= 31 {
      part.day = reading.0
    } else {
      part.year = reading.0 > 99 ? reading.0 : 1900 + reading.0
    }
    return mention(part, scene, rule: "birth_date_repaired", confidence: 0.97)
  }

  private func isRepaired(from first: Range<Int>, to second: Range<Int>, _ turn: Turn) -> Bool {
    turn.hits.contains {
      ($0.kind == .repair || $0.kind == .no) && $0.tokens.lowerBound >= first.upperBound
        && $0.tokens.upperBound <= second.lowerBound
    }
  }

  /// Whether the talk around a date is about birth, and about the person's.
  ///
  /// - Parameter isCalled: whether only what was asked for, or called a birth, counts.
  private func isBirth(_ part: DateReader.Part, _ scene: Scene, isCalled: Bool = false) -> Bool {
    let turn = scene.turn
    let sentence = turn.sentence(of: part.tokens.lowerBound)
    var cue: Hit?
    for hit in turn.hits where hit.tokens.lowerBound < part.tokens.lowerBound {
      guard sentence.contains(hit.tokens.lowerBound) else { continue }
      if [.sayBirth, .askBirth, .otherDate, .expired].contains(hit.kind),
        hit.tokens.upperBound >= cue?.tokens.upperBound ?? 0
      {
        cue = hit
      }
    }
    if let cue, cue.kind == .otherDate || cue.kind == .expired { return false }
    // "…, que la Rocío es la del 78"
    let article = turn.word(part.tokens.lowerBound - 1)
    if part.month == nil, ["la", "el", "las", "los"].contains(article) { return false }
    let isAsked = scene.isAbout(.birthDate)
    guard cue != nil || isAsked || !isCalled && isReadAloud(part, scene) else { return false }
    return scene.holder(of: part.tokens, answering: .birthDate) == .person
  }

  /// A grown-up's whole date beside a document that is read aloud: "Y 92 05 561 D. Siete de mayo de 1951".
  private func isReadAloud(_ part: DateReader.Part, _ scene: Scene) -> Bool {
    guard part.isWhole, let year = part.year, scene.today.year - year >= 16, scene.turn.number < 25
    else {
      return false
    }
    let isDocument =
      scene.turn.has(.askDocument) || scene.isAbout(.document, .passport)
      || scene.turn.has(.askNationality) || scene.turn.has(.demonym)
    let isPlace = scene.turn.has(.noHome) || scene.turn.has(.sayLive)
    return isDocument && !isPlace
  }

  private func mention(
    _ part: DateReader.Part, _ scene: Scene, rule: String, confidence: Double,
    earlier: [Evidence] = []
  ) -> [Mention] {
    guard let year = part.year, let month = part.month, let day = part.day else { return [] }
    let date = CalendarDate(year: year, month: month, day: day)
    let age = scene.today.year - year
    let isPlausible = date.map { $0 <= scene.today } ?? false && age < 110
    // People who come by themselves are grown up, or nearly: a small child's date is somebody else's.
    let isGrown = age >= 13
    guard let date else { return [] }
    guard isPlausible, isGrown || scene.answer(.birthDate)?.age ?? 9 <= 1 else { return [] }
    return [
      Mention(
        field: "birth_date", value: .text(date.iso), confidence: isGrown ? confidence : 0.4,
        checks: [Check(name: "date_plausible", passed: isGrown)], tokens: part.tokens, rule: rule,
        earlier: earlier)
    ]
  }

  /// Joins a part with what was heard before it.
  private mutating func complete(
    _ part: DateReader.Part, _ scene: Scene, best: FieldValue?, isFresh: Bool
  ) -> [Mention] {
    let turn = scene.turn
    var whole = part
    if let day = part.day, let month = part.month {
      if let year, turn.number - year.turn <= BirthDateReader.patience {
        whole.year = year.year
        return mention(
          whole, scene, rule: "birth_date_joined", confidence: 0.9, earlier: [year.evidence])
      }
      dayAndMonth = (day, month, turn.number, turn.evidence(part.tokens))
      guard let known = known(best) else { return [] }
      // The day and month again, or corrected; the year stands.
      if known.day == day && known.month == month || scene.opening != .none || isFresh {
        whole.year = known.year
        return mention(whole, scene, rule: "birth_date_corrected", confidence: 0.85)
      }
      return []
    }
    guard let spoken = part.year, part.month == nil else { return [] }
    let isOfAge = scene.today.year - spoken >= 13
    if !isOfAge, part.isShortYear { return [] }
    if let before = dayAndMonth, turn.number - before.turn <= BirthDateReader.patience {
      whole.day = before.day
      whole.month = before.month
      return mention(
        whole, scene, rule: "birth_date_joined", confidence: 0.9, earlier: [before.evidence])
    }
    year = (spoken, turn.number, turn.evidence(part.tokens))
    if let known = known(best), scene.isCorrection {
      whole.day = known.day
      whole.month = known.month
      return mention(whole, scene, rule: "birth_date_corrected", confidence: 0.85)
    }
    return []
  }

  /// "No, el dieciséis": another day of the same month.
  private func dayOnly(_ scene: Scene, best: FieldValue?) -> [Mention] {
    guard let known = known(best), scene.isAbout(.birthDate) else { return [] }
    let tokens = scene.turn.tokens
    for index in tokens.indices.dropLast()
    where ["el", "del", "dia"].contains(tokens[index].folded) {
      let next = index + 1
      let value = Int(tokens[next].text) ?? NumberWords.read(tokens[next...])?.value
      guard let day = value, (1...31).contains(day), day != known.day else { continue }
      let part = DateReader.Part(
        day: day, month: known.month, year: known.year, tokens: next..<(next + 1))
      return mention(part, scene, rule: "birth_day_corrected", confidence: 0.75)
    }
    return []
  }

  /// "¿Catorce de junio?" "De enero": another month of the same day.
  private func monthOnly(_ scene: Scene, best: FieldValue?, isFresh: Bool) -> [Mention] {
    guard isFresh, let known = known(best), scene.isAbout(.birthDate) || scene.isCorrection else {
      return []
    }
    let tokens = scene.turn.tokens
    for index in tokens.indices.prefix(4) {
      guard let month = scene.pack.numerals.months[tokens[index].folded] else { continue }
      let before = tokens[..<index].allSatisfy {
        $0.kind == .mark || ["de", "no", "en", "es", "mes", "perdon"].contains($0.folded)
      }
      guard before, month != known.month else { return [] }
      let part = DateReader.Part(
        day: known.day, month: month, year: known.year, tokens: index..<(index + 1))
      return mention(part, scene, rule: "birth_month_corrected", confidence: 0.82)
    }
    return []
  }

  private func known(_ value: FieldValue?) -> CalendarDate? {
    guard case .text(let text) = value else { return nil }
    return CalendarDate(iso: text)
  }
}

extension DateReader.Part {
  /// Whether it is what another part, told right before it, lacks: "nací el treinta de enero. Del noventa y ocho, para más señas".
  func completes(_ before: DateReader.Part) -> Bool {
    let isYear = year != nil && day == nil && month == nil
    let isDay = year == nil && day != nil && month != nil
    let lacksYear = before.year == nil && before.day != nil && before.month != nil
    let hasYearOnly = before.year != nil && before.day == nil && before.month == nil
    return (isYear && lacksYear || isDay && hasYearOnly)
      && tokens.lowerBound - before.tokens.upperBound <= 12
  }
}

import Forms

/// Serves the fields an organisation adds to its form: by their type, behind their cues.
///
/// A cue in a statement is followed by the value; a cue in a question waits for the next turn.
struct FormFields: Sendable {
  private var waiting: (field: FieldName, turn: Int)?

  /// Fields that have readers of their own.
  private static let builtIn: Set<FieldName> = [
    "full_name", "document_type", "document_number", "birth_date", "gender", "nationality",
    "languages", "phone", "email", "street_address", "postal_code", "municipality", "province",
    "household_size", "minors", "needs",
  ]
  private static let patience = 2

  /// Values of the form's own fields in a turn.
  mutating func mentions(_ scene: Scene, form: FormDefinition) -> [Mention] {
    let turn = scene.turn
    let cue = turn.hits.last {
      $0.kind == .field && !FormFields.builtIn.contains(FieldName(rawValue: scene.pack.code($0)))
    }
    if let cue, let field = form.field(FieldName(rawValue: scene.pack.code(cue))) {
      if !turn.isQuestion(cue.tokens.lowerBound),
        let found = read(field, scene, from: cue.tokens.upperBound, isAnswer: false)
      {
        waiting = nil
        return found
      }
      waiting = (field.name, turn.number)
      return []
    }
    guard let waiting, turn.number - waiting.turn <= FormFields.patience,
      let field = form.field(waiting.field),
      let found = read(field, scene, from: 0, isAnswer: true)
    else { return [] }
    self.waiting = nil
    return found
  }

  private func read(
    _ field: FieldDefinition, _ scene: Scene, from start: Int, isAnswer: Bool
  ) -> [Mention]? {
    let tokens = scene.turn.tokens
    guard start < tokens.count || isAnswer else { return nil }
    let make = { (value: FieldValue, range: Range<Int>, confidence: Double, checks: [Check]) in
      [
        Mention(
          field: field.name, value: value, confidence: confidence, checks: checks, tokens: range,
          rule: isAnswer ? "field_answer" : "field_cue")
      ]
    }
    switch field.type {
    case .integer:
      return number(tokens, from: start).map { make(.integer($0.value), $0.tokens, 0.85, []) }
    case .boolean:
      guard isAnswer, scene.opening == .affirms || scene.opening == .denies else { return nil }
      return make(.boolean(scene.opening == .affirms), 0..<1, 0.85, [])
    case .choice, .multipleChoice:
      return choices(field, scene, from: start)
    case .date:
      let part = DateReader(scene)
        .parts(tokens).first { $0.isWhole && $0.tokens.lowerBound >= start }
      guard let part, let year = part.year, let month = part.month, let day = part.day,
        let date = CalendarDate(year: year, month: month, day: day)
      else { return nil }
      return make(.text(date.iso), part.tokens, 0.88, [])
    case .personName:
      return (start..<min(tokens.count, start + 6)).lazy
        .compactMap { NameWords(scene).span(at: $0, small: isAnswer) }.first
        .map { make(.text($0.text), $0.tokens, 0.75, []) }
    case .municipality:
      return place(scene, from: start).map { make(.text($0.name), $0.tokens, 0.8, []) }
    case .identityDocument, .phone, .postalCode:
      return dictated(field, scene, from: start)
    case .email:
      return EmailReader.mentions(scene, best: nil).first { $0.tokens.lowerBound >= start }
        .map { make($0.value, $0.tokens, $0.confidence, $0.checks) }
    case .streetAddress:
      return AddressReader(scene).found().first { $0.tokens.lowerBound >= start }
        .map { make(.text($0.address.text), $0.tokens, 0.8, []) }
    case .province:
      return province(scene, from: start).map { make(.text($0.name), $0.tokens, 0.85, []) }
    case .text:
      return text(scene, from: start).map { make(.text($0.text), $0.tokens, 0.6, []) }
    }
  }

  private func number(_ tokens: [Token], from start: Int) -> (value: Int, tokens: Range<Int>)? {
    for index in start..<max(start, min(tokens.count, start + 10)) {
      if tokens[index].kind == .number, let value = Int(tokens[index].text) {
        return (value, index..<(index + 1))
      }
      if tokens[index].kind == .word,
        let reading = NumberWords.read(tokens[index...], joinsTens: true)
      {
        return (reading.value, index..<(index + reading.count))
      }
    }
    return nil
  }

  private func choices(_ field: FieldDefinition, _ scene: Scene, from start: Int) -> [Mention]? {
    guard let vocabulary = field.vocabulary else { return nil }
    let kinds: [CueKind] =
      switch vocabulary {
      case "iso:countries": [.country, .demonym]
      case "iso:languages": [.language]
      default: [.choice]
      }
    let found = scene.turn.hits.compactMap { hit -> Mention? in
      guard kinds.contains(hit.kind), hit.tokens.lowerBound >= start else { return nil }
      var code = scene.pack.code(hit)
      if hit.kind == .choice {
        guard code.hasPrefix(vocabulary + "/") else { return nil }
        code = String(code.dropFirst(vocabulary.count + 1))
      }
      guard code != "-" else { return nil }
      return Mention(
        field: field.name, value: .text(code), confidence: 0.85, tokens: hit.tokens,
        rule: "field_choice")
    }
    guard !found.isEmpty else { return nil }
    return field.type == .multipleChoice ? found : [found[0]]
  }

  private func province(
    _ scene: Scene, from start: Int
  ) -> (name: String, tokens: Range<Int>)? {
    let tokens = scene.turn.tokens
    for index in start..<max(start, min(tokens.count, start + 8)) {
      for length in stride(from: min(4, tokens.count - index), through: 1, by: -1) {
        let key = tokens[index..<(index + length)].map(\.folded).joined(separator: " ")
        if let name = PostalCode.province(named: key) { return (name, index..<(index + length)) }
      }
    }
    return nil
  }

  private func place(
    _ scene: Scene, from start: Int
  ) -> (name: String, tokens: Range<Int>)? {
    let tokens = scene.turn.tokens
    for index in start..<max(start, min(tokens.count, start + 8)) {
      for length in stride(from: min(5, tokens.count - index), through: 1, by: -1) {
        let slice = tokens[index..<(index + length)]
        guard slice.allSatisfy({ $0.kind == .word }) else { continue }
        let isSmall = !(slice.first?.isCapitalized ?? false)
        let places = scene.gazetteers.municipalities(
          slice.map(\.folded).joined(separator: " ")
        ).filter { !isSmall || $0.population > 5000 }
        if let best = places.max(by: { $0.population < $1.population }) {
          return (best.name, index..<(index + length))
        }
      }
    }
    return nil
  }

  private func dictated(_ field: FieldDefinition, _ scene: Scene, from start: Int) -> [Mention]? {
    for readings in SymbolReader.runs(scene.turn.tokens) {
      guard let first = readings.first?.first, first.token >= start else { continue }
      var found: Mention?
      switch field.type {
      case .phone: found = PhoneReader.mention(readings, expected: true, hasPlus: false)
      case .postalCode:
        found = PostalCodeReader(scene: scene, hasAddress: true, provinces: { [] }).mention(
          readings)
      default: found = DocumentReader.mention(readings, expected: true, passport: true).first
      }
      if let found {
        return [
          Mention(
            field: field.name, value: found.value, confidence: found.confidence,
            checks: found.checks, tokens: found.tokens, rule: found.rule)
        ]
      }
    }
    return nil
  }

  /// The words behind a cue up to the end of the sentence, or a short answer.
  private func text(_ scene: Scene, from start: Int) -> (text: String, tokens: Range<Int>)? {
    let tokens = scene.turn.tokens
    var first = start
    while first < tokens.count,
      tokens[first].kind == .mark
        || ["es", "son", "is", "pues", "eh", "era"].contains(tokens[first].folded)
    {
      first += 1
    }
    guard first < tokens.count else { return nil }
    var end = scene.turn.sentence(of: first).upperBound
    while end > first, tokens[end - 1].kind == .mark { end -= 1 }
    guard end > first, end - first <= 30 else { return nil }
    return (scene.turn.evidence(first..<end).text, first..<end)
  }
}

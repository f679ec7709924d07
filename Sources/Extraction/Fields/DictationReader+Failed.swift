import Forms

// Numbers that were clearly asked for, or announced, and are none: too long, too short, of no plan, without their letter.
extension DictationReader {
  /// What a dictation that made no value was meant to be.
  func failing(_ readings: [[Symbol]], _ scene: Scene) -> [Mention] {
    let span = DictationReader.span(readings)
    guard let symbols = readings.first, !isDropped(span, scene.turn) else { return [] }
    return document(symbols, span, scene) ?? postalCode(symbols, span, scene)
      ?? phone(symbols, span, scene) ?? []
  }

  /// "Mi DNI es el 12345678", and no letter.
  private func document(
    _ symbols: [Symbol], _ span: Range<Int>, _ scene: Scene
  ) -> [Mention]? {
    let isNamed = namesDNI(span, scene.turn)
    let isAsked = scene.answer(.document).map { (0...2).contains($0.age) } ?? false
    guard isNamed || isAsked && !isPhone(scene), !aboutPassport,
      isOwn(span, scene, answering: .document)
    else { return nil }
    let digits = symbols.drop { !$0.isDigit }
    let lead = symbols.prefix { !$0.isDigit }
    guard digits.allSatisfy(\.isDigit) else { return nil }
    let isNIE =
      digits.count == 7 && lead.count == 1
      && lead.allSatisfy { "XYZ".contains($0.character) && !$0.isAmbiguous }
    guard isNIE || digits.count == 8 && lead.isEmpty && !aboutNIE else { return nil }
    return [
      mention(
        "document_number", symbols, span, check: "document_complete", rule: "document_no_letter"),
      Mention(
        field: "document_type", value: isNIE ? "nie" : "dni", confidence: 0.6, tokens: span,
        rule: "document_no_letter"),
    ]
  }

  /// Four to six digits that are no postal code.
  private func postalCode(
    _ symbols: [Symbol], _ span: Range<Int>, _ scene: Scene
  ) -> [Mention]? {
    guard let answer = scene.answer(.postalCode), answer.age <= 1, (4...6).contains(symbols.count),
      symbols.allSatisfy(\.isDigit), isOwn(span, scene, answering: .postalCode),
      symbols.count == 5 || isAlone(span, scene, besides: 2)
    else { return nil }
    return [
      mention("postal_code", symbols, span, check: "postal_code_prefix", rule: "postal_code_failed")
    ]
  }

  /// Digits in answer to the question for a telephone that are none.
  private func phone(_ symbols: [Symbol], _ span: Range<Int>, _ scene: Scene) -> [Mention]? {
    let digits = symbols.filter(\.isDigit)
    guard isPhone(scene), (5...15).contains(digits.count),
      symbols.allSatisfy({ $0.isDigit || $0.isAmbiguous }),
      isOwn(span, scene, answering: .phone), digits.count >= 7 || isAlone(span, scene, besides: 3)
    else { return nil }
    return [mention("phone", digits, span, check: "phone_plan", rule: "phone_failed")]
  }

  private func isOwn(_ span: Range<Int>, _ scene: Scene, answering topic: Topic) -> Bool {
    scene.holder(of: span, answering: topic) == .person
  }

  /// Whether a turn has hardly anything else.
  private func isAlone(_ span: Range<Int>, _ scene: Scene, besides words: Int) -> Bool {
    let all = scene.turn.tokens.filter { $0.kind != .mark }.count
    return all - scene.turn.tokens[span].filter { $0.kind != .mark }.count <= words
  }

  private func mention(
    _ field: FieldName, _ symbols: [Symbol], _ span: Range<Int>, check: String, rule: String
  ) -> Mention {
    Mention(
      field: field, value: .text(String(symbols.map(\.character))), confidence: 0.25,
      checks: [Check(name: check, passed: false)], tokens: span, rule: rule)
  }
}

import Forms

/// Corrections of a part: "no, acaba en treinta y seis", "termina en tres".
enum Patch {
  /// The values that the corrections in a turn make.
  ///
  /// - Parameter fresh: fields that got a value in the turn before.
  static func mentions(
    _ scene: Scene, ledgers: [FieldName: Ledger], fresh: [FieldName: [FieldValue]]
  ) -> [Mention] {
    let turn = scene.turn
    let isCorrection = scene.isCorrection || turn.has(.repair)
    for hit in turn.hits where hit.kind == .patch {
      guard turn.holder(of: hit.tokens) == .person else { continue }
      for (ending, tokens) in endings(turn, after: hit) {
        for field in fields(scene, fresh) where isCorrection || fresh[field] != nil {
          guard case .text(let known) = ledgers[field]?.last?.value,
            let value = patched(known, ending, field)
          else { continue }
          return [
            Mention(
              field: field, value: .text(value), confidence: 0.85,
              checks: checks(field, value), tokens: tokens, rule: "ending_corrected")
          ]
        }
      }
    }
    return []
  }

  /// The digits, and a letter perhaps, said as the right ending: all of them, or those before the first comma.
  private static func endings(_ turn: Turn, after hit: Hit) -> [(String, Range<Int>)] {
    let tokens = turn.tokens
    var place = hit.tokens.upperBound
    // "treinta y seis al final": the digits stand before.
    let isBehind = tokens[hit.tokens].map(\.folded).joined(separator: " ") == "al final"
    if isBehind { place = turn.sentence(of: hit.tokens.lowerBound).lowerBound }
    let stop = isBehind ? hit.tokens.lowerBound : min(tokens.count, place + 8)
    guard place < stop else { return [] }
    let comma = tokens[place..<stop].firstIndex { $0.text == "," } ?? stop
    return [stop, comma].compactMap { end in
      for readings in SymbolReader.runs(Array(tokens[..<end])) {
        guard let symbols = readings.first, let first = symbols.first, first.token >= place,
          let last = symbols.last, symbols.count <= 6
        else { continue }
        return (String(symbols.map(\.character)), first.token..<last.end)
      }
      return nil
    }
  }

  private static func fields(
    _ scene: Scene, _ fresh: [FieldName: [FieldValue]]
  ) -> [FieldName] {
    let topics: [(Topic, FieldName)] = [
      (.phone, "phone"), (.document, "document_number"), (.passport, "document_number"),
      (.postalCode, "postal_code"),
    ]
    let open = topics.filter { scene.answer($0.0) != nil }
      .sorted { (scene.answer($0.0)?.age ?? 9) < (scene.answer($1.0)?.age ?? 9) }
    let said = topics.map(\.1).filter { fresh[$0] != nil && $0 != "document_number" }
    return said + open.map(\.1)
  }

  private static func patched(_ known: String, _ ending: String, _ field: FieldName) -> String? {
    let isDigits = ending.allSatisfy(\.isNumber)
    switch field {
    case "document_number":
      guard let letter = known.last, letter.isLetter, isDigits else {
        let value = known.dropLast(ending.count) + ending
        return value.count == known.count ? String(value) : nil
      }
      let value = known.dropLast(ending.count + 1) + ending + String(letter)
      return value.count == known.count ? String(value) : nil
    default:
      guard isDigits, ending.count < known.count - 3 else { return nil }
      return String(known.dropLast(ending.count)) + ending
    }
  }

  /// The checks of a corrected value.
  static func checks(_ field: FieldName, _ value: String) -> [Check] {
    switch field {
    case "document_number":
      guard let kind = IdentityNumber.kind(value) else { return [] }
      return [Check(name: "\(kind.rawValue)_letter", passed: IdentityNumber.isValid(value))]
    case "phone":
      return [Check(name: "phone_plan", passed: PhoneNumber.isSpanish(String(value.dropFirst(3))))]
    default: return []
    }
  }
}

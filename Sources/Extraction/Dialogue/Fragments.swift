import Forms

/// A few digits said to correct a number that was read back: "setenta y cinco, no sesenta y cinco".
enum Fragments {
  /// What a fragment does to the values of a field.
  enum Effect {
    /// It is in a value heard before, and not in the one read back.
    case chooses(FieldName, FieldValue, over: FieldValue)
    /// It changes the value read back.
    case changes(Mention, over: FieldValue)
  }

  private static let fields: [FieldName] = ["phone", "document_number", "postal_code"]

  /// The effects of the fragments in a turn on what was heard in the turn before.
  static func effects(
    _ scene: Scene, fresh: [FieldName: [FieldValue]], ledgers: [FieldName: Ledger], new: [Mention]
  ) -> [Effect] {
    var effects: [Effect] = []
    for field in fields where !new.contains(where: { $0.field == field }) {
      guard case .text(let read) = fresh[field]?.last, let ledger = ledgers[field] else { continue }
      for (digits, tokens) in fragments(scene.turn) where tokens.lowerBound <= 10 {
        if read.contains(digits) { break }
        let earlier = ledger.entries.last {
          if case .text(let text) = $0.value, !$0.isDenied {
            text != read && text.contains(digits)
          } else {
            false
          }
        }
        if let earlier {
          effects.append(.chooses(field, earlier.value, over: .text(read)))
          break
        }
        guard scene.isCorrection || scene.previous?.hasQuestion ?? false,
          let value = overlay(digits, on: read, field: field)
        else { continue }
        let mention = Mention(
          field: field, value: .text(value), confidence: 0.78,
          checks: Patch.checks(field, value), tokens: tokens, rule: "fragment_corrected")
        effects.append(.changes(mention, over: .text(read)))
        break
      }
    }
    return effects
  }

  /// Two to six digits, and nothing else dictated with them.
  static func fragments(_ turn: Turn) -> [(String, Range<Int>)] {
    SymbolReader.runs(turn.tokens).flatMap { readings in
      (readings + readings.prefix(1).flatMap { groups($0, turn) }).compactMap { symbols in
        guard let first = symbols.first, let last = symbols.last, (2...6).contains(symbols.count),
          symbols.allSatisfy(\.isDigit)
        else { return nil }
        return (String(symbols.map(\.character)), first.token..<last.end)
      }
    }
  }

  /// What stands between commas: "treinta y seis, treinta".
  private static func groups(_ symbols: [Symbol], _ turn: Turn) -> [[Symbol]] {
    var groups: [[Symbol]] = [[]]
    for symbol in symbols {
      if let last = groups.last?.last,
        turn.tokens[last.end..<max(last.end, symbol.token)].contains(where: { $0.text == "," })
      {
        groups.append([])
      }
      groups[groups.count - 1].append(symbol)
    }
    return groups.count > 1 ? groups : []
  }

  /// The number with these digits where they fit best: few digits change, and the end goes before the beginning.
  private static func overlay(_ digits: String, on text: String, field: FieldName) -> String? {
    let base = Array(text)
    let new = Array(digits)
    let first = field == "phone" ? 3 : 0
    guard base.count - first > new.count else { return nil }
    var best: (text: String, changes: Int)?
    for start in stride(from: base.count - new.count, through: first, by: -1) {
      let old = base[start..<(start + new.count)]
      guard old.allSatisfy(\.isNumber) else { continue }
      let changes = zip(old, new).filter { $0 != $1 }.count
      guard changes > 0, changes <= 2, changes < best?.changes ?? 3 else { continue }
      let value = String(base[..<start] + new + base[(start + new.count)...])
      guard isPossible(value, field) else { continue }
      best = (value, changes)
    }
    return best?.text
  }

  private static func isPossible(_ value: String, _ field: FieldName) -> Bool {
    switch field {
    case "document_number": IdentityNumber.kind(value) == nil || IdentityNumber.isValid(value)
    case "postal_code": PostalCode.isValid(value)
    default: true
    }
  }
}

import Forms

// The kind of document, where it is named and no number was told.
extension SpeechChoices {
  /// "¿Qué documento tiene?" "Pasaporte.", "¿Tiene DNI?" "No, la tarjeta roja.": the words of the form's vocabulary, where
  /// they are all of the answer. "El pasaporte se cayó al agua" is none.
  static func documentType(_ scene: Scene, _ form: FormDefinition) -> [Mention] {
    let answer = scene.answer(.document) ?? scene.answer(.passport)
    guard answer?.age == 1, !scene.turn.hasQuestion, let field = form.field("document_type"),
      let vocabulary = form.vocabulary(of: field)
    else { return [] }
    let tokens = scene.turn.tokens
    let named = scene.turn.hits.first { hit in
      hit.kind == .choice && scene.pack.code(hit).hasPrefix(vocabulary.name + "/")
        && (hit.tokens.upperBound == tokens.count || tokens[hit.tokens.upperBound].kind == .mark)
        && tokens[..<hit.tokens.lowerBound].allSatisfy {
          $0.kind == .mark || openers.contains($0.folded)
        }
        && !isRefused(tokens[..<hit.tokens.lowerBound])
    }
    guard let named else { return [] }
    let code = scene.pack.code(named).dropFirst(vocabulary.name.count + 1)
    return [
      Mention(
        field: "document_type", value: .text(String(code)), confidence: 0.72,
        tokens: named.tokens, rule: "document_named")
    ]
  }

  /// Words before the name of a document that is all of an answer.
  private static let openers: Set<String> = [
    "no", "si", "pues", "el", "la", "un", "una", "mi", "tengo", "solo", "es", "eh", "bueno",
  ]

  /// Whether a "no" governs what follows these words: no mark stands between.
  private static func isRefused(_ before: ArraySlice<Token>) -> Bool {
    let last = before.lastIndex { $0.kind == .mark } ?? before.startIndex - 1
    return before[(last + 1)...].contains { $0.folded == "no" }
  }
}

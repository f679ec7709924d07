import Forms

/// Finds the person's full name behind cues such as "me llamo", or as the answer to the question.
struct NameReader {
  let gazetteers: Gazetteers

  private static let particles: Set<String> = [
    "de", "del", "la", "las", "los", "y", "e", "el", "al", "ben", "bin", "da", "dos", "van", "von",
    "san", "santa",
  ]
  private static let cues: [[String]] = [
    ["me", "llamo"], ["me", "jamo"], ["mi", "nombre", "es"], ["mi", "nombre", "completo", "es"],
    ["soy"],
  ]
  /// Words that follow "soy" or a question and are no names, although somebody is called so.
  private static let strangers: Set<String> = [
    "si", "no", "pues", "bueno", "hola", "buenos", "buenas", "gracias", "yo", "me", "claro", "aqui",
    "eso", "vale", "mire", "mira", "senora", "senor", "don", "dona", "a", "ver", "tengo", "es",
    "el", "la", "un", "una", "de", "que", "con", "como", "muy", "bien", "encantada", "encantado",
    "nombre", "apellido", "apellidos", "letra", "llamo", "soy", "tecnica", "tecnico",
    "trabajadora", "voluntaria", "voluntario", "mujer", "hombre", "espanol", "espanola",
  ]

  /// The name in these tokens.
  ///
  /// - Parameter answer: index of the token at which an answer to the question for the name may begin.
  func mention(_ tokens: [Token], answer: Int?) -> Mention? {
    for cue in NameReader.cues {
      guard let start = after(cue, in: tokens) else { continue }
      let isWeak = cue == ["soy"]
      if isWeak, answer == nil { continue }
      if let found = name(tokens, from: start, weak: isWeak) { return found }
    }
    guard let answer else { return nil }
    var start = answer
    while start < tokens.count, start < answer + 6 {
      if let found = name(tokens, from: start, weak: true) {
        // What was skipped may have been part of the name: a cut name is never shown as sure.
        let skipped = tokens[answer..<start].contains { $0.kind == .word && $0.isCapitalized }
        return skipped ? found.doubted : found
      }
      start += 1
    }
    return nil
  }

  private func after(_ cue: [String], in tokens: [Token]) -> Int? {
    guard tokens.count > cue.count else { return nil }
    return (0...(tokens.count - cue.count - 1)).first { start in
      zip(cue, tokens[start...]).allSatisfy { $0 == $1.folded }
    }.map { $0 + cue.count }
  }

  private func name(_ tokens: [Token], from start: Int, weak: Bool) -> Mention? {
    var end = start
    var last = start
    var known = 0
    var words = 0
    while end < tokens.count, words < 6 {
      let token = tokens[end]
      guard token.kind == .word else { break }
      if words > 0, NameReader.particles.contains(token.folded), end + 1 < tokens.count {
        end += 1
        continue
      }
      guard isName(token, first: words == 0, weak: weak) else { break }
      if gazetteers.givenName(token.folded) > 0 || gazetteers.surname(token.folded) > 0 {
        known += 1
      }
      words += 1
      end += 1
      last = end
    }
    guard words >= (weak ? 2 : 1), known > 0 || !weak else { return nil }
    let parts = tokens[start..<last]
    let share = Double(known) / Double(words)
    // A given name alone is not what a form wants.
    let confidence = (weak ? 0.55 : 0.65) + 0.25 * share - (words == 1 ? 0.45 : 0)
    return Mention(
      field: "full_name", value: .text(NameReader.written(parts)), confidence: confidence,
      checks: [], tokens: start..<last, rule: weak ? "name_answer" : "name_cue")
  }

  private func isName(_ token: Token, first: Bool, weak: Bool) -> Bool {
    if NameReader.strangers.contains(token.folded) || NumberWords.isNumber(token.folded) {
      return false
    }
    let given = gazetteers.givenName(token.folded)
    let surname = gazetteers.surname(token.folded)
    if token.isCapitalized { return !weak || !first || given > 0 || surname > 0 }
    return first ? given >= 200 : max(given, surname) >= 500
  }

  /// The name with capitals and small particles.
  static func written(_ tokens: ArraySlice<Token>) -> String {
    tokens.enumerated().map { index, token in
      if index > 0, ["de", "del", "la", "las", "los", "y", "e", "da", "dos"].contains(token.folded)
      {
        return token.text.lowercased()
      }
      return token.text.prefix(1).uppercased()
        + (token.isAllCapitals
          ? token.text.dropFirst().lowercased() : String(token.text.dropFirst()))
    }.joined(separator: " ")
  }
}

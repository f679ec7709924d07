import Forms

// Numbers that answer a question: "Cinco.", "los tres", and those counted again aloud.
extension HouseholdStatements {
  /// "Los tres." or "los dos solos, entonces".
  func theTwo() -> [Mention] {
    guard !scene.turn.hasQuestion else { return [] }
    for index in tokens.indices.dropFirst() where ["los", "las"].contains(word(index - 1)) {
      guard let (value, count) = number(index), (2...12).contains(value) else { continue }
      let after = word(index + count)
      let isEnd =
        index + count >= tokens.count || tokens[index + count].endsSentence
        || ["solos", "solas", "entonces", "juntos"].contains(after)
      let isSure = ["solos", "solas"].contains(after)
      guard isEnd, isAsked || isSure,
        !["con", "a", "para", "de", "y", "por"].contains(word(index - 2))
      else { continue }
      return mention(
        "household_size", value, (index - 1)..<(index + count), 0.8, "household_summary")
    }
    return []
  }

  /// "¿Los tres niños están contigo?" "Los tres.": the children, and no size.
  func theChildren() -> [Mention]? {
    guard ["los", "las"].contains(word(0)), let (value, count) = number(1), value > 1,
      let previous = scene.previous
    else { return nil }
    let isGroup = previous.tokens.indices.contains { index in
      previous.word(index) == word(1)
        && previous.hits.contains {
          [.kinMinor, .kinOffspring].contains($0.kind) && $0.tokens.contains(index + count)
        }
    }
    return isGroup ? [] : nil
  }

  /// "Cinco." after "¿Cuántos sois en casa?"
  func bareAnswer() -> [Mention] {
    let asksForAll = [
      "sois", "son", "viven", "vivis", "personas", "gente", "edad", "edades", "anos",
    ]
    let words = (scene.previous?.tokens ?? []).filter { $0.kind == .word }
    let isShortQuestion = words.count <= 3 && words.contains { $0.folded == "menores" }
    let isAboutMinors =
      isShortQuestion && scene.previous?.hasQuestion ?? false
      || scene.before?.topics.contains(.minors) ?? false
        && scene.previous?.tokens.contains { ["cuantos", "cuantas"].contains($0.folded) } ?? false
        && !(scene.previous?.tokens.contains { asksForAll.contains($0.folded) } ?? false)
    if let children = theChildren() { return children }
    let topic: Topic = isAboutMinors ? .minors : .household
    guard let answer = scene.answer(topic), answer.age == 1,
      topic == .minors || answer.holder == .person
    else {
      return []
    }
    var index = 0
    while index < tokens.count,
      tokens[index].kind == .mark
        || [
          "pues", "eh", "ahora", "mismo", "si", "a", "ver", "en", "casa", "los", "las", "bueno",
          "no", "ya",
        ]
        .contains(tokens[index].folded)
    {
      index += 1
    }
    // "¿Cuántos son y qué edad?" "Ocho, seis."
    let isAges =
      words.contains { ["edad", "edades", "anos"].contains($0.folded) }
      && tokens.indices.filter { isNumber($0) }.count > 1
    if isAges { return [] }
    if let (value, count) = recounted(from: index) {
      return mention("household_size", value, count, 0.85, "household_corrected")
    }
    if let (_, count) = number(index), isCorrected(index + count),
      let last = tokens.indices.last(where: { isNumber($0) && $0 > index + count }),
      let (value, used) = number(last), value <= 20,
      last + used >= tokens.count || tokens[last + used].kind == .mark
    {
      return mention("household_size", value, last..<(last + used), 0.85, "household_answer")
    }
    // "Un momento", "una pregunta": no answer.
    if ["un", "una", "uno"].contains(word(index)), index + 1 < tokens.count,
      tokens[index + 1].kind == .word,
      !["persona", "solo", "sola", "en", "nada", "y"].contains(word(index + 1))
    {
      return []
    }
    if let either = either(index, field: isAboutMinors ? "minors" : "household_size") {
      return either
    }
    guard let (value, count) = number(index),
      !HouseholdStatements.measures.contains(word(index + count)),
      // "dos o tres años"
      !(word(index + count) == "o" && isNumber(index + count + 1)),
      // "6 7 7, cero 4…": a telephone.
      !isNumber(index + count), tokens.indices.filter({ isNumber($0) }).count < 5,
      !scene.turn.hits.contains(where: {
        $0.kind.isKin && $0.tokens.lowerBound == index + count
      }),
      !isCorrected(index + count)
    else { return [] }
    if isAboutMinors {
      return mention("minors", value, index..<(index + count), 0.9, "minors_answer")
    }
    // "Cuatro. No, perdón, cinco…"
    if let again = scene.turn.restart(after: index + count), let (right, used) = number(again),
      !HouseholdStatements.measures.contains(word(again + used)), right < 20
    {
      return mention(
        "household_size", right, again..<(again + used), 0.92, "household_corrected")
    }
    return mention("household_size", value, index..<(index + count), 0.9, "household_answer")
  }

  /// "Dos o tres": the first, and the other beside it; nil where no other number follows.
  func either(_ index: Int, field: FieldName = "household_size") -> [Mention]? {
    guard let (value, count) = number(index), word(index + count) == "o",
      let (other, used) = number(index + count + 1), (1...20).contains(other)
    else { return nil }
    let end = index + count + 1 + used
    guard !HouseholdStatements.measures.contains(word(end)) else { return nil }
    return mention(field, value, index..<end, 0.5, "household_either").map {
      var mention = $0
      mention.alternatives = [Alternative(value: .integer(other), confidence: 0.4)]
      return mention
    }
  }

  /// "Ocho, tres menores." "No, siete.": the number that the next turn sets right.
  func setRight() -> [Mention] {
    guard expected != nil, scene.opening == .denies || scene.opening == .repairs,
      !scene.turn.hasQuestion
    else { return [] }
    var index = 0
    while index < tokens.count,
      tokens[index].kind == .mark
        || ["no", "perdon", "somos", "son", "digo", "ay", "eh", "que", "en", "total"].contains(
          word(index))
    {
      index += 1
    }
    guard let (value, count) = number(index), (1...20).contains(value),
      index + count >= tokens.count || tokens[index + count].kind == .mark,
      tokens.indices.filter({ $0 >= index + count && isNumber($0) }).isEmpty
    else { return [] }
    return mention(
      "household_size", value, index..<(index + count), 0.88, "household_corrected")
  }

  /// "Siete, espera. Mi marido, yo… Seis, sí, seis.": counted again aloud; the number that the turn ends with.
  func recounted(from index: Int) -> (Int, Range<Int>)? {
    let isPausing = tokens.indices.contains { word($0) == "un" && word($0 + 1) == "momento" }
    guard let (first, count) = number(index), scene.turn.has(.repair) || isPausing,
      let last = tokens.indices.last(where: { tokens[$0].kind != .mark }),
      last > index + count + 2, let (value, used) = number(last), used == 1, value != first,
      (1...20).contains(value), tokens[last - 1].kind == .mark,
      !scene.turn.has(.kinMinor, in: max(0, last - 2)..<last)
    else { return nil }
    return (value, last..<(last + 1))
  }

  /// "Dos y el bebé, tres": the number grows before the sentence ends.
  func isCorrected(_ index: Int) -> Bool {
    word(index) == "y"
      && scene.turn.hits.contains {
        $0.kind.isKin && (index + 1...index + 2).contains($0.tokens.lowerBound)
      }
  }
}

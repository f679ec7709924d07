import Forms

// What is told of an address that is known: its number and floor, the street in other words, another number.
extension AddressReader {
  /// The street read back in other words or another spelling: "riot uría", "Río Turia"; "oriuela", "Orihuela".
  func respelled(_ address: StreetAddress, isFresh: Bool) -> Found? {
    let letters = address.letters
    guard letters.count >= 6, let first = PhoneticKey.key(letters).first else { return nil }
    for start in tokens.indices where tokens[start].kind == .word {
      // A spelling in small letters counts where the street was named right before.
      let mayBegin =
        tokens[start].isCapitalized || isFresh && (start == 0 || tokens[start - 1].kind == .mark)
      guard mayBegin, PhoneticKey.key(tokens[start].folded).first == first else { continue }
      var end = start
      var said = ""
      while end < tokens.count, tokens[end].kind == .word, said.count < letters.count - 1 {
        said += tokens[end].folded
        end += 1
      }
      guard said == letters || isFresh && StreetSpelling.soundAlike(said, letters) else { continue }
      var result = address
      result.name = tokens[start..<end].map { token in
        AddressReader.particles.contains(token.folded) && !token.isCapitalized
          ? token.text : Capitals.written(token)
      }.joined(separator: " ")
      guard Folding.fold(result.name) != Folding.fold(address.name),
        StreetSpelling.better(address.name, result.name, scene.gazetteers) == result.name
      else { return nil }
      // "Orihuela, 63": with what is told behind it.
      end = details(from: end, into: &result)
      return Found(address: result, tokens: start..<end, rule: "address_corrected")
    }
    return nil
  }

  /// Number, floor and door alone, said as an answer after the street.
  ///
  /// - Parameter isFresh: whether the street was said in the turn right before.
  func rest(of address: StreetAddress, isFresh: Bool) -> Found? {
    if isFresh, let more = moreOf(address) { return more }
    guard let answer = scene.answer(.floor) ?? scene.answer(.street), answer.age <= 2 else {
      // "¿Dónde vive? En avenida de Andalucía." "44, sexto B."
      let isNumber = isFresh && scene.isAbout(.place) || asksNumber
      return isNumber && address.number == nil ? rest(of: address, from: 0) : nil
    }
    if scene.asked?.topics.contains(.email) ?? false { return nil }
    // "ahí seguimos. segundo A", "segundo… segundo izquierda": the sentence that tells most.
    let first = answer.age == 0 ? answer.start : 0
    // "diecinueve, puerta ocho": the word of the question stands in the answer.
    let isAnswer = first > 0 && !scene.turn.hasQuestion
    let starts =
      (isAnswer ? [0] : []) + [first]
      + tokens.indices.filter { index in
        index > first && index <= first + 12
          && scene.turn.sentences[index - 1] != scene.turn.sentences[index]
      }
    let all = starts.compactMap { rest(of: address, from: $0) }
    return all.max { $0.address.detail < $1.address.detail }
  }

  /// "Calle Magisterio, el catorce" "El catorce, segundo A": the number said again, with what follows it.
  func moreOf(_ address: StreetAddress) -> Found? {
    guard address.floor == nil, let (number, next) = FloorGrammar.number(tokens, 0),
      number == address.number
    else { return nil }
    var result = StreetAddress(type: address.type, name: address.name, number: number)
    let end = FloorGrammar.read(tokens, next, into: &result)
    guard result.floor != nil || result.door != nil else { return nil }
    return Found(address: result, tokens: 0..<end, rule: "address_rest")
  }

  /// "Paseo de Colón, ¿número?"
  var asksNumber: Bool {
    guard let previous = scene.previous, !previous.has(.askPhone), !previous.has(.askDocument),
      let last = previous.tokens.last(where: { $0.kind != .mark })
    else { return false }
    return last.folded == "numero"
  }

  func rest(of address: StreetAddress, from first: Int) -> Found? {
    var start = first
    let skipped: Set<String> = [
      "el", "en", "es", "pues", "un", "una", "al", "la", "numero", "si", "piso", "de", "del", "ahi",
      "vale", "y", "eh", "calle", "avenida", "plaza", "exacto", "eso", "claro", "vivo", "vivimos",
      "seguimos",
      "sigo", "igual", "mismo", "misma",
    ]
    while start < tokens.count,
      tokens[start].kind == .mark || skipped.contains(tokens[start].folded)
    {
      if FloorGrammar.startsComponent(tokens, start) { break }
      start += 1
    }
    guard start < tokens.count, start <= first + 8 else { return nil }
    var result = StreetAddress(type: address.type, name: address.name)
    var end = start
    if address.number == nil, let (number, next) = FloorGrammar.number(tokens, start),
      !isLongerNumber(next)
    {
      result.number = number
      end = next
      // "Doscientos cinco. No, veinticinco."
      if let (right, after) = numberInstead(after: next) {
        result.number = right
        end = after
      }
    }
    end = FloorGrammar.read(tokens, end, into: &result)
    guard end > start, result.detail > 0 else { return nil }
    return Found(address: result, tokens: start..<end, rule: "address_rest")
  }

  /// "24.401": the last that was said was a postal code, which the answer is about.
  var isAfterCode: Bool {
    guard let previous = scene.previous else { return false }
    let digits = SymbolReader.runs(previous.tokens).last?.first ?? []
    return digits.filter(\.isDigit).count == 5
      && (digits.last?.end ?? 0) >= previous.tokens.count - 3
  }

  /// "Treinta y cinco seiscientos", "26.005": a postal code, no house number.
  func isLongerNumber(_ next: Int) -> Bool {
    guard next < tokens.count else { return false }
    // "Cuarenta y uno, setecientos dos"
    if tokens[next].text == ",",
      NumberWords.read(tokens[(next + 1)...]).map({ $0.value >= 100 }) ?? false
    {
      return true
    }
    let isGlued =
      tokens[next].text == "." && next + 1 < tokens.count
      && tokens[next + 1].kind == .number
    return isGlued || tokens[next].isNumber
  }

  /// Another number at the head of the answer to an address: "¿Calle Mayor, veintidós?" "Treinta y dos. Veintidós es…".
  func corrected(_ address: StreetAddress) -> Found? {
    // "¿Cuarenta y uno, setecientos dos?", "Ocho, convivientes.": something else is asked.
    guard address.number != nil, scene.asked == nil, !isAfterCode else { return nil }
    var start = 0
    let skipped: Set<String> = ["no", "ay", "perdon", "el", "la", "es", "al", "en", "numero", "eh"]
    while start < tokens.count,
      tokens[start].kind == .mark || skipped.contains(tokens[start].folded)
    {
      start += 1
    }
    if start < tokens.count, let (number, next) = FloorGrammar.number(tokens, start),
      number == address.number, let again = scene.turn.restart(after: next)
    {
      // "la cuarenta y ocho no, el 84"
      start = again
      while start < tokens.count, skipped.contains(tokens[start].folded) { start += 1 }
    } else if let now = tokens.firstIndex(where: { $0.folded == "ahora" }), now > start,
      tokens[start..<now].contains(where: { ["era", "antes"].contains($0.folded) })
    {
      // "No, 19 era la otra, ahora 21."
      start = now + 1
      while start < tokens.count, skipped.contains(tokens[start].folded) { start += 1 }
    }
    guard start < tokens.count, let (number, next) = FloorGrammar.number(tokens, start),
      number != address.number, number != "s/n", !isLongerNumber(next),
      next >= tokens.count || tokens[next].kind == .mark || tokens[next].folded == "no",
      number.count <= 3
    else { return nil }
    var result = address
    result.number = number
    return Found(address: result, tokens: start..<next, rule: "address_corrected")
  }
}

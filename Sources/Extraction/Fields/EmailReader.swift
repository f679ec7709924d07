import Forms

/// Reads written and dictated e-mail addresses.
enum EmailReader {
  /// The person's addresses in a turn.
  ///
  /// - Parameter best: the address known so far, which a correction may change.
  static func mentions(_ scene: Scene, best: FieldValue?) -> [Mention] {
    let tokens = scene.turn.tokens
    var found: [Mention] = []
    for index in tokens.indices {
      guard let sign = sign(tokens, index) else { continue }
      if let last = found.last, let restated = restatedDomain(scene, at: sign, of: last) {
        found.append(restated)
        continue
      }
      guard let (address, range, isWritten) = address(tokens, at: sign) else { continue }
      guard scene.holder(of: range, answering: .email) == .person else { continue }
      let isWhole = hasEnding(tokens[sign.upperBound..<range.upperBound])
      found.append(
        Mention(
          field: "email", value: .text(address),
          confidence: isWhole ? (isWritten ? 0.93 : 0.85) : 0.65,
          checks: isWhole ? whole : ending, tokens: range,
          rule: isWritten ? "email_written" : "email_dictated"))
    }
    if found.isEmpty, let whole = overTwoTurns(scene) { found.append(whole) }
    if found.isEmpty, let corrected = correctedDomain(scene, best: best) { found.append(corrected) }
    return found
  }

  static let whole = [Check(name: "email_shape", passed: true)]
  /// "ana arroba gmail": the ".com" is a guess.
  static let ending = [Check(name: "email_ending", passed: false)]

  /// Whether more than a provider's name stands behind the sign: "gmail punto com", "gmail com".
  static func hasEnding(_ domain: ArraySlice<Token>) -> Bool {
    let words = domain.filter { $0.kind != .mark }.map(\.folded)
    let isLetterAndMail = words.count == 2 && words[1] == "mail"
    return words.count > 1 && !isLetterAndMail
  }

  /// "…arroba gmail punto com, no, perdón, arroba hotmail punto com": the same name at another domain.
  private static func restatedDomain(
    _ scene: Scene, at sign: Range<Int>, of last: Mention
  ) -> Mention? {
    guard scene.turn.takesBack(between: last.tokens.upperBound, and: sign.lowerBound),
      case .text(let known) = last.value, let at = known.firstIndex(of: "@"),
      let (domain, end) = domain(scene.turn.tokens, after: sign.upperBound - 1)
    else { return nil }
    return Mention(
      field: "email", value: .text(known[...at] + domain), confidence: 0.85,
      checks: hasEnding(scene.turn.tokens[sign.upperBound..<end]) ? whole : last.checks,
      tokens: sign.lowerBound..<end, rule: "email_domain_corrected")
  }

  /// The tokens that stand for `@`, beginning at that one: "arroba" as it is heard, in one word or in two.
  static func sign(_ tokens: [Token], _ index: Int) -> Range<Int>? {
    let word = tokens[index].folded
    guard maybeSign(tokens[index]) else { return nil }
    let isAlone =
      tokens[index].text == "@" || ats.contains(word)
      || nearlyAts.contains(word) && isProvider(tokens, index + 1)
      || word == "at" && index > 0 && isProvider(tokens, index + 1)
    if isAlone { return index..<index + 1 }
    guard word == "a", index + 1 < tokens.count,
      ["roba", "rroba", "rova"].contains(tokens[index + 1].folded)
    else { return nil }
    return index..<index + 2
  }

  static func maybeSign(_ token: Token) -> Bool { token.isOf(.at) || token.folded == "@" }

  /// "Arroba" and how recognisers write it where they do not know it.
  private static let ats: Set<String> = [
    "arroba", "arrova", "aroba", "arova", "arroa", "arrobas", "arrobba", "harroba",
  ]
  /// Words that are something else, unless a mail provider follows.
  private static let nearlyAts: Set<String> = [
    "arriba", "arroja", "arropa", "roba", "ropa", "aroma", "arraba", "rroba", "robar", "aropa",
  ]

  /// All that a sign may begin with.
  static let signs = ats.union(nearlyAts).union(["at", "a"])

  private static func isProvider(_ tokens: [Token], _ index: Int) -> Bool {
    guard tokens.indices.contains(index) else { return false }
    let isLetterAndMail =
      ["g", "ge"].contains(tokens[index].folded) && index + 1 < tokens.count
      && tokens[index + 1].folded == "mail"
    return isLetterAndMail || provider(tokens[index].folded) != nil
  }

  /// Mail providers as recognisers write them.
  private static let providers: [String: String] = [
    "gmail": "gmail.com", "gemail": "gmail.com", "gimail": "gmail.com", "jimeil": "gmail.com",
    "yimeil": "gmail.com", "jmail": "gmail.com", "gmeil": "gmail.com", "yimail": "gmail.com",
    "hotmail": "hotmail.com", "jotmail": "hotmail.com", "otmail": "hotmail.com",
    "outlook": "outlook.com", "autlook": "outlook.com", "outluk": "outlook.com",
    "autluk": "outlook.com", "yahoo": "yahoo.com", "yaju": "yahoo.com", "yahu": "yahoo.com",
    "icloud": "icloud.com", "aicloud": "icloud.com", "protonmail": "protonmail.com",
    "proton": "proton.me", "live": "live.com",
  ]

  static func provider(_ word: String) -> String? { providers[word] }

  /// Words before an address that are no part of it.
  private static let stops: Set<String> = [
    "es", "el", "la", "mi", "su", "tu", "correo", "email", "mail", "electronico", "pon", "ponga",
    "apunta", "apunte", "anota", "seria", "si", "pues", "no", "que", "de", "del", "en", "al", "a",
    "digo", "vale", "era", "tengo", "uno", "is", "my", "address", "entonces", "este", "eh", "son",
    "direccion", "ahi", "hijo", "hija", "marido", "mujer", "lo", "yo", "bueno", "mire", "mira",
    "claro", "abri", "nuevo",
  ]
  /// Words in an address that stand for nothing.
  private static let fillers: Set<String> = [
    "todo", "junto", "junta", "pegado", "pegada", "seguida", "en", "minuscula", "minusculas", "eh",
    "em", "con", "seguido",
    "letra",
    "letras", "numero", "numeros", "y", "luego", "despues", "separado", "sin", "espacios",
    "espacio",
  ]

  static func address(
    _ tokens: [Token], at sign: Range<Int>
  ) -> (String, Range<Int>, Bool)? {
    let at = sign.lowerBound
    let isGlued =
      tokens[at].text == "@" && at > 0
      && tokens[at - 1].range.upperBound == tokens[at].range.lowerBound
    let (local, start) =
      isGlued ? writtenLocal(tokens, before: at) : spokenLocal(tokens, before: at)
    guard let (domain, end) = domain(tokens, after: sign.upperBound - 1) else { return nil }
    let name = trimmed(local)
    guard !name.isEmpty, name.count <= 64, !name.contains("..") else { return nil }
    return ("\(name)@\(domain)", start..<end, isGlued)
  }

  private static func trimmed(_ local: String) -> String {
    var local = Substring(local)
    while let first = local.first, ".-".contains(first) { local = local.dropFirst() }
    while let last = local.last, ".-".contains(last) { local = local.dropLast() }
    return String(local)
  }

  private static func writtenLocal(_ tokens: [Token], before at: Int) -> (String, Int) {
    var start = at
    while start > 0, tokens[start - 1].range.upperBound == tokens[start].range.lowerBound,
      tokens[start - 1].kind != .mark || "._-+".contains(tokens[start - 1].text)
    {
      start -= 1
    }
    return (tokens[start..<at].map(\.folded).joined(), start)
  }

  /// Walks back to where the address begins, then reads it forwards.
  private static func spokenLocal(_ tokens: [Token], before at: Int) -> (String, Int) {
    var start = at
    while start > 0, at - start < 24 {
      let token = tokens[start - 1]
      let isGlued = token.range.upperBound == tokens[start].range.lowerBound
      if token.kind == .mark {
        if token.text == "," || isGlued && "._-".contains(token.text)
          || token.text == "." && start - 1 > 0 && isInside(tokens, start - 1)
        {
          start -= 1
          continue
        }
        break
      }
      let isAside =
        fillers.contains(token.folded) && start < at && fillers.contains(tokens[start].folded)
      if stops.contains(token.folded), !isAside, !isExample(tokens, start - 1),
        !isPartOfSymbol(tokens, start - 1), !isSpelled(tokens, start - 1),
        !isShown(tokens, start - 1)
      {
        break
      }
      start -= 1
    }
    // "jessi, con i al final, arroba…": how a word before is written.
    if start > 0, start < at, tokens[start - 1].folded == "al", tokens[start].folded == "final" {
      start += 1
    }
    while start < at, tokens[start].kind == .mark || fillers.contains(tokens[start].folded) {
      start += 1
    }
    return (read(tokens[start..<at]), start)
  }

  /// A full stop with a lower-case word on both sides, as recognisers write "punto".
  private static func isInside(_ tokens: [Token], _ index: Int) -> Bool {
    index + 1 < tokens.count && tokens[index + 1].kind == .word && !tokens[index + 1].isCapitalized
      && tokens[index + 1].range.lowerBound == tokens[index].range.upperBound
  }

  /// "de" of "ce de casa".
  private static func isExample(_ tokens: [Token], _ index: Int) -> Bool {
    index > 0 && index + 1 < tokens.count && tokens[index].folded == "de"
      && SymbolReader.letter(tokens, at: index - 1, until: tokens.count)?.count == 3
  }

  /// "y" of "y griega", "a" among spelled letters.
  private static func isPartOfSymbol(_ tokens: [Token], _ index: Int) -> Bool {
    index + 1 < tokens.count && LetterNames.read(tokens[index...])?.count == 2
  }

  /// "a" of "a de Ana".
  private static func isShown(_ tokens: [Token], _ index: Int) -> Bool {
    SymbolReader.letter(tokens, at: index, until: tokens.count)?.count == 3
  }

  private static func isSpelled(_ tokens: [Token], _ index: Int) -> Bool {
    let isComma = { (place: Int) in tokens.indices.contains(place) && tokens[place].text == "," }
    let near = [
      isComma(index - 1) ? index - 2 : index - 1, isComma(index + 1) ? index + 2 : index + 1,
    ].filter { tokens.indices.contains($0) }
    return LetterNames.read(tokens[index...]) != nil
      && near.contains {
        tokens[$0].kind == .word && LetterNames.read(tokens[$0...]) != nil
          && !stops.contains(tokens[$0].folded)
      }
  }

  private static func read(_ tokens: ArraySlice<Token>) -> String {
    var text = ""
    var letters = ""
    var word = ""
    var index = tokens.startIndex
    while index < tokens.endIndex {
      let (piece, count) = piece(tokens[index...])
      if piece.count == 1, piece.allSatisfy(\.isLetter) {
        letters += piece
      } else if piece.isEmpty, tokens[index].kind == .mark {
        // "maría, eme, a, erre, i, a": commas do not end what is spelled.
      } else {
        text += finished(letters, after: word)
        letters = ""
        text += piece
        if piece.count > 1 { word = piece }
      }
      index += max(1, count)
    }
    return text + finished(letters, after: word)
  }

  /// Spelled letters, unless they only spell the word before: "fersem, efe e erre ese e eme".
  private static func finished(_ letters: String, after word: String) -> String {
    letters.count > 2 && letters == word ? "" : letters
  }

  /// One sign of a dictated address.
  private static func piece(_ tokens: ArraySlice<Token>) -> (String, Int) {
    guard let first = tokens.first else { return ("", 1) }
    let second = tokens.dropFirst().first?.folded
    switch first.folded {
    case "punto", "dot": return (".", 1)
    case "guion", "barra", "raya":
      if second == "bajo" || second == "baja" { return ("_", 2) }
      return second == "medio" || second == "alto" ? ("-", 2) : ("-", 1)
    case "subguion", "underscore": return ("_", 1)
    case ".", "_", "-": return (first.text, 1)
    default: break
    }
    if first.kind == .mark { return ("", 1) }
    if first.kind == .number { return (first.text, 1) }
    if first.isNumberWord, let number = NumberWords.read(tokens) {
      return (String(number.value), number.count)
    }
    if ["con", "sin"].contains(first.folded) {
      if let second, ["tilde", "acento", "acentos", "tildes", "nada"].contains(second) {
        return ("", 2)
      }
      // "con i griega", "con cu al final": how a word before is written.
      let next = tokens.dropFirst().first?.folded ?? ""
      let skipped = ["doble", "dos", "una"].contains(next) ? 1 : 0
      let letter = skipped + (LetterNames.read(tokens.dropFirst(1 + skipped))?.count ?? 0)
      let rest = tokens.dropFirst(1 + letter)
      let isPlaced = rest.first?.folded == "al" && rest.dropFirst().first?.folded == "final"
      return ("", 1 + letter + (isPlaced ? 2 : 0))
    }
    if fillers.contains(first.folded) { return ("", 1) }
    let all = Array(tokens)
    if let letter = SymbolReader.letter(all, at: 0, until: all.count) ?? LetterNames.read(tokens) {
      return (letter.letter.lowercased(), letter.count)
    }
    return (first.folded, 1)
  }

  private static func domain(_ tokens: [Token], after at: Int) -> (String, Int)? {
    var index = at + 1
    if index < tokens.count, tokens[index].text == "," { index += 1 }
    guard index < tokens.count, tokens[index].kind != .mark else { return nil }
    var name = tokens[index].folded
    if ["g", "ge"].contains(name), index + 1 < tokens.count, tokens[index + 1].folded == "mail" {
      name = "gmail"
      index += 1
    }
    index += 1
    // "a be uve punto be ge": a name in letters.
    var spelled =
      LetterNames.read(tokens[(index - 1)...]).map { String($0.letter).lowercased() } ?? ""
    if !spelled.isEmpty, provider(name) == nil, name.count <= 6 {
      index += (LetterNames.read(tokens[(index - 1)...])?.count ?? 1) - 1
      while index < tokens.count {
        if tokens[index].text == "," {
          index += 1
          continue
        }
        guard tokens[index].kind == .word, tokens[index].folded != "punto",
          let letter = LetterNames.read(tokens[index...])
        else { break }
        spelled += String(letter.letter).lowercased()
        index += letter.count
      }
      if spelled.count >= 2 { name = spelled }
    }
    let known = provider(name)
    if index + 1 < tokens.count, tokens[index].text == ",",
      ["punto", "dot"].contains(tokens[index + 1].folded)
    {
      index += 1
    }
    var parts = [known.map { String($0.prefix { $0 != "." }) } ?? name]
    while index + 1 < tokens.count,
      ["punto", "dot", "."].contains(tokens[index].folded),
      tokens[index + 1].kind == .word && isDomainPart(tokens, index)
        || isDomainBehindComma(tokens, index)
    {
      let isCut = tokens[index + 1].text == ","
      let (label, next) = label(tokens, index + (isCut ? 2 : 1))
      parts.append(label)
      index = next
    }
    if parts.count >= 2 { return (parts.joined(separator: "."), index) }
    // "gmail com"
    if index < tokens.count, ["com", "es", "org", "net"].contains(tokens[index].folded) {
      return ("\(parts[0]).\(tokens[index].folded)", index + 1)
    }
    return known.map { ($0, index) }
  }

  /// "com", or "be ge" in letters.
  private static func label(_ tokens: [Token], _ start: Int) -> (String, Int) {
    if let first = LetterNames.read(tokens[start...]), start + first.count < tokens.count,
      tokens[start].folded.count <= 3, !["com", "net", "org"].contains(tokens[start].folded),
      let second = LetterNames.read(tokens[(start + first.count)...])
    {
      return ("\(first.letter)\(second.letter)".lowercased(), start + first.count + second.count)
    }
    return (tokens[start].folded, start + 1)
  }

  /// "outlook, punto, es".
  private static func isDomainBehindComma(_ tokens: [Token], _ index: Int) -> Bool {
    tokens[index].kind == .word && tokens[index + 1].text == "," && index + 2 < tokens.count
      && endings.contains(tokens[index + 2].folded)
  }

  private static let endings: Set<String> = ["com", "es", "org", "net", "cat", "eus", "gal", "ma"]

  private static func isDomainPart(_ tokens: [Token], _ index: Int) -> Bool {
    if tokens[index].kind == .word { return true }
    let isGlued = tokens[index + 1].range.lowerBound == tokens[index].range.upperBound
    // "…punto es. Es, no com": a new sentence.
    if tokens[index + 1].isCapitalized, !isGlued { return false }
    return tokens[index + 1].range.lowerBound == tokens[index].range.upperBound
      || endings.contains(tokens[index + 1].folded)
  }

  /// "No, no, hotmail": the domain was taken down wrong.
  private static func correctedDomain(_ scene: Scene, best: FieldValue?) -> Mention? {
    guard scene.isCorrection, case .text(let known) = best,
      let index = scene.turn.tokens.firstIndex(where: { provider($0.folded) != nil }),
      let name = provider(scene.turn.tokens[index].folded),
      let at = known.firstIndex(of: "@"), scene.isAbout(.email)
    else { return nil }
    let (domain, end) =
      domain(scene.turn.tokens, after: index - 1) ?? (name, index + 1)
    return Mention(
      field: "email", value: .text(known[...at] + domain), confidence: 0.85,
      tokens: index..<end, rule: "email_domain_corrected")
  }
}

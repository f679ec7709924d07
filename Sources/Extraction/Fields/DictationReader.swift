import Forms

/// Reads what is dictated digit by digit or letter by letter: documents, telephones, postal codes.
///
/// A dictation may go over several turns, with the other speaker repeating pieces of it; what is not
/// complete is kept and joined with what follows.
struct DictationReader: Sendable {
  /// A piece that made no value by itself.
  private struct Piece: Sendable {
    let readings: [[Symbol]]
    let turn: Int
    let evidence: Evidence
    var digits: String { String((readings.first ?? []).map(\.character)) }
  }

  private var pieces: [Piece] = []
  /// The document last talked about was a passport.
  private(set) var aboutPassport = false
  /// Turn in which a passport was last talked about.
  private var passportTurn = -100
  /// The document last talked about was a NIE.
  private(set) var aboutNIE = false

  private static let patience = 3

  /// What the last turn had that was asked for and fails its check.
  private(set) var failed: [Mention] = []

  /// Values in a turn, outside the tokens that other readers took.
  ///
  /// - Parameters:
  ///   - hasAddress: whether a street address stands in the turn, so that five digits are its postal code.
  ///   - provinces: where the person may live, by what was heard before.
  mutating func mentions(
    _ scene: Scene, taken: [Range<Int>], hasAddress: Bool,
    provinces: @escaping () -> Set<String>
  ) -> [Mention] {
    let turn = scene.turn
    let plus = turn.tokens.contains { $0.text == "+" || $0.folded == "mas" }
    var found: [Mention] = []
    var left: [[[Symbol]]] = []
    for readings in SymbolReader.runs(turn.tokens, taken: taken) {
      let span = DictationReader.span(readings)
      noteDocument(scene, before: span.lowerBound)
      let values = read(
        readings, scene, plus: plus,
        postal: PostalCodeReader(scene: scene, hasAddress: hasAddress, provinces: provinces))
      found += values
      if values.isEmpty, !isOthersDocument(readings, scene) { left.append(readings) }
    }
    noteDocument(scene, before: turn.tokens.count)
    if found.isEmpty { found += joined(left, scene, plus: plus) }
    if !found.isEmpty { pieces = [] }
    pieces.removeAll { turn.number - $0.turn > DictationReader.patience }
    if found.isEmpty { keep(left, scene) }
    failed =
      found.isEmpty ? left.map { failing($0, scene) }.first { !$0.isEmpty } ?? [] : []
    return found
  }

  /// The tokens from the first to the last symbol.
  static func span(_ readings: [[Symbol]]) -> Range<Int> {
    let symbols = readings.first ?? []
    let start = symbols.first?.token ?? 0
    return start..<max(start + 1, symbols.last?.end ?? 0)
  }

  /// Remembers which document was named last.
  private mutating func noteDocument(_ scene: Scene, before token: Int) {
    let named = scene.turn.hits.last {
      ($0.kind == .askDocument || $0.kind == .askPassport) && $0.tokens.lowerBound < token
    }
    guard let named else { return }
    aboutPassport = named.kind == .askPassport
    if scene.turn.has(.askPassport) { passportTurn = scene.turn.number }
    let words = scene.turn.tokens[named.tokens].map(\.folded)
    aboutNIE = ["nie", "nia", "nle", "residencia"].contains { words.contains($0) }
  }

  // MARK: - One dictation

  private func read(
    _ readings: [[Symbol]], _ scene: Scene, plus: Bool, postal: PostalCodeReader
  ) -> [Mention] {
    let span = DictationReader.span(readings)
    guard !isDropped(span, scene.turn) else { return [] }
    // "Caduca en el 28." "A de árbol, cero dos, 73…": read from what was just looked at.
    let isLookedAt =
      scene.turn.number - passportTurn <= 8 && scene.previous?.has(.expired) ?? false
      && scene.before.map { $0.turn < scene.turn.number - 1 } ?? true
    let isDocument = scene.isAbout(.document, .passport) || isLookedAt
    let holder = scene.holder(of: span, answering: nil)
    let documents = DictationReader.documents(
      readings, scene, expected: isDocument, passport: aboutPassport && isDocument,
      isNIE: aboutNIE ? true : namesDNI(span, scene.turn) ? false : nil)
    if !documents.isEmpty {
      let asked = scene.holder(of: span, answering: .document)
      return holder == .person && asked == .person ? documents : []
    }
    if isDocument, !aboutPassport, scene.turn.number - passportTurn <= 5, holder == .person {
      // Another document was named after it, but the number fits none.
      let passports = DocumentReader.mention(readings, expected: false, passport: true)
      if !passports.isEmpty, (readings.first ?? []).contains(where: { !$0.isDigit }) {
        return passports.map { mention in
          var mention = mention
          mention.confidence = min(mention.confidence, 0.65)
          return mention
        }
      }
    }
    if let code = postal.mention(readings) { return [code] }
    let isPhone = isPhone(scene)
    let isOther = isDocument && !isPhone && !scene.turn.has(.askPhone) && !scene.turn.has(.sayPhone)
    if !isOther,
      let phone = DictationReader.phone(readings, scene, expected: isPhone, hasPlus: plus)
    {
      let asked = scene.holder(of: span, answering: .phone)
      return asked == .person ? [phone] : []
    }
    return []
  }

  /// A whole number of somebody else's, which is no piece of the person's.
  private func isOthersDocument(_ readings: [[Symbol]], _ scene: Scene) -> Bool {
    scene.holder(of: DictationReader.span(readings), answering: .document) == .other
      && DocumentReader.mention(readings, expected: false, passport: false)
        .contains { !$0.checks.isEmpty }
  }

  /// Whether a telephone was asked for, or is announced as one's own.
  func isPhone(_ scene: Scene) -> Bool {
    let isOwn = scene.turn.hits(.sayPhone).contains {
      scene.turn.tokens[$0.tokens.lowerBound].folded == "mi"
    }
    return scene.answer(.phone).map { $0.age <= 2 } ?? false || isOwn
  }

  /// Whether the words before a number call it a DNI.
  func namesDNI(_ span: Range<Int>, _ turn: Turn) -> Bool {
    turn.hits(.askDocument).contains { hit in
      hit.tokens.lowerBound < span.lowerBound
        && turn.tokens[hit.tokens].contains {
          ["dni", "deni", "denei", "dene", "carne", "carnet"].contains($0.folded)
        }
    }
  }

  /// "El de antes, el 688..., no", "ese no lo pongáis": a number that is told not to be used.
  func isDropped(_ span: Range<Int>, _ turn: Turn) -> Bool {
    let sentence = turn.sentence(of: span.lowerBound)
    let isPast = turn.hits.contains {
      $0.kind == .sayPast && sentence.contains($0.tokens.lowerBound)
        && $0.tokens.upperBound <= span.lowerBound && span.lowerBound - $0.tokens.upperBound <= 8
    }
    let isTakenBack = turn.hits.contains {
      $0.kind == .retract && (0...6).contains($0.tokens.lowerBound - span.upperBound)
    }
    // "Tenía 681 40 15 60, sí, lo cambio."
    let isOld = ["tenia", "ponia", "aparecia", "teniamos"].contains(turn.word(span.lowerBound - 1))
    if isOld { return true }
    let after = span.upperBound
    let isDenied =
      after + 1 < turn.tokens.count && turn.tokens[after].text == ","
      && turn.tokens[after + 1].folded == "no"
      && (after + 2 >= turn.tokens.count || turn.tokens[after + 2].kind == .mark)
    return isPast || isTakenBack || isDenied
  }

  // MARK: - Over several turns

  /// Joins the pieces of earlier turns with this one.
  private func joined(_ left: [[[Symbol]]], _ scene: Scene, plus: Bool) -> [Mention] {
    guard !pieces.isEmpty else { return [] }
    var readings = left.first ?? []
    // Letters alone: only the one that the turn begins with can end the number ("Y la letra?" has none).
    if !readings.contains(where: { $0.contains(where: \.isDigit) }) {
      guard let letter = leadingLetter(scene) else { return [] }
      readings = [[letter]]
    }
    for count in 1...min(3, pieces.count) {
      let earlier = Array(pieces.suffix(count))
      // The other speaker's echo of a piece adds nothing.
      var sequence: [[[Symbol]]] = []
      var last = ""
      for piece in earlier {
        if piece.digits == last { continue }
        last = piece.digits
        sequence.append(piece.readings.map { $0.map { DictationReader.moved($0) } })
      }
      var combinations: [[Symbol]] = [[]]
      for options in sequence + [readings] {
        combinations = combinations.flatMap { head in options.prefix(2).map { head + $0 } }
      }
      let isDocument = scene.isAbout(.document, .passport)
      var found = DocumentReader.mention(
        combinations, expected: isDocument, passport: false
      ).filter { $0.checks.allSatisfy(\.passed) }
      if found.isEmpty, scene.isAbout(.phone),
        let phone = PhoneReader.mention(combinations, expected: false, hasPlus: plus)
      {
        found = [phone]
      }
      guard !found.isEmpty, scene.holder(of: found[0].tokens) == .person else { continue }
      return found.map { mention in
        var mention = mention
        mention.earlier = earlier.map(\.evidence)
        mention.confidence = min(mention.confidence, 0.9)
        return mention
      }
    }
    return []
  }

  /// A symbol of an earlier turn: it has no token in this one.
  private static func moved(_ symbol: Symbol) -> Symbol {
    Symbol(
      character: symbol.character, token: 0, end: 1, isStart: symbol.isStart,
      isAmbiguous: symbol.isAmbiguous)
  }

  /// The letter that a turn begins with: "zeta de Zaragoza", "la te".
  private func leadingLetter(_ scene: Scene) -> Symbol? {
    let tokens = scene.turn.tokens
    let skipped: Set<String> = ["la", "letra", "y", "con", "es", "una", "un", "ele"]
    for index in tokens.indices.prefix(5) where tokens[index].kind == .word {
      if let letter = LetterNames.read(tokens[index...]),
        !skipped.contains(tokens[index].folded) || tokens[index].folded == "ele"
      {
        return Symbol(
          character: letter.letter, token: index, end: index + letter.count, isStart: true,
          isAmbiguous: false)
      }
      if !skipped.contains(tokens[index].folded) { return nil }
    }
    return nil
  }

  private static func beginsLikeNIE(_ readings: [[Symbol]]) -> Bool {
    guard let symbols = readings.first, let first = symbols.first, !first.isAmbiguous else {
      return false
    }
    return "XYZ".contains(first.character) && symbols.dropFirst().allSatisfy(\.isDigit)
  }

  private mutating func keep(_ left: [[[Symbol]]], _ scene: Scene) {
    let isExpected = scene.isAbout(.document, .passport, .phone)
    // A NIE shows what it is by its first letter, and later by its last.
    let left = isExpected ? left : left.filter(DictationReader.beginsLikeNIE)
    if left.isEmpty, !isExpected {
      if scene.asked != nil { pieces = [] }
      return
    }
    for readings in left where (readings.first ?? []).filter(\.isDigit).count >= 2 {
      let span = DictationReader.span(readings)
      pieces.append(
        Piece(readings: readings, turn: scene.turn.number, evidence: scene.turn.evidence(span)))
    }
  }
}

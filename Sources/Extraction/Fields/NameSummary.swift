import Forms

/// The whole name as it is said in the end: read back from the card or the screen once it was told, asked about and spelled.
///
/// What was heard first is often misheard; who writes a name down says it again. A later whole name takes the place of the one
/// known when it covers all its words, and when each word that differs was heard so before or spelled.
struct NameSummary: Sendable {
  /// A whole name.
  struct Found {
    let words: [String]
    let tokens: Range<Int>
    /// 0...1.
    let confidence: Double
    let rule: String
  }

  /// Words of names in earlier turns, folded.
  private var heard: Set<String> = []
  /// Words that were spelled, folded.
  private var spelled: Set<String> = []
  /// The letters of the last turns in which some were told, and whether more were to follow.
  private var letters: [(text: String, turn: Int, isOpen: Bool)] = []
  /// Words beside each other in turns before, written as one, folded.
  private var pairs: Set<String> = []

  /// Turns after which nobody takes down a name any more.
  private static let latest = 40

  /// The whole name in a turn, where it is more than the known one.
  mutating func read(_ scene: Scene, _ words: NameWords, known: [String]?) -> Found? {
    guard scene.turn.number < NameSummary.latest, !scene.isAbout(.email, .street) else {
      return nil
    }
    noteLetters(words.spelled, scene.turn)
    notePairs(words.tokens)
    defer { noteWords(scene, words) }
    if let stated = stated(scene, words) { return stated }
    for start in words.tokens.indices {
      guard let span = span(at: start, scene, words), isSummary(span, scene, words, known: known)
      else { continue }
      let isSure = span.significant.allSatisfy { word in
        isCertain(word) || isRegistered(word, scene)
      }
      return Found(
        words: span.words, tokens: span.tokens, confidence: isSure ? 0.85 : 0.66,
        rule: "name_summed_up")
    }
    return nil
  }

  // MARK: - What was heard

  /// These letters behind those of the turns before: a word spelled in pieces.
  func joined(_ run: String, turn: Int) -> [String] {
    // Who has told five letters and more has told a word.
    guard run.utf8.count < 5 else { return [] }
    let near = letters.filter { turn - $0.turn <= 2 && $0.turn < turn }.suffix(2)
    let before = Array(
      near.reversed().prefix { $0.text.utf8.count < 5 || $0.isOpen }.map(\.text).reversed())
    return before.indices.map { before[$0...].joined() + run }
  }

  /// Whether the letters of the turn before that one trailed off.
  func isOpen(before turn: Int) -> Bool {
    letters.last { $0.turn < turn }.map { $0.isOpen && turn - $0.turn <= 2 } ?? false
  }

  private mutating func noteLetters(
    _ runs: [(letters: String, tokens: Range<Int>)], _ turn: Turn
  ) {
    letters.removeAll { turn.number - $0.turn > 2 }
    for run in runs {
      letters.append((run.letters, turn.number, turn.trailsOff(after: run.tokens.upperBound)))
      // A word spelled over several turns.
      for count in 1...min(3, letters.count) {
        spelled.insert(letters.suffix(count).map(\.text).joined().lowercased())
      }
    }
  }

  private mutating func notePairs(_ tokens: [Token]) {
    for (one, other) in zip(tokens, tokens.dropFirst())
    where one.kind == .word && other.kind == .word && pairs.count < 400 {
      pairs.insert(one.folded + other.folded)
    }
  }

  /// Whether that word was heard as two.
  func heardApart(_ folded: String) -> Bool { pairs.contains(folded) }

  private mutating func noteWords(_ scene: Scene, _ words: NameWords) {
    for (index, token) in words.tokens.enumerated()
    where token.isCapitalized && isWord(index, words, isInside: true) {
      heard.insert(token.folded)
    }
  }

  /// Whether that word was heard as a name before, or spelled.
  func isCertain(_ word: String) -> Bool { heard.contains(word) || spelled.contains(word) }

  private func isRegistered(_ word: String, _ scene: Scene) -> Bool {
    scene.gazetteers.givenName(word) > 0 || scene.gazetteers.surname(word) > 0
  }

  /// Whether something was heard that this may be.
  private func isSupported(_ word: String) -> Bool {
    isCertain(word) || heard.union(spelled).contains { NameSummary.sound(word, $0) }
  }

  /// Whether two words sound much alike.
  private static func sound(_ a: String, _ b: String) -> Bool {
    let (a, b) = (PhoneticKey.key(a), PhoneticKey.key(b))
    return EditDistance.bounded(a, b, limit: max(1, min(a.count, b.count) / 3)) != nil
      && min(a.count, b.count) > 2
  }

  // MARK: - Whole names

  private struct Span {
    let words: [String]
    let tokens: Range<Int>
    /// Words without particles, folded.
    let significant: [String]
  }

  /// Words that announce a name; people are called Soy too.
  private static let announcing: Set<String> = ["soy", "yo", "me", "llamo", "es", "mi"]

  private func isWord(_ index: Int, _ words: NameWords, isInside: Bool) -> Bool {
    let token = words.tokens[index]
    guard token.kind == .word, token.folded.utf8.count > 1 else { return false }
    if token.folded.utf8.count < 6, NameSummary.announcing.contains(token.folded) { return false }
    if heard.contains(token.folded) || spelled.contains(token.folded) { return true }
    let isName = words.given(token) + words.surname(token) > 0
    guard token.isCapitalized else { return false }
    return isInside && isName && words.given(token) + words.surname(token) > 20
      || !words.isEveryday(token)
  }

  /// The words of a name from that token on; nil where they are fewer than two.
  private func span(at start: Int, _ scene: Scene, _ words: NameWords) -> Span? {
    guard isWord(start, words, isInside: false),
      !NameWords.particles.contains(words.tokens[start].folded)
    else { return nil }
    var written: [String] = []
    var significant: [String] = []
    var pending: [String] = []
    var end = start
    var index = start
    while index < words.tokens.count, significant.count < 6 {
      let token = words.tokens[index]
      if NameWords.particles.contains(token.folded), !significant.isEmpty {
        pending.append(words.particle(token, first: false))
      } else if isWord(index, words, isInside: true) {
        written += pending + [Capitals.written(token)]
        pending = []
        significant.append(token.folded)
        end = index + 1
      } else {
        break
      }
      index += 1
    }
    guard significant.count >= 2 else { return nil }
    return Span(words: written, tokens: start..<end, significant: significant)
  }

  private func isSummary(
    _ span: Span, _ scene: Scene, _ words: NameWords, known: [String]?
  ) -> Bool {
    guard scene.holder(of: span.tokens, answering: .name) == .person,
      scene.gazetteers.municipalities(span.significant.joined(separator: " ")).isEmpty,
      !words.tokens[max(0, span.tokens.lowerBound - 3)..<span.tokens.lowerBound].contains(where: {
        StreetTypes.names[$0.folded] != nil || ["soy", "llamo", "don", "dona"].contains($0.folded)
      })
    else { return false }
    guard let known else {
      // Nobody was named yet: both words were heard before, or spelled.
      return span.significant.count <= 4 && span.significant.allSatisfy(isCertain)
        && span.significant.contains { spelled.contains($0) || !isRegistered($0, scene) }
    }
    let old = known.map(Folding.fold).filter { !NameWords.particles.contains($0) }
    guard span.significant != old, span.significant.count >= old.count,
      old.allSatisfy({ covers($0, span) })
    else { return false }
    let new = span.significant.filter { !old.contains($0) }
    return !new.isEmpty && new.allSatisfy { isCertain($0) || isRegistered($0, scene) }
      && span.significant.allSatisfy { isSupported($0) || isRegistered($0, scene) }
      && (span.significant.count > old.count || new.allSatisfy(isCertain))
  }

  /// Whether a word of the known name is in the new one, as it is, misheard or in part.
  private func covers(_ word: String, _ span: Span) -> Bool {
    span.significant.contains { $0 == word || NameSummary.sound($0, word) }
      || word.utf8.count > 2
        && span.significant.contains { $0.hasSuffix(word) || $0.hasPrefix(word) }
  }

  // MARK: - Said apart

  /// "Nombre Xiaoling, apellido Zheng", "Meiyu de nombre y Chen de apellido".
  private func stated(_ scene: Scene, _ words: NameWords) -> Found? {
    let tokens = words.tokens.map(\.folded)
    guard let given = tokens.firstIndex(of: "nombre"),
      let surname = tokens.firstIndex(where: { $0 == "apellido" || $0 == "apellidos" }),
      !scene.turn.isQuestion(given), !scene.turn.isQuestion(surname)
    else { return nil }
    if surname < given { return statedBackwards(scene, words, surname: surname, given: given) }
    let isBehind = given > 1 && tokens[given - 1] == "de" && tokens[surname - 1] == "de"
    let first =
      isBehind ? names(before: given - 1, words) : names(from: given + 1, until: surname, words)
    let last =
      isBehind
      ? names(before: surname - 1, words) : names(from: surname + 1, until: tokens.count, words)
    guard !first.isEmpty, !last.isEmpty, first.upperBound <= last.lowerBound || !isBehind else {
      return nil
    }
    let range = min(first.lowerBound, last.lowerBound)..<max(first.upperBound, last.upperBound)
    guard scene.holder(of: range, answering: .name) == .person else { return nil }
    let written = (words.tokens[first] + words.tokens[last]).map { token in
      NameWords.particles.contains(token.folded)
        ? words.particle(token, first: false) : Capitals.written(token)
    }
    return Found(words: written, tokens: range, confidence: 0.85, rule: "name_stated")
  }

  /// "Apellido ungureanu nombre mihaela simona".
  private func statedBackwards(
    _ scene: Scene, _ words: NameWords, surname: Int, given: Int
  ) -> Found? {
    let isAsked = scene.answer(.name).map { $0.age == 1 } ?? false
    let last = said(from: surname + 1, until: given, words)
    let first = said(from: given + 1, until: words.tokens.count, words)
    guard isAsked, !first.isEmpty, !last.isEmpty, first.count <= 3, last.count <= 3,
      scene.holder(of: surname..<first.upperBound, answering: .name) == .person
    else { return nil }
    return Found(
      words: (words.tokens[first] + words.tokens[last]).map { Capitals.written($0) },
      tokens: surname..<first.upperBound, confidence: 0.75, rule: "name_stated")
  }

  /// Words that may be names, in whatever letters: known ones, and the first where nobody knows it.
  private func said(from start: Int, until end: Int, _ words: NameWords) -> Range<Int> {
    var start = start
    while start < end, ["es", ",", ":", ".", "y"].contains(words.tokens[start].folded) {
      start += 1
    }
    var index = start
    while index < end, words.tokens[index].kind == .word,
      !words.spelled.contains(where: { $0.tokens.contains(index) }),
      words.isName(index, small: true, inside: index > start) || words.isUnknown(index)
    {
      index += 1
    }
    return start..<max(start, index)
  }

  /// The words of names that begin at that token, behind "es" or a comma.
  private func names(from start: Int, until end: Int, _ words: NameWords) -> Range<Int> {
    var start = start
    while start < end, ["es", ",", ":", "y"].contains(words.tokens[start].folded) { start += 1 }
    var index = start
    while index < end,
      isWord(index, words, isInside: true) && words.tokens[index].isCapitalized
        || index < end && index > start && NameWords.particles.contains(words.tokens[index].folded)
    {
      index += 1
    }
    return start..<max(start, index)
  }

  /// The words of names that end before that token.
  private func names(before end: Int, _ words: NameWords) -> Range<Int> {
    var start = end
    while start > 0, words.tokens[start - 1].isCapitalized, isWord(start - 1, words, isInside: true)
    {
      start -= 1
    }
    return start..<end
  }
}

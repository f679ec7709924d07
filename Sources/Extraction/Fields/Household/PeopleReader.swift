/// Reads who is named in a turn about a household: "mi marido, la niña, que tiene siete, y yo".
///
/// A plural ("los tres niños") is a group; those told one by one behind it are its members, not more people.
struct PeopleReader {
  let scene: Scene
  let knowsYoung: Bool
  let known: Set<String>
  let tokens: [Token]
  let names: NameWords
  let ages: AgeReader
  /// Kinds of words by their token.
  let kinds: [Int: CueKind]
  let away: [Int: Hit]

  /// What a turn tells about people.
  struct Found {
    var people: [Person] = []
    /// Whether the speaker counted themself: "y yo".
    var hasMe = false
    /// "nosotros dos": people told by their number alone, the speaker among them.
    var us = 0
    /// The speaker's age.
    var ownAge: Int?
    /// Ages told before anybody was named.
    var looseAges: [Int] = []
    /// Whether anything says that they live with the speaker.
    var isHere = false
    var range: Range<Int>?

    var present: [Person] { people.filter { !$0.isAway } }
  }

  /// - Parameters:
  ///   - knowsYoung: whether children were named before the turn.
  ///   - names: those known from before.
  init(_ scene: Scene, knowsYoung: Bool = false, names known: Set<String> = []) {
    self.scene = scene
    self.known = known
    self.knowsYoung = knowsYoung
    tokens = scene.turn.tokens
    names = NameWords(scene)
    ages = AgeReader(tokens: scene.turn.tokens)
    var kinds: [Int: CueKind] = [:]
    var away: [Int: Hit] = [:]
    for hit in scene.turn.hits {
      switch hit.kind {
      case .kinElder, .kinPeer, .kinOffspring, .kinMinor, .kinRank:
        let first = hit.tokens.lowerBound
        // "hermano pequeño", "la chica": of two readings the surer one.
        if let known = kinds[first], PeopleReader.order(known) <= PeopleReader.order(hit.kind) {
          continue
        }
        kinds[first] = hit.kind
      case .homeAway:
        let first = hit.tokens.lowerBound
        if away[first].map({ $0.tokens.count < hit.tokens.count }) ?? true { away[first] = hit }
      default: break
      }
    }
    self.kinds = kinds
    self.away = away
  }

  static func order(_ kind: CueKind) -> Int {
    [.kinMinor, .kinOffspring, .kinRank, .kinPeer, .kinElder].firstIndex(of: kind) ?? 9
  }

  func word(_ index: Int) -> String { scene.turn.word(index) }

  /// Whether the words of relationship are in the turn at all.
  var hasKin: Bool { !kinds.isEmpty }

  /// Those named from that token on.
  ///
  /// - Parameters:
  ///   - start: index of the first token.
  ///   - isAge: whether the turn answers a question for ages.
  ///   - ofChildren: whether a bare number counts children: "¿Tienes hijos?" "Tres."
  func read(from start: Int, isAge: Bool = false, ofChildren: Bool = false) -> Found {
    var walk = Walk(lastAge: -1)
    var index = start
    while index < tokens.count {
      index = step(index, &walk, isAge: isAge, ofChildren: ofChildren && index - start <= 2)
    }
    return walk.found
  }

  /// Where reading stands.
  struct Walk {
    var found = Found()
    /// Token at which somebody was named last.
    var named = -1
    /// Token of the member of a group that was told last.
    var member = -2
    /// Whether it was named apart from the group: "mi hija mayor".
    var isOwnMember = false
    /// End of the last age.
    var lastAge: Int
    /// First of those named in a row, the subject of what follows.
    var run = 0
    /// Sentence in which somebody was named again.
    var again: Int32 = -1
    /// Sentence in which everybody named is elsewhere: "todos en Pakistán".
    var farSentence: Int32 = -1
  }

  func step(_ index: Int, _ walk: inout Walk, isAge: Bool, ofChildren: Bool) -> Int {
    school(index, &walk)
    if let end = elsewhere(at: index, &walk) { return end }
    if isMe(index) {
      walk.found.hasMe = true
      restart(index, &walk)
      walk.farSentence = -1
      return index + 1
    }
    if ["tengo", "cumpli"].contains(word(index - 1)), let (value, count) = ages.number(at: index),
      (10...99).contains(value), kinds[index + count] == nil
    {
      walk.found.ownAge = value
      return index + count
    }
    if let us = us(at: index) {
      walk.found.us = us.value
      return index + 1 + us.count
    }
    if let age = ages.age(
      at: index, named: walk.named, after: walk.lastAge, isAsked: isAge && walk.found.us == 0),
      noun(at: age.tokens.upperBound) == nil
    {
      if take(age, &walk) {
        walk.lastAge = age.tokens.upperBound
        return age.tokens.upperBound
      }
    }
    if isLeft(index, &walk) || isTold(index, &walk) { return index + 1 }
    if ["vive", "viven"].contains(word(index)), word(index + 1) == "con", walk.named < 0,
      ["el", "ella", "ellos"].contains(word(index - 1))
    {
      // "Él vive con sus padres": their home, not this one.
      return endOfComplement(index + 2)
    }
    if let end = host(at: index) { return end }
    let knowsYoung = self.knowsYoung || walk.found.people.contains { $0.kind.isYoung }
    if let person = noun(at: index, knowsYoung: knowsYoung) ?? thisOne(at: index) ?? group(
      at: index, walk, ofChildren)
      ?? (walk.found.people.isEmpty ? pronoun(at: index) : nil)
    {
      add(person, &walk)
      return index + 1
    }
    if let same = walk.found.people.firstIndex(where: { $0.name == tokens[index].folded }) {
      focus(same, at: index, &walk)
    } else if isName(at: index, walk) {
      name(index, &walk)
    }
    return index + 1
  }

  /// "mis hermanos, que van al instituto": minors.
  func school(_ index: Int, _ walk: inout Walk) {
    guard PeopleReader.schools.contains(word(index)), let last = walk.found.people.indices.last,
      index - walk.named < 8, walk.found.people[last].kind != .elder,
      walk.found.people[last].ages.isEmpty,
      (index - 4..<index).contains(where: { ["va", "van", "esta", "estan"].contains(word($0)) })
    else { return }
    walk.found.people[last].kind = .minor
  }
}

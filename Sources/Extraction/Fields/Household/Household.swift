import Forms

/// Who lives together, as far as the talk has told it: people named over several turns, with their ages.
///
/// A number that is said ("somos cuatro") goes before what can be counted from who is named.
struct Household: Sendable {
  var roster: [Person] = []
  /// Named in the last question: "¿Vives con tus padres?"
  private var offered: [Person] = []
  /// People told by their number alone: "nosotros dos".
  var us = 0
  /// Whether the talk said that these are all.
  var isWhole = false
  private var counted: [FieldName: Int] = [:]
  /// The question that waits for an answer.
  var question: HouseholdContext.Question?
  /// Number of the turn in which people were named last.
  var told = -9
  /// Whether the person is a minor too.
  var isMinor = false
  /// The size that was stated last, and in which turn.
  private var stated: (size: Int, turn: Int)?
  /// Number of the turn that spoke of the household last.
  var spoken = -9
  /// Age of the child who speaks for the person, and whether it lives with them.
  var speaker: Int?
  var hasSpeaker = false
  private var isSpeakerCounted = false
  /// The number of minors that the turn before asked about: "¿Los tres menores?"
  private var asked: Int?
  /// Number of the turn that said last that the person lives alone.
  private var lone = -99

  /// What a turn says about the household.
  struct Reading {
    var mentions: [Mention] = []
    /// Values that were counted before and no longer are.
    var replaced: [(field: FieldName, value: FieldValue)] = []
    /// Values stated right before that this turn sets right.
    var corrected: [(field: FieldName, value: FieldValue)] = []
  }

  /// Reads a turn.
  ///
  /// - Parameter size: the size that stands so far.
  mutating func read(_ scene: Scene, size: FieldValue?) -> Reading {
    let isJustTold = (0...1).contains(scene.turn.number - told) && !roster.isEmpty
    let justStated = stated.flatMap { scene.turn.number - $0.turn <= 1 ? $0.size : nil }
    let asked = asked
    self.asked = nil
    let statements = HouseholdStatements(scene, expected: isJustTold ? total : justStated)
    var stated = statements.mentions()
    let context = HouseholdContext(
      scene, question: question, isKnown: !roster.isEmpty, isWhole: isWhole,
      isSettled: isWhole && !roster.isEmpty && scene.turn.number - told > 3)
    let sums = sums(scene, statements, stated, size)
    stated += sums
    var reading = Reading(mentions: stated)
    if case .integer(let known) = size,
      let sum = sums.first(where: { $0.field == "household_size" && $0.confidence > 0.7 }),
      sum.value != .integer(known)
    {
      reading.corrected.append(("household_size", .integer(known)))
    }
    note(scene, context, stated)
    // Who lives alone lives with none of the children who were named before.
    if stated.contains(where: {
      $0.field == "household_size" && $0.value == .integer(1) && $0.confidence > 0.7
    }) {
      lone = scene.turn.number
      if let minors = counted["minors"], !isMinor {
        reading.replaced.append(("minors", .integer(minors)))
      }
    } else if stated.contains(where: { $0.field == "household_size" }) {
      lone = -99
    }
    if case .integer(let size) = stated.last(where: { $0.field == "household_size" })?.value {
      // "¿Cuatro?" "Cinco, con la abuela."
      if let justStated, justStated != size, !scene.turn.hasQuestion {
        reading.corrected.append(("household_size", .integer(justStated)))
      }
      self.stated = (size, scene.turn.number)
    }
    noteOwnAge(scene)
    if deniesMinors(scene, stated) {
      reading.mentions.append(
        Mention(
          field: "minors", value: .integer(0), confidence: 0.68, tokens: 0..<1, rule: "no_minors"))
    }
    if scene.turn.hasQuestion,
      case .integer(let minors) = stated.last(where: { $0.field == "minors" })?.value
    {
      self.asked = minors
    }
    let isSettled =
      stated.contains { $0.field == "household_size" && $0.confidence > 0.77 }
      && !scene.turn.hasQuestion
    defer { question = isSettled && !context.isAnswered ? nil : context.next }
    if context.isAsking {
      offered = reader(scene).read(from: 0).present
      return reading
    }
    if scene.turn.has(.homeApart), context.isAnswered, !scene.turn.namesOwn {
      roster = []
      return reading
    }
    if let speaker, speaker < 18, hasSpeaker, !isSpeakerCounted, scene.turn.number - told <= 4,
      !roster.isEmpty
    {
      isSpeakerCounted = true
      reading.mentions += minorsCounted(0..<1, stated)
      take(&reading)
      return reading
    }
    if let ages = agesOfGroup(scene) {
      for place in roster.indices where isOpenGroup(roster[place]) { roster[place].ages = ages }
      // "¿Los tres menores?" "La mayor tiene diecinueve…"
      if let asked, roster.minors != asked { reading.corrected.append(("minors", .integer(asked))) }
      reading.mentions += minorsCounted(0..<min(4, scene.turn.tokens.count), stated)
      take(&reading)
      return reading
    }
    guard context.isOpen else {
      if !context.isAnswered { offered = [] }
      return reading
    }
    let found = reader(scene).read(
      from: context.start, isAge: context.isAge, ofChildren: context.isOfChildren)
    let known = roster
    let wasWhole = isWhole
    if context.isHome || found.hasMe || found.us > 0 || context.isClosed { isWhole = true }
    if scene.proxy, found.hasMe { hasSpeaker = true }
    update(with: found, context, scene)
    if !found.people.isEmpty {
      told = scene.turn.number
      spoken = told
    }
    let isNobody = roster.isEmpty && us == 0 && !context.isClosed
    let isNew = !isNobody && (roster != known || isWhole != wasWhole || context.isClosed)
    offered = []
    guard isNew else { return reading }
    let range = found.range ?? 0..<min(4, scene.turn.tokens.count)
    // "Aquí pone cuatro." "Eso era antes. Quedamos mi mujer, la pequeña y yo."
    let isPast = scene.turn.tokens.contains { ["era", "eramos", "antes"].contains($0.folded) }
    if let justStated, found.hasMe, isPast || scene.isCorrection, let total, total != justStated,
      !stated.contains(where: { $0.field == "household_size" })
    {
      reading.corrected.append(("household_size", .integer(justStated)))
    }
    let total = (stated.last { $0.field == "household_size" }?.value ?? size)
    reading.mentions += count(range, stated, known: total, isSure: context.isDirect)
    let isMore = reading.mentions.contains {
      $0.rule == "household_counted" && $0.value != .integer(1)
    }
    if scene.turn.number - lone <= 8, !isMore, !isMinor {
      reading.mentions.removeAll { $0.rule == "minors_counted" }
    }
    // "Somos cinco: … Mi hermana pasa el día ahí, pero…": whoever is named after the number is no sixth.
    if justStated != nil, !found.hasMe, !scene.isCorrection {
      reading.mentions.removeAll { $0.rule == "household_counted" }
    }
    take(&reading)
    return reading
  }

  /// What was counted takes the place of what was counted before.
  private mutating func take(_ reading: inout Reading) {
    for mention in reading.mentions where mention.rule.hasSuffix("_counted") {
      if case .integer(let value) = mention.value {
        if let before = counted[mention.field], before != value {
          reading.replaced.append((mention.field, .integer(before)))
        }
        counted[mention.field] = value
      }
    }
  }

  private func minorsCounted(_ range: Range<Int>, _ stated: [Mention]) -> [Mention] {
    count(range, stated, known: nil, isSure: false).filter { $0.field == "minors" }
  }

  func reader(_ scene: Scene) -> PeopleReader {
    PeopleReader(
      scene, knowsYoung: roster.contains { $0.kind.isYoung },
      names: Set(roster.compactMap(\.name)))
  }

  // MARK: - Taking up

  private mutating func update(
    with found: PeopleReader.Found, _ context: HouseholdContext, _ scene: Scene
  ) {
    if found.us > 0 { us = found.us }
    if let age = found.ownAge, context.isFresh { isMinor = age < 18 }
    if found.people.isEmpty {
      let isAll = scene.turn.word(0) == "nada" && scene.turn.word(1) == "mas"
      let isConmigo = scene.turn.tokens.contains { $0.folded == "conmigo" }
      if scene.opening == .affirms || isAll || isConmigo, !offered.isEmpty, context.isAnswered,
        roster.isEmpty
      {
        roster = offered
      }
      if context.isAge { give(found.looseAges) }
      return
    }
    if context.isAge, !roster.isEmpty {
      for person in found.people { correct(person) }
      give(found.looseAges)
      return
    }
    var found = found
    // "¿Vive con su marido?" "Sí, y con los niños."
    if scene.opening == .affirms || scene.opening == .denies, context.isAnswered, !offered.isEmpty,
      scene.turn.tokens.prefix(4).contains(where: { ["y", "tambien"].contains($0.folded) }),
      scene.opening == .affirms || scene.turn.tokens.contains(where: { $0.folded == "tambien" })
    {
      found.people =
        offered.filter { one in !found.people.contains { $0.isSame(as: one) } } + found.people
    }
    found.people = naming(offered, in: found.people, context, scene)
    if found.present.isEmpty, !roster.isEmpty {
      for person in found.people { correct(person) }
      return
    }
    // "solo somos él y yo": the one who was named.
    let present = roster.filter { !$0.isAway }
    if found.people.count == 1, found.people[0].isPronoun, present.count == 1 { return }
    let overlaps = found.people.contains { person in roster.contains { $0.isSame(as: person) } }
    let isSameTurn = told == scene.turn.number
    let asksWho = scene.previous.map(HouseholdContext.asksWho) ?? false
    let isTold = found.hasMe || scene.turn.number - told > 4 && context.isDirect && asksWho
    if isSameTurn, !found.hasMe {
      for person in found.people {
        if roster.contains(where: { $0.isSame(as: person) }) {
          correct(person)
        } else {
          roster.append(person)
        }
      }
    } else if roster.isEmpty || found.hasMe && context.mayReplace
      || context.isFresh && !context.isMore && (!isWhole || context.mayReplace || isTold)
    {
      let before = roster
      roster = found.people
      inherit(from: before)
      // "Entonces tu madre, tu hermano y tú.": the same people, one of whom was told to be a child.
      let isSummary = scene.turn.words.contains { $0 == "tu" || $0 == "usted" }
      if isSummary, !scene.isCorrection, before.size == roster.size,
        before.minors > roster.minors
      {
        roster = before
      }
    } else if context.isMore || context.isAdding && !overlaps {
      for person in found.people where !roster.contains(where: { $0.isSame(as: person) }) {
        roster.append(person)
      }
    } else {
      for person in found.people { correct(person) }
    }
  }

  /// "¿Está su hijo con usted?" "Sí, Jhordan, que tiene quince.": the name of the one who was asked about.
  private func naming(
    _ offered: [Person], in people: [Person], _ context: HouseholdContext, _ scene: Scene
  ) -> [Person] {
    guard scene.opening == .affirms, context.isAnswered, offered.count == 1,
      let one = offered.first,
      !one.isGroup, let place = people.firstIndex(where: { $0.stem.isEmpty && $0.token <= 3 }),
      !people.contains(where: { $0.isSame(as: one) })
    else { return people }
    var people = people
    var named = one
    named.name = people[place].name
    named.ages = people[place].ages
    named.token = people[place].token
    people[place] = named
    return people
  }

  /// Ages in the order of the children.
  private mutating func give(_ ages: [Int]) {
    var rest = ages[...]
    markGrown(&roster)
    let young = roster.indices.filter {
      roster[$0].kind.isYoung && !roster[$0].isAway && !roster[$0].isGrown
    }
    // "¿Y tu hermano qué edad tiene?" "Nueve."
    let peers = roster.indices.filter {
      roster[$0].kind == .peer && !roster[$0].isGroup && !roster[$0].isAway
        && roster[$0].ages.isEmpty
    }
    if young.isEmpty, peers.count == 1, let age = ages.first { roster[peers[0]].ages = [age] }
    for index in young {
      let room =
        roster[index].isGroup
        ? (roster[index].isExact ? roster[index].count : rest.count) : 1
      guard roster[index].ages.count < room else { continue }
      let taken = rest.prefix(room - roster[index].ages.count)
      roster[index].ages += taken
      if !roster[index].isExact {
        roster[index].members = max(roster[index].members, roster[index].ages.count)
      }
      rest = rest.dropFirst(taken.count)
    }
  }

  /// What is told later about somebody: an age, or that they are gone.
  private mutating func correct(_ person: Person) {
    let place =
      roster.firstIndex { $0.isSame(as: person) }
      ?? (person.isAway ? roster.firstIndex { $0.stem == person.stem && $0.isGroup } : nil)
      ?? (person.kind.isYoung && !person.isGroup && !person.isAway
        ? roster.firstIndex { $0.kind.isYoung && ($0.isGroup || $0.ages.isEmpty) && !$0.isAway }
        : nil)
      ?? (person.kind == .peer && person.name != nil
        ? roster.firstIndex { $0.kind != .elder && $0.ages.isEmpty && !$0.isAway } : nil)
    guard let place else { return }
    if person.isAway {
      if roster[place].isGroup, !person.isGroup {
        roster[place].count = max(0, roster[place].count - 1)
      } else {
        roster[place].isAway = true
      }
    } else if roster[place].isGroup {
      if roster[place].ages.count < roster[place].count || !roster[place].isExact {
        roster[place].ages += person.ages
        roster[place].members = max(roster[place].members, roster[place].ages.count)
      }
    } else if !person.ages.isEmpty {
      roster[place].ages = person.ages
    }
  }

  /// Ages told before stay with those who are named again.
  private mutating func inherit(from before: [Person]) {
    for index in roster.indices where !roster[index].kind.isYoung && roster[index].ages.isEmpty {
      // "mi hermano pequeño… catorce": no brother of that age is grown up.
      let same = before.first { $0.isSame(as: roster[index]) && !$0.ages.isEmpty && !$0.isGroup }
      if let same { roster[index].ages = same.ages }
    }
    for index in roster.indices where roster[index].kind.isYoung && roster[index].ages.isEmpty {
      let match =
        before.first { $0.isSame(as: roster[index]) }
        ?? before.first {
          $0.kind.isYoung && $0.people == roster[index].people && !$0.ages.isEmpty
        }
      if let match {
        roster[index].ages = match.ages
        if !roster[index].isExact {
          roster[index].count = match.people
          roster[index].isExact = match.isSure
        }
      }
    }
  }
}

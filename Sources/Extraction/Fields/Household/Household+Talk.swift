import Forms

/// What is told of the household beside the answers: sums, ages told later, the age of a child who interprets.
extension Household {
  /// Children told by their number, of whom no age is known.
  func isOpenGroup(_ person: Person) -> Bool {
    person.isGroup && person.isExact && person.kind.isYoung && !person.isAway
      && person.ages.isEmpty
  }

  /// "¿Son pequeños?" "Edna tiene veintiuno, Wilson dieciséis y Kelton nueve.": as many ages as there are children.
  func agesOfGroup(_ scene: Scene) -> [Int]? {
    guard scene.turn.number - told <= 4, !scene.turn.hasQuestion,
      let group = roster.first(where: isOpenGroup), group.count > 1,
      scene.turn.tokens.count > 2 * group.count
    else { return nil }
    let found = reader(scene).read(from: 0, isAge: true)
    // "diecinueve. uno, nueve" is a telephone.
    guard !found.hasMe, found.people.contains(where: { !$0.ages.isEmpty }) else { return nil }
    let ages = found.looseAges + found.people.filter { $0.kind != .elder }.flatMap(\.ages)
    return ages.count == group.count && ages.allSatisfy { $0 < 50 } ? ages : nil
  }

  /// Notes whether the talk is still about the household.
  mutating func note(_ scene: Scene, _ context: HouseholdContext, _ stated: [Mention]) {
    let isOfSomebody = scene.turn.hits.contains(where: \.kind.isKin)
    if let asked = scene.asked, !isOfSomebody,
      asked.topics.isDisjoint(with: [.household, .minors, .age])
    {
      spoken = -9
    } else if context.isAsking || !stated.isEmpty || scene.asked != nil {
      spoken = scene.turn.number
    }
  }

  /// "¿Tú cuántos años tienes?" "Quince.": the age of a child who speaks for the parents.
  mutating func noteOwnAge(_ scene: Scene) {
    guard scene.proxy else { return }
    let turn = scene.turn
    let asksYou =
      scene.previous.map { question in
        question.tokens.contains { $0.text.lowercased() == "tú" }
          && question.tokens.contains { ["anos", "edad", "tienes"].contains($0.folded) }
          && question.tokens.contains { ["cuantos", "edad", "tienes"].contains($0.folded) }
          && question.tokens.count < 14
      } ?? false
    let reader = AgeReader(tokens: turn.tokens)
    for index in turn.tokens.indices.prefix(24) {
      let isOwn =
        turn.word(index - 1) == "tengo" && (asksYou || turn.word(index - 2) == "yo")
        || asksYou && turn.tokens[..<index].allSatisfy { $0.kind == .mark || $0.folded == "pues" }
      guard isOwn, let (value, count) = reader.number(at: index), (5...17).contains(value) else {
        continue
      }
      let next = turn.word(index + count)
      if next.isEmpty || AgeReader.isYears(next) || turn.tokens[index + count].kind == .mark {
        speaker = value
      }
    }
  }

  /// What sums up the talk so far.
  func sums(
    _ scene: Scene, _ statements: HouseholdStatements, _ stated: [Mention], _ size: FieldValue?
  ) -> [Mention] {
    let isTalk = scene.turn.number - spoken <= 2
    let isOther =
      scene.before.map { $0.topics.isDisjoint(with: [.household, .minors, .age]) } ?? false
    if isOther, !isTalk, scene.turn.number - (scene.before?.turn ?? -9) <= 1 { return [] }
    guard isTalk || scene.previous?.hits.contains(where: \.kind.isAboutHome) ?? false else {
      return []
    }
    var expected = total
    if expected == nil, case .integer(let known) = size { expected = known }
    let reader = HouseholdSumUp(
      statements: statements, expected: expected, isTalk: isTalk,
      isAge: question?.isAge ?? false || scene.previous.map(HouseholdContext.asksAge) ?? false)
    let has = { (field: FieldName) in stated.contains { $0.field == field } }
    return (has("household_size") ? [] : reader.size()) + (has("minors") ? [] : reader.minors())
  }

  /// "¿Hijos contigo?" "No, aquí no."
  func deniesMinors(_ scene: Scene, _ stated: [Mention]) -> Bool {
    guard scene.opening == .denies, let question, question.isMinors, !question.isAge,
      scene.turn.number - question.turn == 1, scene.previous?.hasQuestion ?? false,
      roster.allSatisfy({ $0.minors == 0 }), !stated.contains(where: { $0.field == "minors" })
    else { return false }
    return scene.turn.words.count <= 4 && !scene.turn.hits.contains(where: \.kind.isKin)
  }
}

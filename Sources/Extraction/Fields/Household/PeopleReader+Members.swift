/// Who is one more person, who a member of a group told before, and whose an age is.
extension PeopleReader {
  /// Somebody named again: what follows is about that one.
  func focus(_ place: Int, at index: Int, _ walk: inout Walk) {
    var person = walk.found.people.remove(at: place)
    if scene.turn.sentences[index] != scene.turn.sentences[person.token] {
      walk.again = scene.turn.sentences[index]
      person.token = index
    }
    walk.found.people.append(person)
    walk.run = walk.found.people.count - 1
    walk.named = index
  }

  func add(_ person: Person, _ walk: inout Walk) {
    var person = person
    let people = walk.found.people
    walk.found.range = (walk.found.range?.lowerBound ?? person.token)..<(person.token + 1)
    // "mi hermano mayor, Tariq": the adjective belongs to it.
    var end = [CueKind.kinRank, .kinMinor].contains(kinds[person.token + 1]) ? 1 : 0
    // "la madre de mi marido"
    if word(person.token + 1) == "de", kinds[person.token + 3] != nil { end = 3 }
    defer { walk.named = person.token + end }
    if scene.turn.sentences[person.token] == walk.farSentence { person.isAway = true }
    // "cuatro niños: Ana, Luis ..." and "la niña" behind "los tres niños": a member.
    if let group = people.lastIndex(where: { $0.isGroup && $0.kind != .elder && !$0.isAway }),
      person.kind.isYoung, people[group].kind.isYoung || person.isRank,
      !person.isGroup || person.isRank, !person.isAway,
      // "los tres pequeños. El mayor…" is none of them.
      !(person.stem == "mayor" && people[group].stem.hasPrefix("pequen")),
      !["otro", "otra"].contains(word(person.token - 1))
    {
      let isFull =
        people[group].isExact && people[group].members >= people[group].count
        || people[group].ages.count >= people[group].count && !people[group].ages.isEmpty
          && people[group].members == 0
      if person.isGroup, !isOthers(person) {
        // "y los otros, dieciséis y once"; "tres varones"; "dos hembras y un varón"
        if person.isExact, !people[group].isExact {
          walk.found.people[group].count = person.count
          walk.found.people[group].isExact = true
        } else if person.isExact {
          walk.found.people[group].members += person.count
        }
        return
      }
      if !isFull, !person.isGroup {
        walk.found.people[group].members += 1
        walk.member = person.token + end
        walk.isOwnMember =
          word(person.token - 1) == "mi"
          && scene.turn.sentences[person.token] != scene.turn.sentences[people[group].token]
        let known = walk.found.people.remove(at: group)
        walk.found.people.append(known)
        walk.run = walk.found.people.count - 1
        return
      }
    }
    // "mi hijo el mayor": which one it is.
    if person.isRank, !person.isGroup, let last = people.last, !last.isGroup, last.kind.isYoung,
      person.token - walk.named == 2, ["el", "la"].contains(word(person.token - 1))
    {
      return
    }
    // "Karina, la mamá": the name comes first.
    if let last = people.last, last.stem.isEmpty, !person.isGroup, person.token - walk.named <= 3,
      word(walk.named + 1) == ",", ["la", "el", "mi"].contains(word(person.token - 1)),
      word(person.token - 2) == ","
    {
      walk.found.people[people.count - 1].stem = person.stem
      walk.found.people[people.count - 1].kind = person.kind
      return
    }
    // "Mi hija y yo. Mi hija cumplió...": named again.
    if let same = people.firstIndex(where: { $0.isSame(as: person) && !person.isRank }),
      !person.isGroup || person.stem == "twin", !isAnother(person.token)
    {
      focus(same, at: person.token, &walk)
      return
    }
    // "un niño y la mayor": ranks stand for children only next to children, or by themselves.
    let joins =
      !people.isEmpty && walk.named >= 0
      && tokens[(walk.named + 1)..<max(walk.named + 1, person.token)].allSatisfy {
        ["y", "e", ",", "mi", "mis", "el", "la", "los", "las", "un", "una"].contains($0.folded)
      }
    if !joins { walk.run = people.count }
    walk.found.people.append(person)
  }

  /// "los otros dos": more than those named, counted by themselves.
  func isOthers(_ person: Person) -> Bool { person.isExact && person.stem.hasPrefix("otr") }

  /// "y otra hija", "un hijo y un hijo".
  func isAnother(_ index: Int) -> Bool {
    ["otro", "otra", "un", "una"].contains(word(index - 1))
  }

  /// Gives an age to the one named last; false where there is none to take it.
  func take(_ age: AgeReader.Age, _ walk: inout Walk) -> Bool {
    let index = age.tokens.lowerBound
    let isThe = ["el", "la"].contains(word(index - 2)) && word(index - 1) == "de"
    guard let last = walk.found.people.indices.last else {
      if isThe {
        one(age, &walk)
      } else {
        walk.found.looseAges.append(age.years)
      }
      return true
    }
    let person = walk.found.people[last]
    if person.isAway {
      if let young = walk.found.people.lastIndex(where: {
        !$0.isAway && $0.kind.isYoung && $0.ages.count < max(1, $0.count)
      }), scene.turn.sentences[walk.found.people[young].token] == scene.turn.sentences[index] {
        walk.found.people[young].ages.append(age.years)
      }
      return true
    }
    if person.kind == .elder {
      // "está de seis meses" is no age.
      return age.years >= 18 || word(index - 1) == "de"
    }
    if person.isGroup {
      walk.found.people[last].ages.append(age.years)
      if !person.isExact {
        walk.found.people[last].members = max(person.members, walk.found.people[last].ages.count)
      }
      return true
    }
    // "el de doce y la de nueve": each is one more.
    let isOneMore = ["el", "la"].contains(word(index - 2)) && word(index - 1) == "de"
    // "tenía diecisiete, pero ya dieciocho"
    if person.ages.isEmpty || word(index - 1) == "ya", !isOneMore {
      walk.found.people[last].ages = [age.years]
      return true
    }
    let listed = walk.lastAge >= index - 1 && person.kind.isYoung && !isOneMore
    if isOneMore || listed, !person.ages.isEmpty || isOneMore {
      one(age, &walk)
    }
    return true
  }

  /// One more child, told by the age alone.
  func one(_ age: AgeReader.Age, _ walk: inout Walk) {
    let index = age.tokens.lowerBound
    walk.found.people.append(
      Person(
        kind: .offspring, stem: "hij\(index)", count: 1, isExact: true, isGroup: false,
        isRank: true, token: index, ages: [age.years]))
    walk.named = index
    walk.run = walk.found.people.count - 1
  }

  /// "los pequeños son tres", "tres son": the number of a group named before.
  func isTold(_ index: Int, _ walk: inout Walk) -> Bool {
    guard let (value, count) = ages.number(at: index), (1...9).contains(value),
      word(index - 1) == "son" || word(index + count) == "son",
      index + count + 1 >= tokens.count
        || tokens[min(index + count + 1, tokens.count - 1)].kind == .mark
        || index + count >= tokens.count || tokens[index + count].kind == .mark,
      let group = walk.found.people.lastIndex(where: {
        $0.isGroup && !$0.isExact && $0.kind.isYoung && !$0.isAway
      })
    else { return false }
    walk.found.people[group].count = value
    walk.found.people[group].isExact = true
    return true
  }
}

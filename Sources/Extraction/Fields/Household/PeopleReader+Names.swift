/// People told by their names.
extension PeopleReader {
  /// A name that stands for somebody not yet counted.
  func isName(at index: Int, _ walk: Walk) -> Bool {
    let token = tokens[index]
    guard token.kind == .word, kinds[index] == nil,
      names.given(token) >= 20 || token.isCapitalized && !names.isSentenceStart(index),
      names.isName(index, small: true, inside: false),
      names.given(token) * 3 > names.surname(token) || names.isUnknown(index)
    else { return false }
    let before = word(index - 1)
    if ["de", "en", "a", "don", "dona", "senora", "que", "san", "santa", "calle"].contains(before) {
      return false
    }
    if PeopleReader.weekdays.contains(token.folded) { return false }
    if before == "yo" { return !token.isCapitalized && word(index + 1) == "y" }
    if word(index - 2) == "yo", token.isCapitalized { return false }
    return !tokens[..<index].contains { $0.folded == token.folded }
  }

  func name(_ index: Int, _ walk: inout Walk) {
    let last = walk.found.people.indices.last
    if let last {
      let person = walk.found.people[last]
      let isOther =
        ["el", "la"].contains(word(index - 1))
        && (word(index - 1) == "la") != PeopleReader.isFemale(word(person.token))
      let isApposition =
        !isOther
        && (index - walk.named == 1
          || index - walk.named == 2 && [",", ":", "el", "la"].contains(word(index - 1))
          || index - walk.named == 3 && word(index - 2) == ","
            && ["el", "la"].contains(word(index - 1)))
      // "mi madre Iryna", "la mayor, la Tamara", "Luis Daniel y yo": part of what is there already.
      let isMember = person.isGroup && walk.member == walk.named
      let endsList = word(index + 1) == "y" && word(index - 1) == ","
      if isApposition,
        isMember || !person.isGroup && (person.name == nil || index - walk.named == 1),
        !endsList || index - walk.named == 1
      {
        if !isMember, person.name == nil { walk.found.people[last].name = tokens[index].folded }
        if isMember { walk.member = index }
        walk.named = index
        return
      }
      if person.isGroup, person.kind.isYoung || tells(index, person), !person.isAway {
        if !person.isExact || person.members < person.count {
          walk.found.people[last].members += 1
          walk.named = index
          walk.member = index
          return
        }
      }
    }
    guard isListed(index) || walk.found.people.isEmpty && word(index + 1) == "y" else { return }
    add(
      Person(
        kind: .peer, stem: "", name: tokens[index].folded, count: 1, isExact: true,
        isGroup: false, isRank: false, token: index), &walk)
  }

  /// "mis hermanas, que son Aleena y Zoya": the names of a group.
  func tells(_ index: Int, _ group: Person) -> Bool {
    guard group.kind == .peer, index - group.token < 8 else { return false }
    return tokens[group.token..<index].contains { $0.folded == "son" || $0.text == ":" }
  }

  func isListed(_ index: Int) -> Bool {
    if known.contains(tokens[index].folded) { return true }
    if ["vive", "esta", "vivimos"].contains(word(index + 1)),
      ["conmigo", "aqui", "con"].contains(word(index + 2))
    {
      return true
    }
    let before = word(index - 1)
    let isItem = ["y", ",", "con", "son", "yo", "el", "la", ":"].contains(before)
    return ["y", "e"].contains(word(index + 1)) || isItem && before != "el" && before != "la"
      || word(index + 1) == "," && (isItem || names.isSentenceStart(index))
      || ages.number(at: index + 1) != nil
      || ["el", "la"].contains(word(index - 1)) && ["y", ",", "con"].contains(word(index - 2))
  }
}

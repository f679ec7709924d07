import Forms

// What a turn makes of the values heard before it: agreed to, denied, retracted, set right.
extension IntakeExtractor {
  /// Confirms or denies the values of the turn before, as this turn answers it.
  mutating func takeUp(_ scene: Scene, _ mentions: [Mention]) {
    for (field, values) in fresh where !takesSeveral(field) {
      let new = mentions.filter { $0.field == field }.map(\.value)
      let isRestated = values.contains { new.contains($0) }
      switch scene.opening {
      case .affirms where new.isEmpty || isRestated:
        ledgers[field]?.confirm { values.contains($0.value) && $0.confidence >= 0.6 }
      case .denies
      where field == "minors" && values.allSatisfy { $0 == .integer(0) } && new.isEmpty:
        // "Menores no hay." "No, aquí conmigo no."
        ledgers[field]?.confirm { $0.value == .integer(0) && $0.confidence >= 0.8 }
      case .denies, .repairs:
        // "¿Cuatro, con dos menores?" "No, un menor": the size stands.
        let isOther = field == "household_size" && mentions.contains { $0.field == "minors" }
        if isOther, new.isEmpty { continue }
        // "Ocho, tres menores." "No, siete.": the minors stand.
        let isSize = field == "minors" && mentions.contains { $0.field == "household_size" }
        if isSize, new.isEmpty { continue }
        // "En Ronda de la Vía 19, en Huelva." "No, 19 era la otra, ahora 21.": the town stands.
        if new.isEmpty, isAboutAnotherPart(field, mentions) || isAboutCode(field, scene) {
          continue
        }
        let isCorrected = !new.isEmpty && !isRestated
        if isCorrected || new.isEmpty && isPlainDenial(scene, field) {
          ledgers[field]?.deny("denied") { values.contains($0.value) && !$0.isConfirmed }
        }
      case .none
      where !new.isEmpty && !isRestated && field != "household_size" && field != "minors"
        && (previous?.hasQuestion ?? false):
        // "¿El 33212?" "33213."
        ledgers[field]?.deny("answered_otherwise") { values.contains($0.value) && !$0.isConfirmed }
      default: break
      }
    }
    if scene.opening == .affirms, fresh["gender"] == nil, let offered = offeredGender(scene) {
      ledgers["gender", default: Ledger()].hear(offered.mention, in: offered.turn)
    }
    for effect in Fragments.effects(
      scene, fresh: fresh.filter { answerable.contains($0.key) }, ledgers: ledgers, new: mentions)
    {
      switch effect {
      case .chooses(let field, let value, let wrong):
        ledgers[field]?.deny("read_back_wrong") { $0.value == wrong }
        ledgers[field]?.confirm { $0.value == value }
      case .changes(let mention, let wrong):
        ledgers[mention.field]?.deny("read_back_wrong") { $0.value == wrong }
        ledgers[mention.field, default: Ledger()].hear(mention, in: scene.turn)
      }
    }
    retract(scene, mentions)
  }

  /// A street with what is told beside it.
  static let around: Set<FieldName> = [
    "street_address", "municipality", "province", "postal_code",
  ]

  /// "Calle Ancha 9. ¿24401?" "No, 24400.": what is said instead tells which part of the address was wrong.
  private func isAboutAnotherPart(_ field: FieldName, _ mentions: [Mention]) -> Bool {
    IntakeExtractor.around.contains(field)
      && mentions.contains {
        $0.field != field && IntakeExtractor.around.contains($0.field)
          && ($0.field == "street_address" || fresh[$0.field]?.contains($0.value) == false)
      }
  }

  /// "43204, ¿no?" "No, 206": digits answer the code that was read back, not the town or the street beside it.
  private func isAboutCode(_ field: FieldName, _ scene: Scene) -> Bool {
    guard field != "postal_code", IntakeExtractor.around.contains(field),
      fresh["postal_code"] != nil
    else { return false }
    let numbers = scene.turn.tokens.prefix(8).filter {
      $0.isNumber
    }
    return !numbers.isEmpty && !["un", "una"].contains(numbers[0].folded)
  }

  /// A "no" that stands by itself, answering a question that held the value.
  func isPlainDenial(_ scene: Scene, _ field: FieldName) -> Bool {
    let isAnswer = previous?.hasQuestion ?? false
    guard scene.opening == .denies, isAnswer || isShort(scene) else { return false }
    // "… del 69, viejo ya." "Qué va."
    if !isAnswer, scene.turn.word(0) == "que", scene.turn.word(1) == "va" { return false }
    // "¿Oxana con equis?" "No, con ka y ese", "no, todo junto": how it is written, the name stands.
    if field == "full_name", scene.turn.tellsSpelling { return false }
    // "¿Kaur es el apellido, tienes otro?" "No.": there is no other.
    let isOther =
      previous?.words.suffix(4).contains { ["otro", "segundo", "otros", "mas"].contains($0) }
      ?? false
    if field == "full_name", isOther { return false }
    // Numbers with a right check letter are not lost to a "no" about something else.
    return answerable.contains(field) && field != "document_number" && field != "document_type"
  }

  func isShort(_ scene: Scene) -> Bool {
    let words = scene.turn.tokens.filter { $0.kind != .mark }
    let second = scene.turn.tokens.dropFirst().first
    let third = scene.turn.tokens.dropFirst(2).first
    return words.count <= 4 || second?.kind == .mark
      || second?.folded == "no" && (words.count <= 6 || third?.kind == .mark)
  }

  /// "¿Pongo mujer?" "Sí."
  func offeredGender(_ scene: Scene) -> (mention: Mention, turn: Turn)? {
    guard fields.contains("gender"), let previous, previous.has(.askGender) else { return nil }
    let hits = previous.hits(.gender)
    guard hits.count == 1, let hit = hits.first else { return nil }
    return (
      Mention(
        field: "gender", value: .text(pack.code(hit)), confidence: 0.85, tokens: hit.tokens,
        rule: "gender_confirmed"), previous
    )
  }

  /// "Ese lo perdí", "ahí ya no vivo": what was said before is no longer so.
  mutating func retract(_ scene: Scene, _ mentions: [Mention]) {
    let turn = scene.turn
    let isOwn = turn.hits(.retract).contains { hit in
      let sentence = turn.sentence(of: hit.tokens.lowerBound)
      // "No me lo cambie": nothing was changed.
      let before = turn.tokens[max(0, hit.tokens.lowerBound - 2)..<hit.tokens.lowerBound]
      if before.contains(where: { $0.folded == "no" }) { return false }
      let clause = turn.tokens[sentence.lowerBound..<hit.tokens.lowerBound].suffix(3)
      // "número nuevo, el viejo lo tiré": another one.
      if clause.contains(where: { IntakeExtractor.former.contains($0.folded) }) { return false }
      // "no no lo conoce"
      let isAnswer = ["lo", "la", "me", "se", "le"].contains(turn.word(hit.tokens.upperBound))
      if turn.word(hit.tokens.lowerBound) == "no", isAnswer { return false }
      // "el mío 649…, pero ese no lo pongas": a number said in the same turn.
      let hasNumber = SymbolReader.runs(Array(turn.tokens[..<hit.tokens.lowerBound])).contains {
        ($0.first?.count ?? 0) >= 7
      }
      if hasNumber { return false }
      // "El del sobrino, pero ese no me lo sé": his.
      return !turn.has(.holderOther, in: sentence.lowerBound..<hit.tokens.lowerBound)
    }
    guard isOwn else { return }
    let named = retracted(turn)
    for field in ["phone", "street_address", "postal_code", "municipality", "email"] as [FieldName]
    {
      guard let values = fresh[field], named.isEmpty || named.contains(field) else { continue }
      let new = mentions.filter { $0.field == field }
      if new.contains(where: { values.contains($0.value) }) { continue }
      if new.isEmpty, isAboutCode(field, scene) { continue }
      ledgers[field]?.deny("retracted") { values.contains($0.value) }
      if field == "street_address", let address, values.contains(.text(address.text)) {
        self.address = nil
      }
    }
  }

  private static let former: Set<String> = ["viejo", "vieja", "antiguo", "antigua"]

  /// "Entonces el código ya no es el 03183": the fields that the sentence of a retraction names.
  private func retracted(_ turn: Turn) -> Set<FieldName> {
    let topics: [CueKind: FieldName] = [
      .askPostal: "postal_code", .askPhone: "phone", .askEmail: "email",
    ]
    var named: Set<FieldName> = []
    for hit in turn.hits(.retract) {
      let before = turn.sentence(of: hit.tokens.lowerBound).lowerBound..<hit.tokens.lowerBound
      for (kind, field) in topics where turn.has(kind, in: before) { named.insert(field) }
    }
    return named
  }

  /// "El tres, no, perdón, el trece": of two values in one turn the one after the correction stands.
  mutating func repairInside(_ scene: Scene, _ mentions: [Mention]) {
    restartInside(mentions)
    prefer(mentions, in: scene.turn)
    let turn = scene.turn
    let repairs = turn.hits.filter {
      // A "no" that opens a sentence corrects the one before it.
      $0.kind == .repair || $0.kind == .retract
        || $0.kind == .no && $0.tokens.lowerBound > 0
          && $0.tokens.lowerBound == turn.sentence(of: $0.tokens.lowerBound).lowerBound
    }
    guard !repairs.isEmpty else { return }
    for field in Set(mentions.map(\.field)) where !takesSeveral(field) {
      let values = mentions.filter { $0.field == field }
      guard Set(values.map(\.value)).count > 1,
        let last = values.max(by: { $0.tokens.lowerBound < $1.tokens.lowerBound })
      else { continue }
      for earlier in values where earlier.value != last.value {
        let isRepaired = repairs.contains {
          $0.tokens.lowerBound >= earlier.tokens.upperBound - 1
            && $0.tokens.upperBound <= last.tokens.lowerBound + 1
        }
        if isRepaired { ledgers[field]?.deny("repaired") { $0.value == earlier.value } }
      }
    }
  }

  /// "El de casa es el 985…, pero… Ponme el móvil: 617…", "…, pero ese no lo miro. Mejor ana@…": what is asked to be taken down.
  mutating func prefer(_ mentions: [Mention], in turn: Turn) {
    for field in ["phone", "email"] as [FieldName] {
      let values = mentions.filter { $0.field == field }
      guard values.count > 1, let last = values.last else { continue }
      let sentence = turn.sentence(of: last.tokens.lowerBound)
      let before = turn.tokens[sentence.lowerBound..<last.tokens.lowerBound]
      let isAnothers = zip(before, before.dropFirst()).contains {
        ["el", "la"].contains($0.folded) && $1.folded == "de"
      }
      guard !isAnothers, before.contains(where: { IntakeExtractor.taking.contains($0.folded) })
      else { continue }
      for earlier in values.dropLast() where earlier.value != last.value {
        ledgers[field]?.deny("another_preferred") { $0.value == earlier.value }
      }
    }
  }

  private static let taking: Set<String> = [
    "ponme", "pon", "ponga", "apunta", "apunte", "anota", "mejor", "usa", "celular",
  ]

  /// A number begun wrong and dictated again in the same breath: the last one stands.
  mutating func restartInside(_ mentions: [Mention]) {
    for field in ["phone", "document_number"] as [FieldName] {
      let values = mentions.filter { $0.field == field }
      guard let last = values.last, case .text(let right) = last.value else { continue }
      for earlier in values.dropLast() {
        guard case .text(let wrong) = earlier.value, wrong != right, wrong.count == right.count,
          zip(wrong, right).filter({ $0 != $1 }).count <= 3
        else { continue }
        ledgers[field]?.deny("restarted") { $0.value == earlier.value }
      }
    }
  }
}

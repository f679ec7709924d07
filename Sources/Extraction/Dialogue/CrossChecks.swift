import Forms

/// Checks between fields: what does not agree is doubtful, and says why.
enum CrossChecks {
  static func apply(to candidates: inout [FieldName: Candidate], gazetteers: Gazetteers) {
    postalCode(&candidates, gazetteers)
    minors(&candidates)
    name(&candidates, gazetteers)
  }

  /// A name with a word that nobody in the register has may be misheard, however often it was said: only letters settle it.
  private static func name(_ candidates: inout [FieldName: Candidate], _ gazetteers: Gazetteers) {
    guard let name = candidates["full_name"], case .text(let text) = name.value,
      !gazetteers.isIncomplete, !name.rules.contains("name_spelled")
    else { return }
    let unknown = text.split { $0 == " " || $0 == "-" }.contains { word in
      let folded = Folding.fold(word)
      return !NameWords.particles.contains(folded) && gazetteers.givenName(folded) == 0
        && gazetteers.surname(folded) == 0
    }
    guard unknown else { return }
    candidates["full_name"] = name.adding(
      Check(name: "name_in_register", passed: false), doubtful: true)
  }

  /// The postal code's province must be the municipality's.
  private static func postalCode(
    _ candidates: inout [FieldName: Candidate], _ gazetteers: Gazetteers
  ) {
    guard let code = candidates["postal_code"], let place = candidates["municipality"],
      case .text(let digits) = code.value, case .text(let name) = place.value,
      let province = PostalCode.province(digits)
    else { return }
    let places = gazetteers.municipalities(named: name)
    guard !places.isEmpty else { return }
    let agrees = places.contains { $0.province == province }
    let check = Check(name: "postal_code_province", passed: agrees)
    candidates["postal_code"] = code.adding(check, doubtful: !agrees)
    candidates["municipality"] = place.adding(check, doubtful: !agrees)
  }

  /// A household has more people than minors.
  private static func minors(_ candidates: inout [FieldName: Candidate]) {
    guard let size = candidates["household_size"], let minors = candidates["minors"],
      case .integer(let people) = size.value, case .integer(let children) = minors.value,
      children >= people
    else { return }
    let check = Check(name: "minors_below_household", passed: false)
    candidates["household_size"] = size.adding(check, doubtful: true)
    candidates["minors"] = minors.adding(check, doubtful: true)
  }
}

extension Candidate {
  /// The candidate with one more check.
  func adding(_ check: Check, doubtful: Bool) -> Candidate {
    Candidate(
      field: field, value: value, said: said,
      confidence: doubtful ? min(confidence, 0.5) : confidence,
      state: doubtful ? .doubtful : state, checks: checks + [check], evidence: evidence,
      alternatives: alternatives, rules: rules)
  }
}

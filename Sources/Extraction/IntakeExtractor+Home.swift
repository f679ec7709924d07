import Forms

// Where the person lives: streets and towns, weighed with those heard before.
extension IntakeExtractor {
  mutating func readAddresses(_ scene: Scene, taken: [Range<Int>]) -> [Mention] {
    let reader = AddressReader(scene)
    var mentions: [Mention] = []
    var found = reader.found().filter { item in !taken.contains { $0.overlaps(item.tokens) } }
    if found.isEmpty, scene.turn.deniesAddress {
      ledgers["street_address"]?.deny("no_address") { !$0.isConfirmed }
      address = nil
    }
    if found.isEmpty, let address {
      let isFresh = fresh["street_address"] != nil
      let rest =
        reader.rest(of: address, isFresh: isFresh)
        ?? (isFresh ? reader.corrected(address) : nil)
        ?? reader.respelled(address, isFresh: isFresh)
      found = rest.map { [$0] } ?? []
    }
    for item in found {
      var current = reader.withDetails(saidBefore: item.address)
      if item.rule == "address_corrected", let known = address {
        ledgers["street_address"]?.deny("completed") { $0.value == .text(known.text) }
      } else if let known = address, known.isSameStreet(current) {
        current =
          scene.isCorrection
          ? current.completed(by: known)
          : known.merged(
            with: current, prefers: item.rule == "street_address", gazetteers: gazetteers)
        if current != known {
          ledgers["street_address"]?.deny("completed") { $0.value == .text(known.text) }
        }
      } else if let known = address, known.detail > 0, current.detail == 0 {
        continue
      } else if let known = address, current.number != nil {
        // People tell the old address before the new one.
        ledgers["street_address"]?.deny("moved") {
          $0.value == .text(known.text) && !$0.isConfirmed
        }
      }
      address = current
      mentions.append(
        Mention(
          field: "street_address", value: .text(current.text),
          confidence: current.number == nil ? 0.55 : 0.86, tokens: item.tokens, rule: item.rule))
    }
    return mentions
  }

  mutating func readPlaces(
    _ scene: Scene, homes: [Range<Int>], taken: [Range<Int>], postal: PlaceReader.Code?
  ) -> [Mention] {
    guard has("municipality") || has("province") else { return [] }
    let reader = PlaceReader(scene, homes: homes, code: postal)
    let places = reader.found(taken: taken)
    let code = places.isEmpty ? nil : postal?.digits ?? bestText("postal_code")
    var mentions: [Mention] = []
    for found in places {
      if found.isElsewhere {
        elsewhere.insert(found.place.name)
        let isTakenBack = fresh["municipality"] != nil
        ledgers["municipality"]?.deny("elsewhere") {
          $0.value == .text(found.place.name) && ($0.confidence < 0.9 || isTakenBack)
        }
        continue
      }
      if found.rule == "in_place", best("municipality") != nil { continue }
      // "de Jaraíz ya hace": where the person no longer is, named again.
      let isIn = scene.turn.word(found.tokens.lowerBound - 1) == "en"
      if !isIn, found.confidence < 0.75, elsewhere.contains(found.place.name) { continue }
      let isBehind = postal.map { found.tokens.lowerBound >= $0.tokens.upperBound } ?? false
      if isProvince(found, of: places, code: code, isIn: isIn, isBehind: isBehind) { continue }
      mentions.append(
        Mention(
          field: "municipality", value: .text(found.place.name), confidence: found.confidence,
          tokens: found.tokens, rule: found.rule,
          alternatives: found.others.prefix(4).map {
            Alternative(value: .text($0.name), confidence: 0.2)
          }))
    }
    let town = bestText("municipality")
    return mentions
      + reader.provinces(after: places, known: knownProvinces(places), town: town)
  }

  /// "Alcalá de Henares, ¿no? Madrid": the province of the town named before, where nothing says that one lives there.
  func isProvince(
    _ found: PlaceReader.Found, of places: [PlaceReader.Found], code: String?, isIn: Bool,
    isBehind: Bool
  ) -> Bool {
    // The third digit of a code is 0 in a province's capital, and only there: "Madrid 28026".
    if found.rule == "beside_postal_code", !isBehind || !hasTown(in: found.place.province),
      let code, code.dropFirst(2).first == "0",
      PostalCode.province(code) == found.place.province
    {
      return false
    }
    // "Terrassa." "Barcelona, y vosotros sois": the town was told before, and nothing says "in".
    let isAnswer = found.rule == "place_answer" && (isIn || bestText("municipality") == nil)
    guard !isAnswer, !["lives_in", "elsewhere"].contains(found.rule),
      PostalCode.province(named: Folding.fold(found.place.name)) == found.place.province
    else { return false }
    let before = places.filter { $0.tokens.upperBound <= found.tokens.lowerBound }.map(\.place)
    if before.contains(where: { $0.province == found.place.province && $0 != found.place }) {
      return true
    }
    guard before.isEmpty, let name = bestText("municipality"), name != found.place.name
    else { return false }
    return gazetteers.provinces(ofTown: name).contains(found.place.province)
  }

  /// Whether a town of that province was heard that stands.
  private func hasTown(in province: String) -> Bool {
    guard let name = bestText("municipality") else { return false }
    return gazetteers.provinces(ofTown: name).contains(province)
  }

  /// Provinces of the municipality and the postal code heard so far, looked up when they are asked for.
  func knownProvinces(_ places: [PlaceReader.Found]) -> () -> Set<String> {
    { [gazetteers, code = bestText("postal_code"), town = bestText("municipality")] in
      var known = Set(places.filter { !$0.isElsewhere }.map(\.place.province))
      if let code, let province = PostalCode.province(code) { known.insert(province) }
      return town.map { known.union(gazetteers.provinces(ofTown: $0)) } ?? known
    }
  }
}

extension Turn {
  /// "Ahora ninguna dirección", "sin domicilio", "no tiene dirección": what was heard before is no home of now.
  var deniesAddress: Bool {
    guard groups.contains(.address) else { return false }
    return tokens.indices.contains { index in
      guard tokens[index].isOf(.address),
        // "No tengo dirección de correo", "el empadronamiento sin domicilio fijo"
        !["de", "fijo", "fija"].contains(word(index + 1)),
        !isQuestion(index)
      else { return false }
      let before = word(index - 1)
      return ["ninguna", "ningun", "sin"].contains(before)
        || ["tiene", "tienes", "tengo", "hay"].contains(before) && word(index - 2) == "no"
    }
  }
}

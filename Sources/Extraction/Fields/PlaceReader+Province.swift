import Forms

// Provinces that are stated.
extension PlaceReader {
  /// Provinces that are stated: "provincia de Badajoz", "Jerez de la Frontera, Cádiz".
  ///
  /// - Parameters:
  ///   - known: provinces of the municipality and the postal code heard so far; asked only where a province is named.
  ///   - town: the municipality known so far.
  func provinces(after places: [Found], known: () -> Set<String>, town: String?) -> [Mention] {
    var result: [Mention] = []
    let asked = scene.answer(.province)
    guard has(.province) else { return [] }
    for index in tokens.indices where tokens[index].kind == .word {
      guard let (name, count) = province(at: index) else { continue }
      let range = index..<(index + count)
      let isNamed =
        isBehindProvince(index, links: ["de", "es", ","])
        || word(range.upperBound) == "de" && word(range.upperBound + 1) == "provincia"
      let isBehindPlace = places.contains {
        !$0.isElsewhere && $0.tokens.upperBound <= index && index - $0.tokens.upperBound <= 2
          && ($0.place.province == name) && $0.tokens != range
          && [",", ".", "en", "(", "de", tokens[index].folded].contains(
            tokens[$0.tokens.upperBound].folded)
      }
      let isAnswer =
        asked.map { $0.age <= 1 && index - $0.start <= 5 && index >= $0.start } ?? false
      guard
        isNamed || isBehindPlace || isAnswer
          || isOwnSentence(index, count, town: town) && known().contains(name)
      else {
        continue
      }
      if isPastOrOrigin(index) { continue }
      result.append(
        Mention(
          field: "province", value: .text(name),
          confidence: isNamed || isBehindPlace ? 0.93 : 0.85, tokens: range,
          rule: isBehindPlace ? "province_behind_place" : "province_stated"))
    }
    return result
  }

  /// Whether a province, of another name than its town, is all of a sentence, or follows a postal code: an echo.
  func isOwnSentence(_ index: Int, _ count: Int, town: String?) -> Bool {
    let sentence = scene.turn.sentence(of: index)
    let words = tokens[sentence].filter {
      $0.kind == .word && !PlaceReader.echoes.contains($0.folded)
    }
    let isOther = town.map { !Folding.fold($0).contains(tokens[index].folded) } ?? false
    let isTown =
      !isOther
      && scene.gazetteers.municipalities(tokens[index].folded).contains {
        $0.population > 30_000
      }
    if words.count == count { return !isTown }
    let before = index > 0 ? tokens[index - 1] : nil
    let beforeThat = index > 1 ? tokens[index - 2] : nil
    let isNumber = { (token: Token?) in
      token.map { $0.isNumber } ?? false
    }
    return isNumber(before) || before?.text == "," && isNumber(beforeThat)
      || isOther && index == sentence.lowerBound && index + count < tokens.count
        && tokens[index + count].text == ","
  }

  /// Words around an echo.
  static let echoes: Set<String> = [
    "si", "claro", "no", "verdad", "supongo", "imagino", "entonces", "vale", "pues", "eso",
    "exacto",
    "provincia", "pongo", "y", "en", "de", "bueno", "eh", "senora", "senor", "por", "supuesto",
  ]

  func isPastOrOrigin(_ index: Int) -> Bool {
    governing(index).map { $0.kind != .sayLive } ?? false
  }

  /// "provincia Jaén", "provincia de Jaén": whether the word "provincia" stands right before, or before one of these links.
  func isBehindProvince(_ index: Int, links: [String]) -> Bool {
    let before = word(index - 1)
    return before == "provincia" || links.contains(before) && word(index - 2) == "provincia"
  }

  func province(at index: Int) -> (String, Int)? {
    guard
      tokens[index].isOf(.province) || word(index - 1) == "provincia"
        || word(index - 2) == "provincia"
    else { return nil }
    for length in stride(from: min(4, tokens.count - index), through: 1, by: -1) {
      let slice = tokens[index..<(index + length)]
      guard slice.allSatisfy({ $0.kind == .word }) else { continue }
      if let name = PostalCode.province(named: slice.map(\.folded).joined(separator: " ")) {
        return (name, length)
      }
      // "provincia de ponte vedra": one word heard as two.
      if length == 2, word(index - 1) == "provincia" || word(index - 2) == "provincia",
        let name = PostalCode.province(named: slice.map(\.folded).joined())
      {
        return (name, length)
      }
    }
    // "provincia de Vadajos": as it sounds.
    if isBehindProvince(index, links: ["de"]),
      let name = PostalCode.province(soundingLike: tokens[index].folded)
    {
      return (name, 1)
    }
    return nil
  }
}

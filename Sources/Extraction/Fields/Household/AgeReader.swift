/// Reads ages: "que tiene siete", "de tres", "17 años", "año y medio", "cumple dieciocho en mayo".
struct AgeReader {
  let tokens: [Token]

  /// An age in whole years.
  struct Age: Hashable {
    let years: Int
    let tokens: Range<Int>
  }

  private static let infants: Set<String> = [
    "meses", "mes", "mesecitos", "dias", "semanas", "semana", "months", "weeks", "days",
  ]
  private static let years: Set<String> = ["anos", "ano", "anitos", "anito", "years"]
  /// Words behind which a bare number is an age, next to somebody named.
  private static let cues: Set<String> = [
    "de", "tiene", "tienen", "con", "cumplio", "cumplieron", "cumple", "cumplir", "hacer", "hizo",
    "hecho", "cumplido", "cumpli", "son", "otra", "otro", ":", "is",
  ]
  /// The birthday that makes the age is still to come.
  private static let coming: Set<String> = ["cumple", "cumplen", "cumplir", "hacer", "cumplira"]

  /// Whether that word measures time.
  static func isYears(_ word: String) -> Bool { years.contains(word) || infants.contains(word) }

  private func word(_ index: Int) -> String {
    tokens.indices.contains(index) ? tokens[index].folded : ""
  }

  /// The number at that token, if it can be an age.
  func number(at index: Int) -> (value: Int, count: Int)? {
    guard tokens.indices.contains(index) else { return nil }
    if tokens[index].kind == .number {
      guard tokens[index].text.utf8.count <= 3, let value = Int(tokens[index].text) else {
        return nil
      }
      return (value, 1)
    }
    // "trece, diez y uno" are three ages.
    if ["diez", "veinte"].contains(word(index)), word(index + 1) == "y" {
      return (word(index) == "diez" ? 10 : 20, 1)
    }
    guard tokens[index].isNumberWord,
      let reading = NumberWords.read(tokens[index...])
    else { return nil }
    return (reading.value, reading.count)
  }

  /// The age that begins at that token.
  ///
  /// - Parameters:
  ///   - named: the token at which somebody was named last, whose age may follow at once.
  ///   - after: the end of the age before, which a list continues.
  ///   - isAsked: whether ages were asked for, so that any number is one.
  func age(at index: Int, named: Int, after: Int, isAsked: Bool) -> Age? {
    if AgeReader.years.contains(word(index)), word(index + 1) == "y", word(index + 2) == "medio" {
      return Age(years: 1, tokens: index..<(index + 3))
    }
    if word(index) == "recien", word(index + 1).hasPrefix("nacid") {
      return Age(years: 0, tokens: index..<(index + 2))
    }
    guard let (value, count) = number(at: index), (0...110).contains(value) else { return nil }
    // "tenía diecisiete cuando llegamos": no more.
    if ["tenia", "tenian"].contains(word(index - 1)) { return nil }
    let next = word(index + count)
    if AgeReader.infants.contains(next) {
      return Age(years: 0, tokens: index..<(index + count + 1))
    }
    let isYears = AgeReader.years.contains(next)
    let before = word(index - 1) == "ya" ? word(index - 2) : word(index - 1)
    var end = index + count + (isYears ? 1 : 0)
    // "un año y dos meses"
    if isYears, word(end) == "y", let months = number(at: end + 1),
      AgeReader.infants.contains(word(end + 1 + months.count))
    {
      end += months.count + 2
    }
    // "una tiene doce", "uno y otro": no ages.
    let isOne = ["un", "una", "uno"].contains(word(index))
    if isOne, !isYears,
      !(word(index) == "uno" && after > named && index == after + 1 && before == "y")
    {
      return nil
    }
    let isNext = index - named <= 1 || index - named == 2 && tokens[index - 1].text == ","
    let continues =
      after > named && (index == after || index == after + 1 && [",", "y", "e"].contains(before))
    let isRound =
      before == "los" && ["tiene", "tienen", "cumplio", "hizo", "hecho"].contains(word(index - 2))
    let isCued = (AgeReader.cues.contains(before) || isRound) && named >= 0
    guard isYears || isCued || isNext && named >= 0 || continues || isAsked else { return nil }
    // "dieciocho cumplió": said the other way round.
    let isComing = AgeReader.coming.contains(before) || before == "a" && word(index - 2) == "va"
    return Age(years: isComing ? max(0, value - 1) : value, tokens: index..<end)
  }
}

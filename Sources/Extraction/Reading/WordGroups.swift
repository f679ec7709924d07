/// Groups of folded words that readers look for in every turn. Most words are in none: one look-up for all groups is much less work
/// than to compare each word with those of each group.
struct WordGroups: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  /// "doble", "dos": the next letter twice.
  static let double = WordGroups(rawValue: 1 << 0)
  /// "doble", "triple": the next digit again.
  static let times = WordGroups(rawValue: 1 << 1)
  /// Take back that somebody lives at a place.
  static let takenBack = WordGroups(rawValue: 1 << 2)
  /// "él", "ellas": others, told of with their homes.
  static let others = WordGroups(rawValue: 1 << 3)
  /// See ``PlaceReader/thirdPerson``.
  static let livesThere = WordGroups(rawValue: 1 << 4)
  /// Begin a province's name, or say that one follows.
  static let province = WordGroups(rawValue: 1 << 5)
  /// "solo", "sola": who lives alone.
  static let alone = WordGroups(rawValue: 1 << 6)
  /// "tú", "usted", "ti".
  static let you = WordGroups(rawValue: 1 << 7)
  /// See ``HouseholdContext/own``.
  static let own = WordGroups(rawValue: 1 << 8)
  /// Begin a question for ages.
  static let age = WordGroups(rawValue: 1 << 9)
  /// See ``HouseholdStatements/being``.
  static let being = WordGroups(rawValue: 1 << 10)
  /// See ``HouseholdStatements/noting``.
  static let noting = WordGroups(rawValue: 1 << 11)
  /// See ``StreetTypes``.
  static let street = WordGroups(rawValue: 1 << 12)
  /// Stand for the sign of an e-mail, or begin what does.
  static let at = WordGroups(rawValue: 1 << 13)
  /// See ``HouseholdContext/verbs``.
  static let living = WordGroups(rawValue: 1 << 14)
  /// Say that there is no address.
  static let address = WordGroups(rawValue: 1 << 15)
  /// See ``LetterNames/ambiguous``.
  static let ambiguousLetter = WordGroups(rawValue: 1 << 16)
  /// The first of two words that name a letter.
  static let letterPair = WordGroups(rawValue: 1 << 17)
  /// Names of months in all languages.
  static let month = WordGroups(rawValue: 1 << 18)
  /// Stand before a day or a year, or begin the name of a day.
  static let date = WordGroups(rawValue: 1 << 19)

  /// The words of each group.
  static let words: [(WordGroups, Set<String>)] = [
    (.double, ["doble", "dos"]), (.times, ["doble", "triple"]),
    (.takenBack, ["antes", "fue", "era", "ya"]), (.others, ["el", "ella", "ellos", "ellas"]),
    (.livesThere, PlaceReader.thirdPerson),
    (.province, PostalCode.firstWords.union(["capital", "provincia"])),
    (.alone, ["solo", "sola", "solito", "solita", "solamente"]), (.you, ["tu", "usted", "ti"]),
    (.own, HouseholdContext.own), (.age, HouseholdContext.ageWords),
    (.being, HouseholdStatements.being), (.noting, HouseholdStatements.noting),
    (.street, Set(StreetTypes.names.keys)), (.at, EmailReader.signs),
    (.living, HouseholdContext.verbs), (.address, ["direccion", "domicilio"]),
    (.ambiguousLetter, LetterNames.ambiguous), (.letterPair, LetterNames.pairStarts),
    (.month, Set([Numerals.spanish, .english].flatMap(\.months.keys))),
    (.date, DateReader.openers),
  ]
}

/// What a folded word is to the readers of numbers, letters and dates: looked up once, since all of them ask of every word.
struct WordFacts: Hashable, Sendable {
  /// What the number word stands for: 0 to 900, 1000 for "mil", 1,000,000 for "millón"; -1 for no number word.
  var number: Int32 = -1
  /// The digit that a plural stands for ("dos ceros"); -1 for none.
  var pluralDigit: Int8 = -1
  /// ASCII code of the capital letter that the word alone names; 0 for none.
  var letter: UInt8 = 0
  /// Groups of words that readers ask for.
  var groups: WordGroups = []

  /// Nothing to anybody.
  static let none = WordFacts()

  /// The facts of a folded word.
  static func of(_ folded: String) -> WordFacts {
    var letters = folded.utf8.makeIterator()
    guard let first = letters.next() else { return none }
    guard let second = letters.next() else { return alone[Int(first & 127)] }
    // Most words begin like none of those that matter.
    return beginnings[place(first, second)] ? table[folded] ?? none : none
  }

  private static func place(_ first: UInt8, _ second: UInt8) -> Int {
    Int(first & 31) << 5 | Int(second & 31)
  }

  /// Facts of words of one letter.
  private static let alone: [WordFacts] = (0..<128).map { byte in
    let word = String(Character(Unicode.Scalar(UInt8(byte))))
    var facts = table[word] ?? none
    if (0x61...0x7A).contains(byte) { facts.letter = UInt8(byte) - 32 }
    return facts
  }

  /// Whether a word of the table begins with two letters, by their lowest five bits.
  private static let beginnings: [Bool] = {
    var found = [Bool](repeating: false, count: 1024)
    for word in table.keys where word.utf8.count > 1 {
      let letters = Array(word.utf8.prefix(2))
      found[place(letters[0], letters[1])] = true
    }
    return found
  }()

  private static let table: [String: WordFacts] = {
    var table: [String: WordFacts] = [:]
    for (word, value) in NumberWords.values { table[word, default: none].number = Int32(value) }
    for (word, digit) in NumberWords.plurals {
      table[word, default: none].pluralDigit = Int8(digit)
    }
    for (word, letter) in LetterNames.names {
      table[word, default: none].letter = letter.asciiValue ?? 0
    }
    for (group, words) in WordGroups.words {
      for word in words { table[word, default: none].groups.insert(group) }
    }
    return table
  }()
}

extension Token {
  /// Whether it is a number, in digits, or can be part of one in words.
  var isNumber: Bool { kind == .number || isNumberWord }
  /// Whether it can be part of a number in words.
  var isNumberWord: Bool { facts.number >= 0 }
  /// A number from 0 to 29, or of one word ("treintaiuno"); nil for others.
  var smallNumber: Int? {
    let value = Int(facts.number)
    return value >= 0 && value < 100 && (value < 30 || value % 10 != 0) ? value : nil
  }
  var isSmallNumber: Bool { smallNumber != nil }
  /// 30, 40 and so on to 90.
  var tens: Int? {
    let value = Int(facts.number)
    return value >= 30 && value < 100 && value % 10 == 0 ? value : nil
  }
  /// 100, 200 and so on to 900.
  var hundreds: Int? {
    let value = Int(facts.number)
    return value >= 100 && value < 1000 ? value : nil
  }
  var isThousand: Bool { facts.number == 1000 }
  var isMillion: Bool { facts.number == 1_000_000 }
  /// The digit that a plural stands for.
  var pluralDigit: Int? { facts.pluralDigit >= 0 ? Int(facts.pluralDigit) : nil }
  /// Whether it names a letter and is an everyday word too.
  var isAmbiguousLetter: Bool { isOf(.ambiguousLetter) }
  /// Whether the name of a letter may begin with it.
  var mayBeginLetter: Bool { facts.letter != 0 || isOf(.letterPair) }
  /// Whether it is a word of one of these groups.
  func isOf(_ groups: WordGroups) -> Bool { !facts.groups.isDisjoint(with: groups) }
}

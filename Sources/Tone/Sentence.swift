/// A sentence as words.
struct Sentence {
  var words: [String] = []
  var folded: [String] = []
  /// Whether a comma or the like stands before the word.
  var isClauseStart: [Bool] = []
  var isQuestion = false

  /// The sentences of a text.
  static func split(_ text: String) -> [Sentence] {
    var result: [Sentence] = []
    var current = Sentence()
    var word = ""
    var startsClause = true
    func endWord() {
      guard !word.isEmpty else { return }
      current.words.append(word)
      current.folded.append(ToneLexicon.fold(word))
      current.isClauseStart.append(startsClause)
      startsClause = false
      word = ""
    }
    func endSentence() {
      endWord()
      if !current.words.isEmpty { result.append(current) }
      current = Sentence()
      startsClause = true
    }
    for character in text {
      switch character {
      case "¿":
        endSentence()
        current.isQuestion = true
      case "?":
        current.isQuestion = true
        endSentence()
      case ".", "!", "¡", "…", "\n": endSentence()
      case ",", ";", ":", "(", ")", "—":
        endWord()
        startsClause = true
      default:
        if character.isLetter || character.isNumber || character == "'" || character == "’" {
          word.append(character)
        } else {
          endWord()
        }
      }
    }
    endSentence()
    return result
  }
}

import Forms

/// One hearing of a value, before mentions are weighed against each other.
struct Mention: Hashable, Sendable {
  let field: FieldName
  let value: FieldValue
  /// 0 to 1, by itself.
  let confidence: Double
  let checks: [Check]
  /// Index of the segment's tokens it was read from.
  let tokens: Range<Int>
  let rule: String
  var alternatives: [Alternative] = []

  /// The same hearing, too unsure to be suggested.
  var doubted: Mention {
    Mention(
      field: field, value: value, confidence: confidence * 0.5, checks: checks, tokens: tokens,
      rule: rule + "_skipped", alternatives: alternatives)
  }
}

/// What the talk is about: the last question, as far as it asks for a field.
enum Topic: Hashable, Sendable, CaseIterable {
  case name
  case document
  case phone
  case place
  case postalCode
  case birthDate
}

/// Tells what is being asked for.
enum TopicReader {
  /// Phrases, folded, that make a question about a topic; longer ones are listed first.
  private static let cues: [(phrase: String, topic: Topic)] = [
    ("como te llamas", .name), ("como se llama", .name), ("nombre completo", .name),
    ("nombre entero", .name), ("nombre y apellidos", .name), ("nombre con los apellidos", .name),
    ("su nombre", .name), ("tu nombre", .name), ("dime el nombre", .name),
    ("un hombre completo", .name),
    ("dene y", .document), ("dni", .document), ("nie", .document), ("deni", .document),
    ("nia", .document), ("documento", .document), ("pasaporte", .document), ("carne", .document),
    ("telefono", .phone), ("movil", .phone), ("codigo postal", .postalCode),
    ("fecha de nacimiento", .birthDate), ("cuando nacio", .birthDate),
    ("cuando naciste", .birthDate),
    ("naciste", .birthDate), ("donde vive", .place), ("donde vives", .place),
    ("donde reside", .place), ("donde esta viviendo", .place), ("donde duerme", .place),
    ("por donde estais", .place), ("donde estais", .place), ("en que ciudad", .place),
    ("en que municipio", .place), ("en que localidad", .place), ("empadronad", .place),
  ]

  /// The topics named in the text, with the token after which each is named, in order.
  static func topics(_ tokens: [Token]) -> [(topic: Topic, token: Int)] {
    let words = tokens.map(\.folded)
    var found: [(topic: Topic, token: Int)] = []
    for (phrase, topic) in cues {
      let parts = phrase.split(separator: " ").map(String.init)
      guard words.count >= parts.count else { continue }
      for start in 0...(words.count - parts.count) {
        let matches = zip(parts, words[start...]).allSatisfy { part, word in
          word == part || part == "empadronad" && word.hasPrefix(part)
        }
        if matches { found.append((topic, start + parts.count)) }
      }
    }
    return found.sorted { $0.token < $1.token }
  }
}

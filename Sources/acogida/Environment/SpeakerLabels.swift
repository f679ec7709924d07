import Extraction

/// Who speaks and when, where that stands before what is said: `S1: …`, `Técnica: …`, `<v S1>…`, `[00:01] …`.
///
/// Taken for words they would be answers: a name, or the digits of a telephone.
enum SpeakerLabels {
  /// What a line says, without its label and its time.
  struct Said: Hashable {
    var start: Double?
    var speaker: String?
    var text: String
  }

  /// Words and letters, folded, that are who speaks wherever they stand before a colon.
  private static let roles: Set<String> = [
    "tecnica", "tecnico", "persona", "usuaria", "usuario", "entrevistadora", "entrevistador",
    "entrevistada", "entrevistado", "trabajadora social", "trabajador social", "voluntaria",
    "voluntario", "interprete", "technician", "person", "interviewer", "client", "interpreter",
  ]
  private static let numbered: Set<String> = ["s", "speaker", "hablante", "voz", "spk", "speaker_"]

  /// The longest label.
  private static let longest = 24

  /// Takes labels and times off some lines; times only where most lines have one.
  static func read(_ lines: [String]) -> [Said] {
    let timed = lines.map(time)
    let isTimed = 2 * timed.count { $0 != nil } > lines.count
    var said = zip(lines, timed).map { line, found in
      guard isTimed, let found else { return Said(text: line) }
      return Said(start: found.seconds, text: found.rest)
    }
    let labels = said.map { label($0.text) }
    let named = labels.compactMap { $0?.name }
    let counts = Dictionary(named.map { ($0, 1) }, uniquingKeysWith: +)
    // Names of people: where nearly every line begins with one, again and again.
    let isTalk = said.count >= 4 && 5 * named.count >= 3 * said.count && counts.count <= 6
    for (index, label) in labels.enumerated() {
      guard let label, isRole(label.name) || isTalk && counts[label.name, default: 0] > 1 else {
        continue
      }
      said[index].speaker = label.name
      said[index].text = label.rest
    }
    return said
  }

  private static func isRole(_ name: String) -> Bool {
    let folded = Folding.fold(name)
    if roles.contains(folded) || folded.utf8.count == 1 && folded != "y" { return true }
    let word = folded.prefix { !$0.isNumber && $0 != " " }
    let number = folded.dropFirst(word.count).drop { $0 == " " }
    return numbered.contains(String(word)) && !number.isEmpty && number.allSatisfy(\.isNumber)
  }

  /// `NAME: ` or `<v NAME>` and what follows; nil where there is none.
  private static func label(_ line: String) -> (name: String, rest: String)? {
    let line = line.drop(while: \.isWhitespace)
    if line.hasPrefix("<v "), let end = line.firstIndex(of: ">") {
      let name = line[..<end].dropFirst(3)
      return name.isEmpty ? nil : (String(name), String(line[line.index(after: end)...]))
    }
    let name = line.prefix(longest).prefix { $0 != ":" }
    let rest = line.dropFirst(name.count)
    guard rest.first == ":", rest.dropFirst().first?.isWhitespace ?? true,
      let first = name.first, first.isLetter, name.split(separator: " ").count <= 3,
      name.allSatisfy({ $0.isLetter || $0.isNumber || " ._-".contains($0) })
    else { return nil }
    return (String(name), String(rest.dropFirst()))
  }

  /// `[00:01]`, `00:01:02` and the like at the beginning of a line.
  private static func time(_ line: String) -> (seconds: Double, rest: String)? {
    let line = line.drop(while: \.isWhitespace)
    let isOpen = line.first == "["
    let written = line.dropFirst(isOpen ? 1 : 0).prefix {
      $0.isASCII && $0.isNumber || ":.,".contains($0)
    }
    var rest = line.dropFirst((isOpen ? 1 : 0) + written.count)
    if isOpen {
      guard rest.first == "]" else { return nil }
      rest = rest.dropFirst()
    } else if let next = rest.first, !next.isWhitespace {
      return nil
    }
    return Subtitles.seconds(written).map { ($0, String(rest)) }
  }
}

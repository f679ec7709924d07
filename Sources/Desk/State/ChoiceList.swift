import Extraction
import Forms
import Terminal

/// The choices of a field that fit what is written so far: its vocabulary by labels, codes and synonyms.
struct ChoiceList {
  /// What fits, best first.
  let entries: [Vocabulary.Entry]
  /// The part of the line that is being completed: all of it, or behind the last comma.
  let item: String
  /// Whether that part is the whole label of a choice.
  let isComplete: Bool

  /// The choices for the line; nil for a field without a vocabulary.
  init?(_ line: String, _ field: FieldDefinition, _ form: FormDefinition, language: String) {
    guard let vocabulary = form.vocabulary(of: field) else { return nil }
    let isSeveral = field.type == .multipleChoice
    let parts = line.split(omittingEmptySubsequences: false) { isSeveral && ",;".contains($0) }
    item = String(parts.last ?? "").trimmed
    let wanted = Folding.fold(item)
    let taken = Set(parts.dropLast().map { Folding.fold(String($0).trimmed) })
    let open = vocabulary.entries.filter {
      !taken.contains(Folding.fold($0.label.text(language)))
    }
    isComplete = open.contains { Folding.fold($0.label.text(language)) == wanted }
    let ranked = open.compactMap { entry in
      ChoiceList.rank(entry, wanted, language).map { (entry, $0) }
    }
    // Sorting is stable in effect: the vocabulary's own order decides among equals.
    entries = ranked.enumerated().sorted {
      ($0.element.1, $0.offset) < ($1.element.1, $1.offset)
    }.map(\.element.0)
  }

  /// How well an entry fits, 0 best; nil when it does not.
  private static func rank(_ entry: Vocabulary.Entry, _ wanted: String, _ language: String) -> Int?
  {
    let label = Folding.fold(entry.label.text(language))
    if wanted.isEmpty || label == wanted { return 0 }
    if label.hasPrefix(wanted) { return 1 }
    let others = [entry.code] + Array(entry.label.byLanguage.values)
    let names = (others + entry.synonyms.values.flatMap { $0 }).map { Folding.fold($0) }
    if names.contains(wanted) { return 1 }
    if label.split(separator: " ").contains(where: { $0.hasPrefix(wanted) }) { return 2 }
    if names.contains(where: { $0.hasPrefix(wanted) }) { return 3 }
    let words = names.flatMap { $0.split(separator: " ") }
    if words.contains(where: { $0.hasPrefix(wanted) }) { return 4 }
    return wanted.count >= 3 && label.contains(wanted) ? 5 : nil
  }

  /// The synonym by which an entry fits, where its label does not say why.
  func synonym(of entry: Vocabulary.Entry, language: String) -> String? {
    let wanted = Folding.fold(item)
    guard !wanted.isEmpty, !Folding.fold(entry.label.text(language)).contains(wanted) else {
      return nil
    }
    let others = Array(entry.label.byLanguage.values) + entry.synonyms.values.flatMap { $0 }
    return others.filter { Folding.fold($0).contains(wanted) }.min {
      ($0.count, $0) < ($1.count, $1)
    }
  }

  /// The line with the part being completed replaced by a choice.
  func completing(_ line: String, with entry: Vocabulary.Entry, language: String) -> String {
    line.dropLast(item.count) + entry.label.text(language)
  }
}

extension String {
  /// Without blanks at both ends.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

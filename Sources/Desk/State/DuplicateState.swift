import Interview

/// What the desk knows of earlier submissions that may be of the person who is there.
public struct DuplicateState: Hashable, Sendable {
  /// An earlier submission that may be of the same person.
  public struct Entry: Hashable, Sendable, Identifiable {
    /// What is the same.
    public enum Match: String, Hashable, Sendable {
      /// The number of an identity document.
      case document
      /// Name and date of birth.
      case nameAndBirthDate
    }

    /// The other submission's identifier.
    public let id: String
    /// Local time of its submit, `2026-11-21 09:30`; empty when it is not known any more.
    public let time: String
    /// The name that stands in it.
    public let name: String?
    /// What is the same; empty when a value was corrected since a decision was made.
    public let matches: [Match]

    /// Makes an entry from its parts.
    public init(id: String, time: String, name: String?, matches: [Match]) {
      self.id = id
      self.time = time
      self.name = name
      self.matches = matches
    }
  }

  /// The question what to make of it.
  public struct Question: Hashable, Sendable {
    /// Index of the entry in focus.
    public var focus = 0
    /// Whether the interview is being saved: that goes on once everything is decided.
    public var isSaving = false
  }

  /// What was found by the values as they stand, the newest first.
  public internal(set) var found: [Entry] = []
  /// Entries decided by a key whose event is not in the journal yet.
  var deciding: Set<String> = []
  /// The warning on the screen about them.
  var notice: DeskState.Notice?

  /// Nothing found yet.
  public init() {}
}

extension DeskState {
  /// What was found by the values as they stand; nobody is looked for who does not agree to the data, and a search
  /// that was under way when they said so finds nobody.
  private var foundDuplicates: [DuplicateState.Entry] {
    interview.consent?.data == false ? [] : duplicates.found
  }

  /// What was found, and what was decided about before a value was corrected.
  var duplicateEntries: [DuplicateState.Entry] {
    let found = foundDuplicates
    let known = Set(found.map(\.id))
    return found
      + interview.duplicates.filter { !known.contains($0.other) }.map {
        DuplicateState.Entry(id: $0.other, time: "", name: nil, matches: [])
      }
  }

  /// What was found and nobody has decided about.
  var undecidedDuplicates: [DuplicateState.Entry] {
    foundDuplicates.filter {
      decision(about: $0.id) == nil && !duplicates.deciding.contains($0.id)
    }
  }

  /// What was decided about another submission.
  func decision(about other: String) -> DuplicateDecision? {
    interview.duplicates.first { $0.other == other }
  }
}

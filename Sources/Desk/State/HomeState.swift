/// The first screen: what is under way, what was done today, what a search finds.
public struct HomeState: Hashable, Sendable {
  /// An interview in a list.
  public struct Entry: Hashable, Sendable, Identifiable {
    /// What kind it is.
    public enum Kind: Hashable, Sendable {
      /// Begun and neither submitted nor discarded; fields that wait for a person and required ones that are empty.
      case draft(unconfirmed: Int, missing: Int)
      /// Submitted.
      case submission
    }

    /// The interview's identifier.
    public let id: String
    /// What kind it is.
    public let kind: Kind
    /// The person's name as far as it is known.
    public let name: String?
    /// Local day on which it last changed, ISO 8601.
    public let day: String
    /// Local time at which it last changed, `09:30`.
    public let time: String
    /// Fields with a value or a decision.
    public let answered: Int
    /// Whether a part of it is damaged.
    public let isDamaged: Bool

    /// Makes an entry from its parts.
    public init(
      id: String, kind: Kind, name: String?, day: String, time: String, answered: Int,
      isDamaged: Bool = false
    ) {
      self.id = id
      self.kind = kind
      self.name = name
      self.day = day
      self.time = time
      self.answered = answered
      self.isDamaged = isDamaged
    }

    /// Whether it can be gone on with.
    var isDraft: Bool { kind != .submission }
  }

  /// What is kept, as the first screen shows it.
  public struct Lists: Hashable, Sendable {
    /// Interviews to go on with, the one changed last first.
    public var drafts: [Entry]
    /// Interviews submitted today, the newest first.
    public var today: [Entry]
    /// Local day, ISO 8601.
    public var day: String
    /// Interviews that were submitted and not sent anywhere yet.
    public var unsent: Int

    /// Interviews that no export has written yet.
    public var unexported: Int
    /// Whether there is anywhere to send them to.
    public var hasTarget: Bool

    /// Makes lists from their parts.
    public init(
      drafts: [Entry] = [], today: [Entry] = [], day: String = "", unsent: Int = 0,
      unexported: Int = 0, hasTarget: Bool = false
    ) {
      self.drafts = drafts
      self.today = today
      self.day = day
      self.unsent = unsent
      self.unexported = unexported
      self.hasTarget = hasTarget
    }
  }

  /// What a search found.
  public struct Search: Hashable, Sendable {
    /// The words looked for.
    public var query: String
    /// What was found so far.
    public var found: [Entry]
    /// Whether more may come.
    public var isRunning: Bool

    /// Makes it from its parts.
    public init(query: String, found: [Entry] = [], isRunning: Bool = true) {
      self.query = query
      self.found = found
      self.isRunning = isRunning
    }
  }

  /// What is kept; nil until it has been read.
  public internal(set) var lists: Lists?
  /// The search that narrows the lists; nil when there is none.
  public internal(set) var search: Search?
  /// Index of the focused entry among ``entries``.
  public internal(set) var focus = 0
  /// Whether an interview is being opened: keys that would open another one wait for it.
  public internal(set) var isOpening = false

  /// Nothing read yet.
  public init(lists: Lists? = nil) { self.lists = lists }

  /// The entries that can be opened, in the order shown.
  var entries: [Entry] { search?.found ?? (lists.map { $0.drafts + $0.today } ?? []) }

  /// The focused entry.
  var entry: Entry? { entries.indices.contains(focus) ? entries[focus] : nil }

  /// Keeps the focus on its entry when the lists change.
  mutating func keepFocus(on id: String?) {
    focus = entries.firstIndex { $0.id == id } ?? max(0, min(focus, entries.count - 1))
  }
}

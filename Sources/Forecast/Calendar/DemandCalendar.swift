/// What is known beforehand about single days: holidays, campaigns, days on which nobody is served.
public struct DemandCalendar: Hashable, Sendable {
  /// What a day is.
  public enum Kind: Hashable, Sendable {
    /// Nobody is served; the forecast is zero, and a zero of that day teaches nothing.
    case closed
    /// A public holiday.
    case holiday
    /// Something of the organisation's own that changes demand, by its name.
    case campaign(String)

    /// The kind's name, with the campaign's where it is one.
    public var name: String {
      switch self {
      case .closed: "closed"
      case .holiday: "holiday"
      case .campaign(let name): "campaign:\(name)"
      }
    }
  }

  /// A line of the file that can't be used.
  public struct Mistake: Error, Hashable, Sendable {
    /// Line, from 1.
    public let line: Int
    /// What is wrong.
    public let problem: Problem

    /// Kinds of mistakes.
    public enum Problem: String, Hashable, Sendable {
      /// The first line is not `from,to,kind,name`.
      case header
      /// The line has not four cells.
      case cells
      /// A date is not `YYYY-MM-DD`.
      case date
      /// The last day is before the first, or more than ten years after it.
      case order
      /// The kind is none of closed, holiday, open, campaign.
      case kind
      /// A campaign needs a name.
      case name
      /// A day of these has another kind already.
      case overlap
    }
  }

  private var own: [Day: Kind] = [:]
  /// Days that are no holidays here, whatever the computed calendar says.
  private var open: Set<Day> = []
  /// Whether the computed holidays of Spain count.
  private let computes: Bool
  private let region: String?

  /// A calendar of the computed holidays.
  ///
  /// - Parameters:
  ///   - region: the region whose holidays count beside the national ones.
  ///   - computes: whether the holidays of Spain count at all.
  public init(region: String? = nil, computes: Bool = true) {
    self.region = region
    self.computes = computes
  }

  /// Adds the days of a CSV file: `from,to,kind,name`, one line a stretch of days, `to` may be empty.
  ///
  /// Kinds: `closed`, `holiday`, `open` (no holiday here) and `campaign`. Lines that begin with `#` are passed over.
  /// - Throws: ``Mistake`` for the first line that can't be used.
  public mutating func read(csv: String) throws(Mistake) {
    let lines = csv.split(omittingEmptySubsequences: false) { $0.isNewline }
    var hasHeader = false
    for (index, raw) in lines.enumerated() {
      let text = raw.drop { $0 == "\u{FEFF}" }
      if text.allSatisfy(\.isWhitespace) || text.hasPrefix("#") { continue }
      let cells = text.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false)
        .map { $0.drop { $0.isWhitespace }.description.trimmedEnd }
      if !hasHeader {
        guard cells == ["from", "to", "kind", "name"] else {
          throw Mistake(line: index + 1, problem: .header)
        }
        hasHeader = true
      } else {
        if let problem = add(cells) { throw Mistake(line: index + 1, problem: problem) }
      }
    }
    if !hasHeader { throw Mistake(line: 1, problem: .header) }
  }

  private mutating func add(_ cells: [String]) -> Mistake.Problem? {
    guard cells.count == 4 else { return .cells }
    guard let from = Day(cells[0]), let to = cells[1].isEmpty ? from : Day(cells[1]) else {
      return .date
    }
    guard from <= to, to - from <= 3_660 else { return .order }
    let days = (from.number...to.number).map(Day.init(number:))
    if cells[2] == "open" {
      open.formUnion(days)
      return nil
    }
    let kind: Kind
    switch cells[2] {
    case "closed": kind = .closed
    case "holiday": kind = .holiday
    case "campaign":
      guard !cells[3].isEmpty else { return .name }
      kind = .campaign(cells[3])
    default: return .kind
    }
    for day in days {
      guard own[day] == nil || own[day] == kind else { return .overlap }
      own[day] = kind
    }
    return nil
  }

  /// What the day is; nil for an ordinary one.
  public func kind(_ day: Day) -> Kind? {
    if let kind = own[day] { return kind }
    guard computes, !open.contains(day) else { return nil }
    return SpanishHolidays.contains(day, region: region) ? .holiday : nil
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

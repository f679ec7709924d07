/// Somebody named in the talk about who lives together: one person, or a group said in one phrase ("mis tres hijos").
struct Person: Hashable, Sendable {
  /// What the word says about the age.
  enum Kind: Int, Comparable, Sendable {
    /// A spouse, a parent, a grandparent: never a minor.
    case elder
    /// A sibling, a cousin, somebody with only a name: grown, if nothing else is said.
    case peer
    /// A son, a niece: a minor, if nothing else is said.
    case offspring
    /// A child, a baby.
    case minor

    static func < (one: Kind, other: Kind) -> Bool { one.rawValue < other.rawValue }
    var isYoung: Bool { self >= .offspring }
  }

  var kind: Kind
  /// The word without its ending: "hij", "herman"; empty for a bare name.
  var stem: String
  /// Folded.
  var name: String?
  /// People meant, as far as one can tell.
  var count: Int
  /// Whether a number was said, or it is one person.
  var isExact: Bool
  let isGroup: Bool
  /// Whether it stands for one of those named before: "el mayor", "la otra".
  let isRank: Bool
  /// Where it stands in the turn.
  var token: Int
  /// Ages in years that were said.
  var ages: [Int] = []
  /// Members of a group that were told one by one.
  var members = 0
  /// Whether it lives elsewhere, or no more.
  var isAway = false
  /// Whether it is the husband or wife of the one named before: "mi hija y su marido".
  var isPartner = false
  /// Whether something else than an age tells that it is grown.
  var isGrown = false

  /// How many live here.
  var people: Int {
    if isAway { return 0 }
    return isGroup && !isExact ? max(members, ages.count, count) : count
  }

  /// How many of them are minors.
  var minors: Int {
    guard kind != .elder, !isGrown else { return 0 }
    let young = ages.count { $0 < 18 }
    let grown = ages.count - young
    return kind.isYoung ? max(min(young, people), people - grown) : min(people, young)
  }

  /// Whether number and ages are beyond doubt.
  var isSure: Bool { isExact || members > 0 || ages.count > 1 }

  /// Whether the ages are told, or follow from the word.
  var isAgeSure: Bool { kind != .offspring || ages.count >= people || isAway || isGrown }

  /// Whether it is meant by "él" or "ella" only.
  var isPronoun: Bool { stem == "el" || stem == "ella" }

  /// Whether both may be the same person.
  func isSame(as other: Person) -> Bool {
    if let name, let otherName = other.name { return name == otherName }
    return !stem.isEmpty && stem == other.stem && isGroup == other.isGroup && !isRank
  }
}

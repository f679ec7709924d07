/// Whether a turn tells about who lives together, and from where on.
struct HouseholdContext {
  /// Whether the turn asks and tells nothing itself.
  let isAsking: Bool
  /// Whether what is named in the turn is about the household.
  let isOpen: Bool
  /// Token from which on people are counted.
  let start: Int
  /// Whether the turn answers a question for ages.
  let isAge: Bool
  /// Whether a bare number counts children.
  let isOfChildren: Bool
  /// Whether "who lives there" was asked or said, not only "have you children".
  let isHome: Bool
  /// Whether the turn answers the question right before.
  let isAnswered: Bool
  /// Whether the answer is the first one after the question.
  let isFresh: Bool
  /// Whether somebody more was asked for.
  let isMore: Bool
  /// Whether the turn adds somebody: "también está mi tía".
  let isAdding: Bool
  /// Whether the turn says that there is nobody else.
  let isClosed: Bool
  /// Whether who is named takes the place of those named before.
  let mayReplace: Bool
  /// Whether it is the direct answer to who lives there.
  let isDirect: Bool

  /// The question that waits when the next turn begins.
  let next: Question?

  /// A question about who lives there or about children.
  struct Question: Hashable, Sendable {
    let turn: Int
    let isHome: Bool
    /// Whether it names the children.
    let isMinors: Bool
    let isMore: Bool
    let isAge: Bool
  }

  /// - Parameters:
  ///   - question: the one that waits.
  ///   - isKnown: whether people were named before.
  ///   - isWhole: whether they were said to be all.
  ///   - isSettled: whether the talk has gone on to something else since.
  init(
    _ scene: Scene, question: Question?, isKnown: Bool, isWhole: Bool, isSettled: Bool = false
  ) {
    let turn = scene.turn
    // "¿Qué le hace falta a la familia?" asks for needs.
    let asked =
      scene.asked.map {
        !$0.topics.isDisjoint(with: [.household, .minors]) && !$0.topics.contains(.needs)
      } ?? false
    let isOwn = turn.groups.contains(.own)
    let living = HouseholdContext.living(
      turn, isAsked: !isSettled && (question != nil || isKnown), isProxy: scene.proxy)
    let isSummary = HouseholdContext.isSummary(turn)
    let age = question.map { turn.number - $0.turn } ?? 9
    let isInside = age == 0
    isAnswered = age <= 2
    let isOwnTurn = asked && turn.hasQuestion
    let endsAsking = turn.tokens.last.map { $0.text == "?" } ?? false
    isAsking =
      (asked || endsAsking && HouseholdContext.hasYou(turn)) && !isSummary && living == nil
      && !isOwn
      && (endsAsking || !turn.hasQuestion && !(age <= 1 && HouseholdContext.tells(turn)))
    let isAgeAsked = HouseholdContext.asksAge(turn) && !isOwn
    isAge = isKnown && question?.isAge ?? false && age <= 1
    isMore = question?.isMore ?? false
    let isWithMe =
      turn.has(.homeHere) && turn.tokens.contains { HouseholdContext.company.contains($0.folded) }
    // "Y sois tu primo y tú." "Mi primo, la señora de él, la nena y yo."
    let isListed = HouseholdContext.isListed(turn)
    let answersSummary = isListed && scene.previous.map(HouseholdContext.isSummary) ?? false
    let listed = isListed && (answersSummary || !(isKnown && isWhole && age > 3))
    let corrects = scene.opening == .denies || scene.opening == .repairs
    isHome =
      isAnswered && question?.isHome ?? false || living != nil || isSummary || isWithMe || listed
    isClosed =
      isMore && isAnswered && (scene.opening == .denies || turn.has(.homeNobody))
      || isAnswered && question?.isHome ?? false && turn.has(.homeNobody)
    let isNext = age <= 1 || isInside
    isOfChildren = isNext && question?.isMinors ?? false && !(question?.isAge ?? false)
    let adds =
      turn.tokens.contains { $0.folded == "tambien" }
      || ["y", "ah", "tengo"].contains(turn.tokens.first?.folded ?? "")
    isAdding = adds && isOwn
    let isLate = age == 2 && (isAdding || corrects)
    isOpen =
      !isAsking && !(endsAsking && !isOwn)
      && (isNext || isLate || living != nil || isSummary || isAge || listed || isWithMe && isKnown
        || isOwnTurn && isOwn || corrects && isKnown && age <= 4 && isOwn)
      // "¿Y cómo tienen la casa?" "El dueño se murió y los hijos venden.": not told again.
      && !(isSettled && living == nil && !isSummary && !HouseholdContext.beginsWithKin(turn))
    isFresh = isNext && question?.isHome ?? false || living != nil || isSummary
    mayReplace = corrects || isSummary || !isWhole || listed && (isAnswered || answersSummary)
    isDirect = isNext && question?.isHome ?? false
    let isNew = isAsking || isAgeAsked && isKnown
    let isOtherTopic = scene.asked.map { _ in !asked } ?? false
    next =
      isNew
      ? Question(
        turn: turn.number,
        isHome: isAsking && scene.asked?.topics.contains(.household) ?? true,
        isMinors: isAsking && scene.asked?.topics.contains(.minors) ?? false
          && turn.tokens.contains { HouseholdContext.children.contains($0.folded) },
        isMore: turn.has(.askMore), isAge: isAgeAsked)
      : isOtherTopic && !isOwn ? nil : question
    if isAnswered || isAge || isSummary || listed {
      start = 0
    } else if let living {
      start = living
    } else if isOwnTurn {
      start = scene.asked?.answer ?? 0
    } else {
      start = 0
    }
  }

  /// Whether a question asks for people: "¿Y qué hace falta en casa?" does not.
  static func asksWho(_ turn: Turn) -> Bool {
    turn.tokens.contains {
      ["quien", "quienes", "cuantos", "cuantas", "vive", "vives", "viven", "vivis", "convive"]
        .contains($0.folded)
    }
  }

  /// Whether somebody is named at once, or the speaker is counted.
  private static func beginsWithKin(_ turn: Turn) -> Bool {
    turn.hits.contains {
      $0.kind.isKin && ($0.tokens.lowerBound <= 5 || abs($0.tokens.lowerBound - 5) <= 1)
    } || turn.tokens.indices.contains { turn.word($0) == "yo" && PeopleReader.isMe(turn, at: $0) }
  }

  private static let children: Set<String> = [
    "hijos", "hijas", "ninos", "ninas", "menores", "crios", "peques", "pequenos",
  ]

  private static let company: Set<String> = ["conmigo", "nosotros", "nosotras"]

  /// Words with which people speak of themselves.
  static let own: Set<String> = [
    "mi", "mis", "yo", "vivo", "vivimos", "somos", "tengo", "tenemos", "conmigo", "nosotros",
    "nosotras", "estoy", "estamos", "my", "i", "we", "nuestro", "nuestra", "nuestros",
  ]

  /// Whether the turn names somebody without asking.
  private static func tells(_ turn: Turn) -> Bool {
    turn.hits.contains { $0.kind.isKin } && turn.hits.allSatisfy { $0.kind != .askMore }
      && !turn.tokens.indices.contains {
        // "Andrii, que ya tiene diecinueve" asks nothing.
        HouseholdContext.asking.contains(turn.word($0))
          && !["que", "ya"].contains(turn.word($0 - 1))
      }
  }

  private static let asking: Set<String> = [
    "quien", "quienes", "cuantos", "cuantas", "cuanta", "sois", "vives", "vivis", "tienes", "tu",
    "tus", "estas", "estais", "vive", "tiene",
  ]

  /// Verbs behind which people name those they live with.
  static let verbs: Set<String> = [
    "vivo", "vivimos", "convivo", "live", "vine", "vinimos", "llegue", "llegamos", "yo", "somos",
    "estoy", "estamos", "quedamos",
  ]

  private static let articles: Set<String> = [
    "mi", "mis", "las", "los", "el", "la", "yo", "nosotros", "nosotras",
  ]

  /// Where "vivo con", "estoy con", "somos" begins.
  private static func living(_ turn: Turn, isAsked: Bool, isProxy: Bool) -> Int? {
    guard turn.groups.contains(.living) else { return nil }
    return turn.tokens.indices.dropLast().first { index in
      turn.tokens[index].isOf(.living)
        && isLiving(turn, index, turn.tokens[index].folded, isAsked: isAsked, isProxy: isProxy)
    }
  }

  private static func isLiving(
    _ turn: Turn, _ index: Int, _ word: String, isAsked: Bool, isProxy: Bool
  ) -> Bool {
    let next = turn.word(index + 1)
    let afterNext = turn.word(index + 2)
    let isCompany =
      next == "con" || next == "with"
      || ["solo", "sola", "solos", "solas"].contains(next) && afterNext == "con"
    let isOwn = next == "con" && ["mi", "mis"].contains(afterNext)
    switch word {
    // "Yo vivo con mi marido en Oliva": who speaks for the mother.
    case "vivo" where isProxy: return false
    case "vivo", "vivimos", "convivo", "live":
      return isCompany || next == "mi" || next == "el" || next == "la"
    case "vine", "vinimos", "llegue", "llegamos": return isAsked && isOwn
    case "yo": return isOwn
    case "somos": return articles.contains(next) || isAsked && isCompany
    default: return isAsked && (isCompany || articles.contains(next))
    }
  }

  /// "Entonces en casa: usted, su mujer y la niña", "estáis tu marido, tú y la peque".
  private static func isSummary(_ turn: Turn) -> Bool {
    hasYou(turn) && !(turn.tokens.last.map { $0.text == "?" } ?? false)
  }

  /// "tú y la niña", "usted, su mujer"
  private static func hasYou(_ turn: Turn) -> Bool {
    guard turn.groups.contains(.you) else { return false }
    return turn.tokens.indices.contains { index in
      turn.tokens[index].isOf(.you) && turn.word(index) != "ti"
        && PeopleReader.isMe(turn, at: index)
        && turn.hits.contains { $0.kind.isKin && abs($0.tokens.lowerBound - index) <= 4 }
    }
  }

  /// "mi tía, el Vicente, mi primo Marc y yo": a list that ends or begins with the speaker.
  private static func isListed(_ turn: Turn) -> Bool {
    guard turn.number < 60, turn.hits.contains(where: \.kind.isKin) else { return false }
    let hasMe = turn.tokens.indices.contains {
      turn.word($0) == "yo" && PeopleReader.isMe(turn, at: $0)
        || turn.word($0).hasPrefix("servidor")
    }
    let kin = turn.hits.filter { $0.kind.isKin && $0.kind != .kinRank }.count
    // "Mi pareja, Alex, y yo. Nadie más."
    return hasMe && (kin >= 2 || kin == 1 && turn.has(.homeNobody))
  }

  /// Words that ``asksAge(_:)`` begins with.
  static let ageWords: Set<String> = ["edad", "edades", "cuantos", "que", "es", "siendo"]

  /// Whether a turn asks for ages: "¿qué edades tienen?", "¿el niño cuántos años tiene?"
  static func asksAge(_ turn: Turn) -> Bool {
    guard turn.groups.contains(.age) else { return false }
    return turn.tokens.indices.contains { index in
      let next = { turn.word(index + 1) }
      switch turn.tokens[index].folded {
      case "edad", "edades": return true
      case "cuantos", "que": return ["anos", "meses", "anitos"].contains(next())
      case "es": return ["mayor", "menor"].contains(next())
      case "siendo": return next() == "menor"
      default: return false
      }
    }
  }
}

extension Turn {
  /// Whether somebody of the speaker's own is named: "mi hijo", "mis padres".
  var namesOwn: Bool {
    hits.contains { $0.kind.isKin && ["mi", "mis"].contains(word($0.tokens.lowerBound - 1)) }
  }
}

import Forms

// How many live together, and how many of them are minors, by who was named.
extension Household {
  /// People counted so far; nil when nobody was named.
  var total: Int? {
    roster.isEmpty ? nil : 1 + (us > 0 ? us - 1 : 0) + roster.size
  }

  /// A son with a wife or with children of his own is no minor.
  func markGrown(_ people: inout [Person]) {
    let hasGrandchildren = people.contains { $0.stem.hasPrefix("niet") && !$0.isAway }
    for index in people.indices
    where people[index].kind == .offspring && !people[index].isGroup && people[index].ages.isEmpty
      && people[index].stem.hasPrefix("hij")
    {
      let next = people.indices.contains(index + 1) ? people[index + 1] : nil
      if next?.isPartner ?? false || hasGrandchildren { people[index].isGrown = true }
    }
  }

  func count(
    _ range: Range<Int>, _ stated: [Mention], known: FieldValue?, isSure: Bool
  ) -> [Mention] {
    var people = roster
    let named = people.size
    let us = self.us > 0 ? self.us - 1 : 0
    // "Somos cinco: mi marido y los niños": the group is what is left.
    if case .integer(let size) = known {
      let open = people.indices.filter {
        people[$0].isGroup && !people[$0].isSure && !people[$0].isAway
      }
      if let only = open.first, open.count == 1 {
        let left = size - 1 - us - (named - people[only].people)
        if (1...12).contains(left) {
          people[only].count = left
          people[only].isExact = true
        }
      }
    }
    markGrown(&people)
    let size = self.us > 2 ? self.us : 1 + us + people.size
    let isSpeakerMinor = hasSpeaker && (speaker ?? 99) < 18
    let minors = (isMinor || isSpeakerMinor ? 1 : 0) + people.minors
    let isExact = people.allSatisfy { $0.isAway || $0.isSure }
    let isAgeSure = people.allSatisfy(\.isAgeSure)
    var mentions: [Mention] = []
    if isWhole, !stated.contains(where: { $0.field == "household_size" }), (1...20).contains(size) {
      mentions.append(
        Mention(
          field: "household_size", value: .integer(size),
          confidence: isExact ? (isSure ? 0.68 : 0.64) : 0.52, tokens: range,
          rule: "household_counted"))
    }
    let isLone = size == 1 && !people.contains { !$0.isAway }
    // "Lo que gana mi esposo": a grown-up named where not all were asked for says nothing of children.
    let isSilent = minors == 0 && !isWhole && people.allSatisfy { !$0.kind.isYoung }
    if !isSilent, !stated.contains(where: { $0.field == "minors" }), !isLone,
      (0...15).contains(minors)
    {
      mentions.append(
        Mention(
          field: "minors", value: .integer(minors),
          confidence: isExact ? (isAgeSure ? 0.68 : 0.62) : 0.5, tokens: range,
          rule: "minors_counted"))
    }
    return mentions
  }
}

extension [Person] {
  /// How many they are.
  var size: Int { map(\.people).reduce(0, +) }
  /// How many of them are minors.
  var minors: Int { map(\.minors).reduce(0, +) }
}

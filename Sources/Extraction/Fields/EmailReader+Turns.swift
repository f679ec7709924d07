import Forms

// Addresses that a pause cut in two.
extension EmailReader {
  /// "ana punto ruiz arroba…" "…gmail punto com", or "ana punto ruiz" "arroba gmail punto com": a recogniser settles at pauses.
  static func overTwoTurns(_ scene: Scene) -> Mention? {
    guard let previous = scene.previous, scene.turn.segment.id != previous.segment.id,
      let last = previous.tokens.lastIndex(where: { $0.kind != .mark })
    else { return nil }
    // Asked of every turn, and few are cut at a sign.
    let near = previous.tokens[max(0, last - 1)...last] + scene.turn.tokens.prefix(1)
    guard near.contains(where: maybeSign) else { return nil }
    let before = Array(previous.tokens[...last])
    let tokens = before + scene.turn.tokens
    let border = before.count
    let signs = [border - 2, border - 1, border].filter { tokens.indices.contains($0) }
    for index in signs {
      guard let sign = sign(tokens, index),
        sign.upperBound == border || sign.lowerBound == border && scene.isAbout(.email),
        !previous.isQuestion(last), let (address, range, _) = address(tokens, at: sign),
        range.lowerBound < border, range.upperBound > border,
        // "…gmail punto com" "arroba gmail punto com": the domain again.
        !before[range.lowerBound..<border].contains(where: { provider($0.folded) != nil })
      else { continue }
      let own = 0..<(range.upperBound - border)
      guard scene.holder(of: own, answering: .email) == .person else { return nil }
      let isWhole = hasEnding(tokens[sign.upperBound..<range.upperBound])
      return Mention(
        field: "email", value: .text(address), confidence: isWhole ? 0.8 : 0.65,
        checks: isWhole ? whole : ending, tokens: own, rule: "email_two_turns",
        earlier: [previous.evidence(range.lowerBound..<border)])
    }
    return nil
  }
}

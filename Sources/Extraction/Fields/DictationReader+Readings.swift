import Forms

// Where words without pauses may be one number or two ("seiscientos doce": 612, or 600 and 12), a check decides among all readings.
extension DictationReader {
  /// The identity document of a dictation: by the usual readings, and where no check letter agrees with them by any.
  static func documents(
    _ readings: [[Symbol]], _ scene: Scene, expected: Bool, passport: Bool, isNIE: Bool?
  ) -> [Mention] {
    let usual = DocumentReader.mention(
      readings, expected: expected, passport: passport, isNIE: isNIE)
    guard expected, !passport, !usual.contains(where: \.isChecked) else { return usual }
    let others = everyReading(readings, scene).map {
      DocumentReader.mention([$0], expected: true, passport: false, isNIE: isNIE)
    }.filter { $0.contains(where: \.isChecked) }
    guard let first = others.first else { return usual }
    let numbers = others.compactMap { $0.first { $0.field == "document_number" } }
    return first.map { $0.field == "document_number" ? settled($0, among: numbers) : $0 }
  }

  /// The telephone of a dictation; doubtful where its words make two numbers.
  static func phone(
    _ readings: [[Symbol]], _ scene: Scene, expected: Bool, hasPlus: Bool
  ) -> Mention? {
    let usual = PhoneReader.mention(readings, expected: expected, hasPlus: hasPlus)
    guard expected || usual?.isChecked ?? false else { return usual }
    let whole = everyReading(readings, scene).compactMap {
      PhoneReader.whole($0, expected: expected, hasPlus: hasPlus)
    }
    return whole.first.map { settled($0, among: whole) } ?? usual
  }

  /// All readings of a dictation, where there are more than the usual ones.
  private static func everyReading(_ readings: [[Symbol]], _ scene: Scene) -> [[Symbol]] {
    let every = SymbolReader.everyReading(scene.turn.tokens, span(readings))
    return every.count > 1 ? every : []
  }

  /// A mention with the other values that its words may mean.
  private static func settled(_ mention: Mention, among all: [Mention]) -> Mention {
    var others: [FieldValue] = []
    for other in all.map(\.value) where other != mention.value && !others.contains(other) {
      others.append(other)
    }
    guard !others.isEmpty else { return mention }
    var mention = mention
    mention.confidence = min(mention.confidence, 0.55)
    mention.alternatives += others.map { Alternative(value: $0, confidence: 0.3) }
    return mention
  }
}

extension Mention {
  /// Whether it went through a check and passed.
  var isChecked: Bool { !checks.isEmpty && checks.allSatisfy(\.passed) }
}

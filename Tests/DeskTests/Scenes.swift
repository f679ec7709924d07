import Extraction
import Forms
import Foundation
import Interview
import Messages
import Terminal

@testable import Desk

/// States of the desk for pictures and tests, made from events as the program makes them.
struct Scene {
  var state: DeskState
  private var sequence = 0

  /// A desk with the form that comes with the program and nothing said.
  init(language: String = "es", hasSound: Bool = true) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let toml = try String(
      contentsOf: root.appendingPathComponent("assets/forms/acogida.toml"), encoding: .utf8)
    state = DeskState(
      form: try FormDefinition(toml: toml), catalogue: Catalogue(language: language), stage: "dev",
      language: "es", today: "2026-03-01", unsent: 2, hasSound: hasSound)
    happen(
      .began(
        InterviewHeader(
          id: "a0000000-0000-4000-8000-000000000001", form: "acogida", formVersion: "1",
          stage: "dev", language: "es")))
    _ = state.update(.engine(.ready), size: Size(rows: 24, columns: 80))
  }

  /// Reports an event as the journal does.
  @discardableResult
  mutating func happen(_ event: InterviewEvent) -> [DeskEffect] {
    let stamped = StampedEvent(
      sequence: sequence, time: 1_772_000_000_000, elapsed: 0, event: event)
    sequence += 1
    return state.update(.happened(stamped), size: Size(rows: 24, columns: 80))
  }

  /// Presses keys; what the desk asks to be recorded happens at once.
  mutating func press(_ keys: Key..., size: Size = Size(rows: 24, columns: 80)) -> [DeskEffect] {
    var all: [DeskEffect] = []
    for key in keys {
      let effects = state.update(.terminal(.key(key)), size: size)
      all += effects
      for case .record(let event) in effects { all += happen(event) }
    }
    return all
  }

  /// Presses the keys of a text.
  mutating func type(_ text: String) {
    for character in text { _ = press(.character(character)) }
  }

  /// A talk in full swing: every state of a field, marked words, a gap, text still open.
  static func talk(language: String = "es") throws -> Scene {
    var scene = try Scene(language: language)
    scene.happen(.consented(Consent(recording: true, data: true)))
    scene.happen(.edited("consent_recording", .boolean(true)))
    scene.happen(.edited("consent_data", .boolean(true)))
    scene.happen(.recording(.started))
    let texts = [
      "Buenos días, siéntese. ¿Me dice su nombre completo?",
      "Me llamo Fatima Zahra El Amrani y tengo el NIE equis uno dos tres.",
      "Nací el nueve de noviembre de mil novecientos noventa y dos en Tetuán.",
      "Mi teléfono es el seis uno dos, tres cuatro cinco, seis siete ocho.",
      "Vivo en L’Hospitalet con mi hija \u{1B}[31mde cuatro años\u{1B}[0m. Je parle un peu français.",
    ]
    for (index, text) in texts.enumerated() {
      if index == 4 {
        scene.happen(.recording(.paused(position: 16_000 * 22)))
        scene.happen(.recording(.resumed(position: 16_000 * 30)))
      }
      let start = Double(index * 7 + (index == 4 ? 4 : 0))
      scene.happen(
        .settled(TranscriptSegment(id: index, start: start, end: start + 6, text: text)))
    }
    scene.happen(.heard(candidates: heard(texts), withdrawn: []))
    scene.happen(.accepted("full_name"))
    scene.happen(.absent("street_address", .refused))
    scene.happen(.edited("minors", .integer(1)))
    let size = Size(rows: 24, columns: 80)
    let open = DeskState.RevisableText(segment: 5, start: 39, text: "necesito ayuda con la")
    _ = scene.state.update(.revisable(open, preview: [:]), size: size)
    _ = scene.state.update(.level(DeskState.Level(rms: -23), seconds: 42), size: size)
    return scene
  }

  /// The first screen with drafts and submissions, after these keys.
  static func home(
    language: String = "es", isEmpty: Bool = false, keys: [Key] = []
  ) throws -> Scene {
    var scene = try Scene(language: language)
    scene.state = scene.state.atHome()
    let entry = {
      (number: Int, kind: HomeState.Entry.Kind, name: String?, day: String, time: String) in
      HomeState.Entry(
        id: "b000000\(number)-0000-4000-8000-000000000001", kind: kind, name: name, day: day,
        time: time, answered: 4 + 3 * number, isDamaged: number == 3)
    }
    let lists = HomeState.Lists(
      drafts: [
        entry(
          1, .draft(unconfirmed: 3, missing: 2), "Fatima Zahra El Amrani", "2026-03-01", "09:12"),
        entry(2, .draft(unconfirmed: 0, missing: 1), nil, "2026-02-27", "17:40"),
        entry(3, .draft(unconfirmed: 1, missing: 0), "作者 Núñez", "2026-02-26", "11:05"),
      ],
      today: [
        entry(4, .submission, "Carmen López García", "2026-03-01", "10:31"),
        entry(5, .submission, "Oleksandr Kovalenko", "2026-03-01", "08:55"),
      ],
      day: "2026-03-01", unsent: 14, unexported: 3, hasTarget: true)
    let empty = HomeState.Lists(day: "2026-03-01")
    _ = scene.state.update(.lists(isEmpty ? empty : lists), size: Size(rows: 24, columns: 80))
    for key in keys { _ = scene.press(key) }
    return scene
  }

  /// A talk with somebody who may have been here before, after these keys.
  static func duplicates(language: String = "es", keys: [Key] = []) throws -> Scene {
    var scene = try Scene.talk(language: language)
    scene.happen(
      .duplicate(
        DuplicateDecision(other: "c0000003-0000-4000-8000-000000000001", choice: .continued)))
    scene.find([
      DuplicateState.Entry(
        id: "c0000001-0000-4000-8000-000000000001", time: "2026-02-27 10:31",
        name: "Fatima Zahra El Amrani", matches: [.document, .nameAndBirthDate]),
      DuplicateState.Entry(
        id: "c0000002-0000-4000-8000-000000000001", time: "2025-11-03 09:05",
        name: "El Amrani Fátima Zahra", matches: [.nameAndBirthDate]),
    ])
    for key in keys { _ = scene.press(key) }
    return scene
  }

  /// Reports what the search for the same person found.
  mutating func find(_ found: [DuplicateState.Entry]) {
    _ = state.update(.duplicates(found), size: Size(rows: 24, columns: 80))
  }

  /// A submission being read.
  static func record(language: String = "es") throws -> Scene {
    let talk = try Scene.talk(language: language)
    var scene = try Scene.home(language: language)
    let submission = try Submission(
      state: talk.state.interview, form: talk.state.form, submitted: 1_772_000_600_000)
    let record = DeskState.SubmittedRecord(
      submission: submission, form: talk.state.form, time: "2026-03-01 10:31")
    _ = scene.state.update(.submission(record), size: Size(rows: 24, columns: 80))
    return scene
  }

  /// The organisation's numbers.
  static func dashboard(language: String = "es", keys: [Key] = []) throws -> Scene {
    var scene = try Scene.home(language: language, keys: [.character("d")])
    let isSpanish = language == "es"
    let numbers = DashboardState(
      figures: [
        ("today", 14), ("week", 63), ("lastWeek", 71), ("drafts", 3), ("unsent", 14),
      ].map { .init(title: "dashboard.\($0.0)", value: $0.1) },
      weeks: [
        .init(monday: "2026-02-23", days: [17, 12, 9, 11, 8, 0, 6]),
        .init(monday: "2026-02-16", days: [15, 14, 12, 13, 17, 0, 0]),
        .init(monday: "2026-02-09", days: [108, 99, 101, 97, 84, 12, 0]),
      ],
      charts: [
        .init(
          title: "dashboard.offices", bars: [.init("es-md-01", 152), .init("es-md-02", 96)]),
        .init(
          title: "dashboard.needs",
          bars: [
            .init(isSpanish ? "Alimentación" : "Food", 120),
            .init(isSpanish ? "Apoyo psicológico y acompañamiento" : "Psychological support", 31),
            .init(isSpanish ? "Violencia de género" : "Gender violence", nil),
          ]),
        .init(
          title: "dashboard.quality", bars: [.init("NIE", 96.4), .init("作者", 71)],
          full: 100),
        .init(
          title: "dashboard.forecast",
          bars: [
            .init("2026-03-02", 16.4, band: 11...22), .init("2026-03-03", 12, band: 8...17),
            .init("2026-03-04", 0, band: 0...0),
          ]),
      ], minimum: 5)
    _ = scene.state.update(.dashboard(numbers), size: Size(rows: 24, columns: 80))
    for key in keys { _ = scene.press(key) }
    return scene
  }

  private static func heard(_ texts: [String]) -> [Candidate] {
    let candidate = {
      (
        field: FieldName, value: FieldValue, segment: Int, words: String, confidence: Double,
        checks: [Check], alternatives: [Alternative]
      ) -> Candidate in
      let text = texts[segment]
      let start = text.range(of: words)?.lowerBound ?? text.startIndex
      let offset = text.unicodeScalars.distance(from: text.startIndex, to: start)
      let evidence = Evidence(
        segment: segment, characters: offset..<offset + words.unicodeScalars.count,
        start: Double(segment * 7) + 1, end: Double(segment * 7) + 3, text: words)
      return Candidate(
        field: field, value: value, said: words, confidence: confidence,
        state: checks.contains { !$0.passed } ? .doubtful : .suggested, checks: checks,
        evidence: [evidence], alternatives: alternatives)
    }
    return [
      candidate(
        "full_name", .text("Fatima Zahra El Amrani"), 1, "Fatima Zahra El Amrani", 0.93, [], []),
      candidate(
        "document_number", .text("X0000123L"), 1, "equis uno dos tres", 0.41,
        [Check(name: "nie_letter", passed: false)],
        [
          Alternative(value: .text("X0000123A"), confidence: 0.3),
          Alternative(value: .text("Y0000123L"), confidence: 0.1),
        ]),
      candidate("document_type", .text("nie"), 1, "NIE", 0.97, [], []),
      candidate(
        "birth_date", .text("1992-11-09"), 2, "nueve de noviembre de mil novecientos noventa y dos",
        0.9, [], []),
      candidate(
        "phone", .text("+34612345678"), 3, "seis uno dos, tres cuatro cinco, seis siete ocho", 0.95,
        [Check(name: "phone_plan", passed: true)], []),
      candidate("municipality", .text("L’Hospitalet de Llobregat"), 4, "L’Hospitalet", 0.8, [], []),
    ]
  }
}

import Extraction
import Forms
import Foundation
import TestSupport
import Testing
import Tone

@testable import Interview

@Suite struct InterviewStateTests {
  static func segment(_ id: Int, _ text: String) -> TranscriptSegment {
    TranscriptSegment(id: id, start: Double(id), end: Double(id) + 0.5, text: text)
  }

  @Test func segmentsStayInOrderAndAreReplaced() {
    let result = state([
      .settled(Self.segment(0, "uno")), .settled(Self.segment(2, "tres")),
      .settled(Self.segment(1, "dos")), .settled(Self.segment(2, "TRES")),
      .settled(Self.segment(0, "")),
    ])
    #expect(result.segments.map(\.text) == ["dos", "TRES"])
  }

  struct RecordingCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let changes: [RecordingChange]
    let phase: RecordingState.Phase
    let gaps: [RecordingState.Gap]
  }

  static let recordingCases: [RecordingCase] = [
    RecordingCase(testDescription: "idle", changes: [], phase: .idle, gaps: []),
    RecordingCase(
      testDescription: "off the record", changes: [.started, .paused(position: 100)],
      phase: .paused, gaps: [.init(reason: .offTheRecord, start: 100, end: nil)]),
    RecordingCase(
      testDescription: "resumed",
      changes: [.started, .paused(position: 100), .resumed(position: 260)], phase: .recording,
      gaps: [.init(reason: .offTheRecord, start: 100, end: 260)]),
    RecordingCase(
      testDescription: "unplugged, then off the record, then over",
      changes: [
        .started, .deviceLost(position: 10), .paused(position: 20), .stopped(position: 30),
      ], phase: .stopped,
      gaps: [
        .init(reason: .deviceLost, start: 10, end: 20),
        .init(reason: .offTheRecord, start: 20, end: 30),
      ]),
    RecordingCase(
      testDescription: "overrun", changes: [.started, .gap(position: 5, samples: 7)],
      phase: .recording, gaps: [.init(reason: .overrun, start: 5, end: 12)]),
    RecordingCase(
      testDescription: "resuming what never began", changes: [.resumed(position: 3)], phase: .idle,
      gaps: []),
  ]

  @Test(arguments: recordingCases)
  func recording(_ item: RecordingCase) {
    let result = state(item.changes.map { .recording($0) }).recording
    #expect(result.phase == item.phase)
    #expect(result.gaps == item.gaps)
  }

  @Test func eventsSurviveTheJournalsEncoding() throws {
    let events: [InterviewEvent] = [
      .began(header), .consented(Consent(recording: true, data: true)),
      .recording(.paused(position: 9)), .settled(Self.segment(0, "Hola ñandú 👩‍👩‍👧")),
      .heard(candidates: [candidate("phone", "+34612345678")], withdrawn: ["full_name"]),
      .accepted("phone"), .edited("household_size", .integer(3)),
      .edited("needs", .list(["food", "housing"])), .edited("consent_data", .boolean(true)),
      .cleared("phone"), .absent("phone", .unknown), .undone, .redone, .submitted,
    ]
    for (index, event) in events.enumerated() {
      let stamped = StampedEvent(sequence: index, time: 1, elapsed: 2, event: event)
      let data = try JSONEncoder().encode(stamped)
      #expect(try JSONDecoder().decode(StampedEvent.self, from: data) == stamped)
    }
  }

  /// Random decisions, all taken back and made again, end where they were.
  @Test(arguments: 0..<50) func undoIsTheInverseOfEveryDecision(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let fields: [FieldName] = ["full_name", "phone"]
    var events: [InterviewEvent] = [
      .began(header), heard(candidate("full_name", "Ana"), candidate("phone", "+34600000000")),
    ]
    let before = state(events)
    for _ in 0..<Int.random(in: 1...20, using: &random) {
      let field = fields[Int.random(in: 0...1, using: &random)]
      switch Int.random(in: 0...3, using: &random) {
      case 0: events.append(.accepted(field))
      case 1: events.append(.edited(field, .text(String(Int.random(in: 0...9, using: &random)))))
      case 2: events.append(.cleared(field))
      default: events.append(.absent(field, .refused))
      }
    }
    let decided = state(events)
    let undone = state(events + Array(repeating: .undone, count: 25))
    let redone = state(
      events + Array(repeating: .undone, count: 25) + Array(repeating: .redone, count: 25))
    #expect(undone.entries.mapValues(\.value) == before.entries.mapValues(\.value))
    #expect(redone.entries == decided.entries)
  }

  @Test func submissionKeepsEverything() throws {
    let result = state([
      .began(header), .settled(Self.segment(0, "soy Ana")), heard(candidate("full_name", "Ana")),
      .accepted("full_name"), .edited("phone", "+34600000000"),
    ])
    let submission = try Submission(state: result, form: testForm, submitted: 5)
    #expect(submission.fields.map(\.name) == ["full_name", "phone"])
    #expect(submission.field("full_name")?.status == .confirmed)
    #expect(submission.field("full_name")?.heard?.evidence.first?.segment == 0)
    #expect(submission.field("phone")?.status == .edited)
    #expect(submission.segments.count == 1)
    let data = try JSONEncoder().encode(submission)
    #expect(try JSONDecoder().decode(Submission.self, from: data) == submission)
    #expect(throws: InterviewError.notBegun) {
      try Submission(state: InterviewState(), form: testForm, submitted: 5)
    }
  }

  @Test func toneIsKeptWithTheWordsAndGoesWithThem() throws {
    let result = state([
      .began(header), .settled(Self.segment(0, "soy Ana")), .settled(Self.segment(1, "estoy mal")),
    ])
    var submission = try Submission(state: result, form: testForm, submitted: 5)
    #expect(submission.tones == nil)
    submission.readTone(ToneReader(ToneLexicon("-2 mal")))
    #expect(submission.tones?.map(\.segment) == [1])
    #expect(submission.tones?.first?.reading.phrases == ["mal"])
    let data = try JSONEncoder().encode(submission)
    #expect(try JSONDecoder().decode(Submission.self, from: data) == submission)
    submission.leaveOutWords()
    #expect(submission.tones == nil)
  }

  @Test func progressCountsWhatIsLeft() {
    let empty = Progress(state: state([.began(header)]), form: testForm)
    #expect(empty.missing == ["full_name"])
    let some = Progress(
      state: state([.began(header), heard(candidate("phone", "+34600000000"))]), form: testForm)
    #expect(some.unconfirmed == ["phone"])
    #expect(some.answered == 1)
  }

  @Test func objections() {
    let began = state([.began(header)])
    #expect(began.objection(to: .accepted("phone"), form: testForm) == .nothingToAccept("phone"))
    #expect(began.objection(to: .edited("nope", "x"), form: testForm) == .noSuchField("nope"))
    #expect(InterviewState().objection(to: .undone, form: testForm) == .notBegun)
    #expect(
      state([.began(header), .submitted]).objection(to: .undone, form: testForm)
        == .alreadySubmitted)
    #expect(began.objection(to: .edited("phone", "x"), form: testForm) == nil)
  }
}

import Extraction
import Forms
import Testing

@testable import Interview

/// What the person's last answer means for what is kept.
@Suite struct ConsentTests {
  @Test(arguments: [
    (Consent(recording: true, data: true), true, true),
    (Consent(recording: false, data: true), true, false),
    (Consent(recording: false, data: false), false, false),
    (Consent(recording: true, data: false), false, false),
  ])
  func theLastAnswerDecidesWhatIsKept(consent: Consent, identity: Bool, words: Bool) throws {
    let segment = TranscriptSegment(id: 0, start: 0, end: 2, text: "Me llamo Ana Ruiz Gil.")
    let state = InterviewTests.state([
      .began(header), .consented(Consent(recording: true, data: true)), .recording(.started),
      .settled(segment), heard(FieldStatusTests.ana), .accepted("full_name"), .consented(consent),
    ])
    let submission = try Submission(state: state, form: testForm, submitted: 1)
    let name = try #require(submission.field("full_name"))
    #expect((name.value != nil) == identity)
    #expect((name.heard != nil) == words)
    #expect(submission.segments.isEmpty == !words)
    #expect(submission.consent == consent)
    #expect(state.mayCapture == consent.recording)
  }
}

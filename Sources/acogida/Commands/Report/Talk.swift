import Extraction
import Forms
import Foundation
import Interview
import Speakers
import Tone
import Transcription

/// An interview or a meeting as reports see it.
struct Talk: Sendable {
  /// Identifier: of the interview, or the recording's name below its folder.
  let id: String
  /// The folder of a meeting, the form of an interview.
  let category: String
  /// The local day, ISO 8601.
  let date: String
  /// When it was transcribed or submitted, ISO 8601; orders what was analysed last.
  let analysed: String
  /// Who speaks when.
  let spans: [SpeakerSpan]
  /// The recording's length, seconds; nil where only words are known.
  let seconds: Double?
  /// What was said.
  let turns: [Turn]
  /// Who is what, by label.
  var people: [String: Participant]

  /// Something that was said.
  struct Turn: Hashable, Sendable {
    let start: Double
    let end: Double
    let speaker: String?
    let text: String
    /// How it sounds, where that was kept.
    var tone: ToneReading?
  }

  /// What is known about a speaker.
  struct Participant: Hashable, Sendable {
    /// For example `technician` or `person`.
    var role: String?
    /// The group they said they belong to.
    var group: String?
    /// How high their voice lies, where that was noted; never shown of one talk.
    var pitch: PitchClass?
  }

  /// How it was shared.
  var measure: TalkMeasure { TalkMeasure(spans, length: seconds) }
}

extension Talk {
  /// A submission; who is the technician follows from the labels, else from who asks.
  ///
  /// - Parameter field: the form's field that tells the person's group.
  init(_ submission: Submission, by field: String?) {
    id = submission.id
    category = submission.form
    date = Clock.day(submission.began)
    analysed = Clock.stamp(submission.submitted)
    seconds = nil
    let tones = Dictionary(
      (submission.tones ?? []).map { ($0.segment, $0.reading) }, uniquingKeysWith: { $1 })
    turns = submission.segments.map {
      Turn(
        start: $0.start, end: $0.end, speaker: $0.speaker, text: $0.text,
        tone: tones[$0.id] ?? (submission.tones == nil ? nil : .neutral))
    }
    spans = Talk.spans(turns)
    people = Talk.roles(turns)
    guard let field, let value = submission.field(.init(rawValue: field))?.value else { return }
    for (label, person) in people where person.role == SpeakerLabel.person {
      people[label]?.group = value.displayText
    }
  }

  /// A transcript in a file, as `acogida extract` reads it.
  ///
  /// - Throws: ``Failure``.
  init(transcript path: String) throws {
    let text = try Failure.reading(path) { try String(contentsOfFile: path, encoding: .utf8) }
    turns = try TranscriptReader.segments(text).map {
      Turn(start: $0.start, end: $0.end, speaker: $0.speaker, text: $0.text)
    }
    id = (path as NSString).lastPathComponent
    category = "."
    let changed = (RecordingList.state(path)?.seconds ?? 0) * 1000
    date = Clock.day(changed)
    analysed = Clock.stamp(changed)
    seconds = nil
    spans = Talk.spans(turns)
    people = Talk.roles(turns)
  }

  /// Spans from the times of turns.
  static func spans(_ turns: [Turn]) -> [SpeakerSpan] {
    turns.compactMap { turn in
      turn.speaker.map { SpeakerSpan(start: turn.start, end: turn.end, speaker: $0) }
    }
  }

  /// Roles by labels that are roles already; of two unnamed speakers the one who asks is the technician.
  static func roles(_ turns: [Turn]) -> [String: Participant] {
    var roles: [String: Participant] = [:]
    var questions: [String: Int] = [:]
    for turn in turns {
      guard let speaker = turn.speaker else { continue }
      roles[speaker] = Participant()
      if turn.text.contains("?") { questions[speaker, default: 0] += 1 }
    }
    for label in [SpeakerLabel.technician, SpeakerLabel.person] where roles[label] != nil {
      roles[label]?.role = label
    }
    guard roles.count == 2, roles.values.allSatisfy({ $0.role == nil }) else { return roles }
    let sorted = roles.keys.sorted { (questions[$0] ?? 0) > (questions[$1] ?? 0) }
    let (asks, answers) = (questions[sorted[0]] ?? 0, questions[sorted[1]] ?? 0)
    guard asks >= 3, asks >= 2 * answers else { return roles }
    roles[sorted[0]]?.role = SpeakerLabel.technician
    roles[sorted[1]]?.role = SpeakerLabel.person
    return roles
  }
}

import Extraction
import Forms

/// Everything that can happen in an interview.
///
/// The journal is the list of these.
public enum InterviewEvent: Hashable, Sendable, Codable {
  /// The interview began.
  case began(InterviewHeader)
  /// The person answered the consent question, or withdrew an earlier answer.
  case consented(Consent)
  /// The recording changed.
  case recording(RecordingChange)
  /// A segment of the transcript settled, or was typed.
  case settled(TranscriptSegment)
  /// Another is known, or was decided, to have said these segments; by the number of the segment.
  case relabelled([Int: String], byPerson: Bool)
  /// The technician named a speaker: everything of that label, also what comes.
  case named(speaker: String, name: String)
  /// Extraction changed its mind: new candidates, and fields that have none any more.
  case heard(candidates: [Candidate], withdrawn: [FieldName])
  /// The technician accepted the candidate shown for the field.
  case accepted(FieldName)
  /// The technician wrote the value.
  case edited(FieldName, FieldValue)
  /// The technician rejected what was there.
  case cleared(FieldName)
  /// The person will not or cannot say.
  case absent(FieldName, Absence)
  /// The technician's last decision was taken back.
  case undone
  /// The decision last taken back was made again.
  case redone
  /// A draft was taken up again, perhaps by somebody else.
  case resumed(technician: String)
  /// The technician said why the last decision was made.
  case explained(String)
  /// The technician decided about a possible duplicate.
  case duplicate(DuplicateDecision)
  /// The interview was submitted; nothing follows.
  case submitted
}

/// An event with its place in the interview and in time; what the journal holds.
public struct StampedEvent: Hashable, Sendable, Codable {
  /// Number of the event, from 0 without holes.
  public let sequence: Int
  /// Wall clock, milliseconds since 1970-01-01 UTC; may jump.
  public let time: Int64
  /// Milliseconds since the interview began, from a clock that never goes back.
  public let elapsed: Int64
  /// What happened.
  public let event: InterviewEvent

  /// Makes a stamped event from its parts.
  public init(sequence: Int, time: Int64, elapsed: Int64, event: InterviewEvent) {
    self.sequence = sequence
    self.time = time
    self.elapsed = elapsed
    self.event = event
  }
}

/// What is known when an interview begins.
public struct InterviewHeader: Hashable, Sendable, Codable {
  /// Identifier of the interview and later of its submission: a random UUID in lower case.
  public let id: String
  /// The form's identifier.
  public let form: String
  /// The form's version.
  public let formVersion: String
  /// The stage (dev, prod, ...) it belongs to.
  public let stage: String
  /// ISO 639-1 code of the language spoken.
  public let language: String
  /// The technician's name or code as set in the configuration; may be empty.
  public let technician: String
  /// Where the sound comes from; a recording that is played in is no conversation at the desk.
  public let source: Source
  /// The office's code as set in the configuration; nil where none is.
  public let office: String?

  /// Where the sound comes from.
  public enum Source: String, Sendable, Codable {
    /// A microphone.
    case microphone
    /// A recording made elsewhere or the demo.
    case recording
    /// No sound: typed only.
    case typed
  }

  /// Makes a header from its parts.
  public init(
    id: String, form: String, formVersion: String, stage: String, language: String,
    technician: String = "", source: Source = .microphone, office: String? = nil
  ) {
    self.id = id
    self.form = form
    self.formVersion = formVersion
    self.stage = stage
    self.language = language
    self.technician = technician
    self.source = source
    self.office = office
  }
}

/// The person's answer to the consent question.
public struct Consent: Hashable, Sendable, Codable {
  /// Whether sound may be recorded and transcribed.
  public let recording: Bool
  /// Whether the data may be kept.
  public let data: Bool

  /// Makes an answer.
  public init(recording: Bool, data: Bool) {
    self.recording = recording
    self.data = data
  }
}

/// A change of the recording; positions are samples at 16 kHz since it began.
public enum RecordingChange: Hashable, Sendable, Codable {
  /// The first sound is taken.
  case started
  /// Off the record from this position on: nothing of what follows is kept.
  case paused(position: Int64)
  /// On the record again from this position on.
  case resumed(position: Int64)
  /// The microphone went away.
  case deviceLost(position: Int64)
  /// The microphone is back.
  case deviceReturned(position: Int64)
  /// Samples were lost in the device.
  case gap(position: Int64, samples: Int64)
  /// The recording is over.
  case stopped(position: Int64)
}

/// Why a field stays without a value.
public enum Absence: String, Hashable, Sendable, Codable {
  /// The person prefers not to say.
  case refused
  /// The person does not know.
  case unknown
}

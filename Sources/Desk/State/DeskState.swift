import Extraction
import Forms
import Interview
import Messages
import Terminal

/// Everything that the desk shows, as one value.
public struct DeskState: Sendable {
  /// The form being filled.
  public let form: FormDefinition
  /// The texts of the screen.
  public let catalogue: Catalogue
  /// The stage, for example `dev`.
  public let stage: String
  /// Language spoken, ISO 639-1; `auto` for detection.
  public let language: String
  /// The interview.
  public internal(set) var interview: InterviewState
  /// What is shown.
  public internal(set) var view: View = .consent
  /// Index of the focused field in the form.
  public internal(set) var focus = 0
  /// Lines the transcript is scrolled back from its live end.
  public internal(set) var scroll = 0
  /// First line shown of the help, where it is longer than the screen.
  public internal(set) var helpScroll = 0
  /// What the recording was just asked to do; shown at once, before the journal has it.
  public internal(set) var requestedPhase: RecordingState.Phase?
  /// Fields decided by a key whose event is not in the journal yet: the next key is for the next field.
  public internal(set) var deciding: Set<FieldName> = []
  /// Text of the open segment; it may still change.
  public internal(set) var revisable: RevisableText?
  /// Candidates as they would be if the open segment settled as it stands.
  public internal(set) var preview: [FieldName: Candidate] = [:]
  /// The recogniser.
  public internal(set) var engine: EngineStatus = .loading
  /// Level of the microphone.
  public internal(set) var level = Level()
  /// Seconds on the record.
  public internal(set) var seconds = 0
  /// Whether the sound reaches the disk.
  public internal(set) var sound = SoundStorage()
  /// Events that wait because they can't be written now; the screen doesn't show them yet.
  public internal(set) var unsavedEvents = 0
  /// The line above the key bar.
  public internal(set) var notice: Notice?
  /// Interviews that were submitted and not sent anywhere yet.
  public internal(set) var unsent: Int
  /// ISO 8601 date of today, for checks.
  public let today: String
  /// Whether sound can be recorded at all in this session.
  public let hasSound: Bool
  /// Which keys ask for which command.
  public let keys: KeyMap

  /// What is shown.
  public enum View: Hashable, Sendable {
    /// The question before anything is recorded.
    case consent
    /// Transcript and form.
    case interview
    /// A field is being edited.
    case editing(Editing)
    /// The list of keys; what comes back afterwards.
    indirect case help(View)
    /// Submit although something is open?
    case confirmSubmit
    /// Leave although the interview is not submitted?
    case confirmQuit
    /// The interview is saved; its identifier.
    case receipt(String)
  }

  /// A field being edited.
  public struct Editing: Hashable, Sendable {
    /// The line.
    public var editor: LineEditor
    /// Why the value can't be kept, after Enter was pressed once.
    public var problem: FieldInput.Problem?
  }

  /// A desk before the first question.
  public init(
    form: FormDefinition, catalogue: Catalogue, stage: String, language: String, today: String,
    unsent: Int = 0, hasSound: Bool = true, keys: KeyMap = .standard,
    interview: InterviewState = InterviewState()
  ) {
    self.keys = keys
    self.form = form
    self.catalogue = catalogue
    self.stage = stage
    self.language = language
    self.today = today
    self.unsent = unsent
    self.hasSound = hasSound
    self.interview = interview
    if interview.consent != nil { view = .interview }
    // A draft that was left while it was recorded is not being recorded now.
    if interview.recording.phase.isUnderWay { requestedPhase = .stopped }
    if !hasSound { engine = .off }
  }

  /// The focused field.
  public var field: FieldDefinition? {
    form.fields.indices.contains(focus) ? form.fields[focus] : nil
  }

  /// Where the recording stands, a change just asked for included.
  public var phase: RecordingState.Phase { requestedPhase ?? interview.recording.phase }

  /// Whether sound is being kept now.
  public var isRecording: Bool { phase == .recording }

  /// Which commands can be used now.
  public var context: Command.Context {
    switch view {
    case .consent: .consent
    case .interview: .interview
    case .editing: .editing
    case .help, .receipt: .reading
    case .confirmSubmit, .confirmQuit: .question
    }
  }

  /// The candidate shown for a field: the interview's, else the preview of the open segment.
  func shown(_ field: FieldName) -> (value: FieldValue?, isPreview: Bool) {
    if let value = interview.entry(field).value { return (value, false) }
    let isOpen = interview.entry(field).decision == nil
    return (isOpen ? preview[field]?.value : nil, true)
  }
}

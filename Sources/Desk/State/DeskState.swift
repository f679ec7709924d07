import Extraction
import Forms
import Interview
import Messages
import Terminal

/// Everything that the desk shows, as one value.
public struct DeskState: Sendable {
  /// The texts of the screen.
  public let catalogue: Catalogue
  /// The stage, for example `dev`.
  public let stage: String
  /// Which keys ask for which command.
  public let keys: KeyMap
  /// Whether the sound stays when an interview is submitted: the person is told before it is recorded.
  public let keepsAudio: Bool
  /// The first screen.
  public internal(set) var home = HomeState()
  /// What is shown.
  public internal(set) var view: View = .consent
  /// First line shown of what is longer than the screen: help, a submission.
  public internal(set) var readingScroll = 0
  /// The export or the synchronisation under way.
  public internal(set) var work: LongWork?
  /// When the screen is covered.
  public var coverRules = CoverRules()
  /// The cover; nil while everybody may see the screen.
  public internal(set) var cover: CoverState?
  /// The line above the key bar.
  public internal(set) var notice: Notice?
  /// Interviews that were submitted and not sent anywhere yet.
  public internal(set) var unsent: Int

  // MARK: - The interview

  /// The form being filled.
  public internal(set) var form: FormDefinition
  /// Language spoken, ISO 639-1; `auto` for detection.
  public internal(set) var language: String
  /// The interview.
  public internal(set) var interview: InterviewState
  /// ISO 8601 date of today, for checks.
  public internal(set) var today: String
  /// Whether sound can be recorded at all in this interview.
  public internal(set) var hasSound: Bool
  /// Index of the focused field in the form.
  public internal(set) var focus = 0
  /// Whether the talk is over and what waits for a person is walked through.
  public internal(set) var isReviewing = false
  /// Fields decided by a key whose event is not in the journal yet: the next key is for the next field.
  public internal(set) var deciding: Set<FieldName> = []
  /// Earlier submissions that may be of the same person.
  public internal(set) var duplicates = DuplicateState()
  /// Where in the transcript the screen is, and what is looked for.
  public internal(set) var reading = TranscriptReading()
  /// What is being heard again; nil when nothing is.
  public internal(set) var playback: Playback?
  /// What the recording was asked to do and the journal does not have yet, in order; the last one is shown at once.
  public internal(set) var requestedPhases: [RecordingState.Phase] = []
  /// Text of the open segment; it may still change.
  public internal(set) var revisable: RevisableText?
  /// Candidates as they would be if the open segment settled as it stands.
  public internal(set) var preview: [FieldName: Candidate] = [:]
  /// Fields that were asked about so far; nil where nobody listens.
  public internal(set) var asked: Set<FieldName>?
  /// The recogniser.
  public internal(set) var engine: EngineStatus = .loading(seconds: 0)
  /// Level of the microphone.
  public internal(set) var level = Level()
  /// Seconds on the record.
  public internal(set) var seconds = 0
  /// Whether the sound reaches the disk.
  public internal(set) var sound = SoundStorage()
  /// Events that wait because they can't be written now; the screen doesn't show them yet.
  public internal(set) var unsavedEvents = 0

  /// A desk with an interview on it, at its first question or where a draft stands.
  public init(
    form: FormDefinition, catalogue: Catalogue, stage: String, language: String, today: String,
    unsent: Int = 0, hasSound: Bool = true, keys: KeyMap = .standard, keepsAudio: Bool = false,
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
    self.keepsAudio = keepsAudio
    self.interview = interview
    if interview.consent != nil { view = .interview }
    // A draft that was left while it was recorded is not being recorded now.
    if interview.recording.phase.isUnderWay { requestedPhases = [.stopped] }
    if !hasSound { engine = .off }
  }

  /// The same desk without an interview, at its first screen.
  public func atHome() -> DeskState {
    var state = DeskState(
      form: form, catalogue: catalogue, stage: stage, language: language, today: today,
      unsent: unsent, keys: keys, keepsAudio: keepsAudio)
    state.home = home
    state.work = work
    state.coverRules = coverRules
    state.cover = cover
    state.view = .home
    state.engine = .off
    return state
  }

  /// The same desk with that interview.
  func with(_ opened: OpenedInterview) -> DeskState {
    var state = DeskState(
      form: opened.form, catalogue: catalogue, stage: stage, language: opened.language,
      today: opened.today, unsent: unsent, hasSound: opened.hasSound, keys: keys,
      keepsAudio: keepsAudio,
      interview: opened.interview)
    state.home = home
    state.work = work
    state.home.isOpening = false
    state.coverRules = coverRules
    state.cover = cover
    return state
  }

  /// The focused field.
  public var field: FieldDefinition? {
    form.fields.indices.contains(focus) ? form.fields[focus] : nil
  }

  /// Where the recording stands, a change just asked for included.
  public var phase: RecordingState.Phase {
    requestedPhases.last ?? interview.recording.phase
  }

  /// Whether sound is being kept now.
  public var isRecording: Bool { phase == .recording }

  /// Which commands can be used now.
  public var context: Command.Context { context(of: view) }

  func context(of view: View) -> Command.Context {
    switch view {
    case .home: .home
    case .consent: .consent
    case .interview: reading.search == nil ? .interview : .finding
    case .editing, .prompt, .exporting: .editing
    case .duplicates: .duplicates
    case .help, .receipt, .record, .dashboard: .reading
    case .confirmSubmit, .confirmQuit, .confirmDiscard: .question
    }
  }

  /// The candidate shown for a field: the interview's, else the preview of the open segment.
  func shown(_ field: FieldName) -> (value: FieldValue?, isPreview: Bool) {
    if let value = interview.entry(field).value { return (value, false) }
    let isOpen = interview.entry(field).decision == nil
    return (isOpen ? preview[field]?.value : nil, true)
  }
}

import Extraction
import Forms
import Interview
import Terminal

extension DeskState {
  /// What is shown.
  public enum View: Hashable, Sendable {
    /// What is under way and what was done today.
    case home
    /// The question before anything is recorded.
    case consent
    /// Transcript and form.
    case interview
    /// A field is being edited.
    case editing(Editing)
    /// Words to look for are being written.
    case prompt(Prompt)
    /// The file of an export is being written.
    case exporting(Exporting)
    /// A submission, to be read.
    case record(SubmittedRecord)
    /// The numbers of the organisation; nil while they are read.
    case dashboard(DashboardState?)
    /// The list of keys; what comes back afterwards.
    indirect case help(View)
    /// Were they here before?
    case duplicates(DuplicateState.Question)
    /// Submit although something is open?
    case confirmSubmit
    /// Leave although the interview is not submitted?
    case confirmQuit
    /// Erase this draft?
    case confirmDiscard(HomeState.Entry)
    /// The interview is saved; its identifier.
    case receipt(String)

    /// Whether the interview is on the screen, perhaps behind a question.
    var isInterview: Bool {
      switch self {
      case .interview, .editing, .duplicates, .confirmSubmit, .confirmQuit: true
      case .prompt(let prompt): prompt.purpose != .home
      case .home, .exporting, .consent, .record, .dashboard, .help, .confirmDiscard, .receipt: false
      }
    }
  }

  /// A field being edited.
  public struct Editing: Hashable, Sendable {
    /// The line.
    public var editor: LineEditor
    /// Why the value can't be kept, after Enter was pressed once.
    public var problem: FieldInput.Problem?
    /// The choice in focus among those that fit what is written; nil while none was chosen by an arrow.
    public var choice: Int?

    /// Makes an editing of a line.
    public init(editor: LineEditor, problem: FieldInput.Problem? = nil, choice: Int? = nil) {
      self.editor = editor
      self.problem = problem
      self.choice = choice
    }
  }

  /// Words to look for, a reason or a name, being written.
  public struct Prompt: Hashable, Sendable {
    /// What they are for.
    public enum Purpose: Hashable, Sendable {
      /// Drafts and submissions.
      case home
      /// The transcript.
      case transcript
      /// Why there is a second submission of the same person.
      case duplicateReason(DuplicateState.Question)
      /// The name of the voice with that label.
      case voiceName(String)
    }

    /// What they are for.
    public let purpose: Purpose
    /// The line.
    public var editor: LineEditor

    /// Whether words are looked for.
    var isSearch: Bool { purpose == .home || purpose == .transcript }
  }

  /// A submission as it is read on the screen.
  public struct SubmittedRecord: Hashable, Sendable {
    /// The submission.
    public let submission: Submission
    /// Its form, where it is known here.
    public let form: FormDefinition?
    /// Local time of the submit, `2026-11-21 09:30`.
    public let time: String

    /// Makes it from its parts.
    public init(submission: Submission, form: FormDefinition?, time: String) {
      self.submission = submission
      self.form = form
      self.time = time
    }
  }

  /// Where in the transcript the screen is.
  public struct TranscriptReading: Hashable, Sendable {
    /// Lines the transcript is scrolled back from its live end.
    public internal(set) var scroll = 0
    /// Lines that came at the live end since the screen left it.
    public internal(set) var unread = 0
    /// The words looked for; nil when there is no search.
    public internal(set) var search: TranscriptSearch?
  }

  /// Words looked for in the transcript.
  public struct TranscriptSearch: Hashable, Sendable {
    /// The words.
    public let query: String
    /// Segment and place, counted in Unicode scalars, of the match in focus; nil when there is none.
    public internal(set) var match: TranscriptMatch?
    /// Number of that match, from 1, and of all.
    public internal(set) var number = 0
    /// How many matches there are.
    public internal(set) var count = 0
  }

  /// Something that is being heard again.
  public struct Playback: Hashable, Sendable {
    /// How it is played.
    public enum Manner: Hashable, Sendable {
      /// The words alone, as they were said.
      case plain
      /// The words, slower at the same pitch.
      case slow
      /// The words and what was said around them.
      case context
    }

    /// The field whose words they are.
    public let field: FieldName
    /// The words.
    public let evidence: Evidence
    /// How they are played.
    public let manner: Manner

    /// Makes it from its parts.
    public init(field: FieldName, evidence: Evidence, manner: Manner) {
      self.field = field
      self.evidence = evidence
      self.manner = manner
    }
  }
}

/// An interview that was opened: new, or a draft as it stands.
public struct OpenedInterview: Sendable {
  /// Its form.
  public let form: FormDefinition
  /// What happened in it so far.
  public let interview: InterviewState
  /// Language spoken, ISO 639-1 codes.
  public let language: String
  /// ISO 8601 date of today.
  public let today: String
  /// Whether sound can be recorded in it.
  public let hasSound: Bool

  /// Makes it from its parts.
  public init(
    form: FormDefinition, interview: InterviewState, language: String, today: String, hasSound: Bool
  ) {
    self.form = form
    self.interview = interview
    self.language = language
    self.today = today
    self.hasSound = hasSound
  }
}

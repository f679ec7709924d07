import Extraction
import Forms
import Interview
import Messages
import Terminal

/// Everything that can reach the desk.
public enum DeskInput: Sendable {
  /// A key, a paste, a click, a new size.
  case terminal(InputEvent)
  /// A command asked for by its name.
  case command(Command.ID)
  /// A field to go to.
  case focus(FieldName)
  /// What is kept, for the first screen.
  case lists(HomeState.Lists)
  /// What a search found so far.
  case found(HomeState.Search)
  /// A submission to read.
  case submission(DeskState.SubmittedRecord)
  /// The numbers of the organisation.
  case dashboard(DashboardState)
  /// How far long work is.
  case working(DeskState.LongWork)
  /// Long work is over: what came of it.
  case worked(DeskState.Notice)
  /// There is a file already where an export is to go.
  case exportIsTaken(DeskState.ExportRequest)
  /// An interview was opened.
  case opened(OpenedInterview)
  /// The interview asked for can't be opened.
  case notOpened(DeskState.Notice)
  /// An event that is safe in the journal.
  case happened(StampedEvent)
  /// Text of the open segment, and the candidates if it settled; nil when the segment settled.
  case revisable(DeskState.RevisableText?, preview: [FieldName: Candidate])
  /// Fields that were asked about so far.
  case asked(Set<FieldName>)
  /// Earlier submissions that may be of the same person, by the values as they stand.
  case duplicates([DuplicateState.Entry])
  /// Level of the microphone and seconds on the record.
  case level(DeskState.Level, seconds: Int)
  /// Whether the sound reaches the disk.
  case sound(DeskState.SoundStorage)
  /// Events that wait because they can't be written now.
  case unsaved(events: Int)
  /// The recogniser's state.
  case engine(DeskState.EngineStatus)
  /// Something is heard again, or has sounded.
  case playing(DeskState.Playback?)
  /// Something to tell.
  case notice(DeskState.Notice?)
  /// The submission can't be saved now; everything stays editable.
  case notSubmitted(DeskState.Notice)
  /// Nobody pressed a key for as long as the rules say.
  case idle
  /// The passphrase was right: the screen may be seen again.
  case uncovered
  /// Why the screen stays covered.
  case stillCovered(String)
  /// The submission is safe.
  case submitted(id: String, unsent: Int)
}

/// What the desk wants done; results come back as ``DeskInput``.
public enum DeskEffect: Hashable, Sendable {
  /// Read what is kept, for the first screen.
  case readLists
  /// Look for interviews with these words; an empty text ends the search.
  case find(String)
  /// Read a submission.
  case read(String)
  /// Read the numbers of the organisation.
  case readDashboard
  /// Begin a new interview.
  case openNew
  /// Go on with a draft.
  case openDraft(String)
  /// Erase a draft.
  case discard(String)
  /// Write submissions to a file.
  case export(DeskState.ExportRequest)
  /// Send submissions to their targets.
  case sync
  /// End the long work that is under way; nothing half done stays.
  case cancelWork
  /// Do without the recogniser, which is still loading.
  case cancelLoading
  /// Put the interview away; its draft is kept.
  case leaveInterview
  /// Write this event to the journal, then report it as happened.
  case record(InterviewEvent)
  /// Begin to record.
  case startRecording
  /// Off the record, now.
  case pauseRecording
  /// On the record again.
  case resumeRecording
  /// End the recording; what was said is still transcribed.
  case stopRecording
  /// Erase the sound: the consent to record was taken back.
  case eraseSound
  /// Play the sound of this evidence.
  case play(DeskState.Playback)
  /// End what is playing.
  case stopPlaying
  /// Save the submission.
  case submit
  /// Forget the keys until the passphrase has been typed.
  case wipeKeys
  /// Try a passphrase.
  case uncover(TypedSecret)
  /// Draw everything anew.
  case repaint
  /// Give the terminal back to the shell for a while.
  case suspend
  /// Leave; the draft is kept.
  case quit
}

import Extraction
import Forms
import Interview
import Messages
import Terminal
import Testing

@testable import Desk

/// From the first screen through interviews and back, and what consent and off the record mean on the way.
@Suite struct FlowTests {
  let size = Size(rows: 24, columns: 80)

  private func opened(_ scene: Scene) -> DeskInput {
    .opened(
      OpenedInterview(
        form: scene.state.form, interview: InterviewState(), language: "es", today: "2026-03-01",
        hasSound: true))
  }

  @Test func interviewsFollowEachOther() throws {
    var scene = try Scene.home()
    for number in 0..<3 {
      #expect(scene.press(.character("n")) == [.openNew])
      // A second key while it opens must not open another one, nor answer the question that comes.
      #expect(scene.press(.character("n"), Key(.enter)).isEmpty)
      _ = scene.state.update(opened(scene), size: size)
      #expect(scene.state.view == .consent)
      #expect(scene.press(Key(.enter)).contains(.startRecording))
      scene.happen(.recording(.started))
      #expect(scene.state.view == .interview && scene.state.isRecording)
      #expect(scene.state.interview.entry("full_name").value == nil)
      _ = scene.press(.character("e"))
      scene.type("Ana \(number)")
      _ = scene.press(Key(.enter))
      scene.happen(.recording(.stopped(position: 1)))
      _ = scene.state.update(.submitted(id: "x", unsent: number), size: size)
      #expect(scene.press(Key(.enter)) == [.leaveInterview, .readLists])
      #expect(scene.state.view == .home)
    }
    #expect(scene.press(.character("q")) == [.quit])
  }

  @Test func draftsAreOpenedAndSubmissionsAreRead() throws {
    var scene = try Scene.home()
    #expect(scene.press(Key(.enter)) == [.openDraft("b0000001-0000-4000-8000-000000000001")])
    _ = scene.state.update(.notOpened(DeskState.Notice("no", .problem)), size: size)
    for _ in 0..<9 { _ = scene.press(Key(.down)) }
    #expect(scene.press(Key(.enter)) == [.read("b0000005-0000-4000-8000-000000000001")])
  }

  /// The question stands there before the interview is made: when that fails, nobody would take the answer.
  @Test func anInterviewThatCannotBeMadeLeadsToTheFirstScreen() throws {
    var scene = try Scene.home()
    scene.state.view = .consent
    let effects = scene.state.update(.notOpened(DeskState.Notice("no", .problem)), size: size)
    #expect(effects == [.readLists])
    #expect(scene.state.view == .home && scene.state.notice?.text == "no")
  }

  @Test func discardingAsksAndOnlyTakesDrafts() throws {
    var scene = try Scene.home(keys: [.character("x")])
    #expect(scene.state.context == .question)
    #expect(scene.press(Key(.escape)).isEmpty && scene.state.view == .home)
    #expect(
      scene.press(.character("x"), .character("s"))
        == [.discard("b0000001-0000-4000-8000-000000000001")])
    _ = scene.press(Key(.down), Key(.down), Key(.down))
    #expect(scene.press(.character("x")).isEmpty && scene.state.view == .home)
  }

  @Test func theSearchFollowsWhatIsTyped() throws {
    var scene = try Scene.home()
    var asked: [DeskEffect] = []
    for key in "/añ".map({ Key.character($0) }) { asked += scene.press(key) }
    #expect(asked == [.find("a"), .find("añ")])
    // What an older search finds late is passed over.
    _ = scene.state.update(.found(HomeState.Search(query: "a")), size: size)
    #expect(scene.state.home.search?.query == "añ")
    #expect(scene.press(Key(.escape)) == [.find("")])
    #expect(scene.state.home.search == nil && scene.state.view == .home)
  }

  /// The recording state is on every view: nothing hides it.
  @Test(arguments: ["es", "en"])
  func everyViewShowsTheRecording(language: String) throws {
    let keys: [[Key]] = [
      [], [.character("e")], [.function(1)], [.character("q")], [.character("/")],
      [.character("c")],
    ]
    for pressed in keys {
      var scene = try Scene.talk(language: language)
      for key in pressed { _ = scene.press(key) }
      for size in SnapshotTests.sizes {
        let wanted = scene.state.catalogue.text("status.recording", ["time": "00:42"])
        #expect(render(scene.state, size).lines[0].contains(wanted))
      }
    }
  }

  @Test func anAnswerMayBeTakenBack() throws {
    var scene = try Scene.talk()
    _ = scene.press(.character("c"))
    #expect(scene.state.view == .consent)
    let effects = scene.press(.character("t"))
    #expect(effects.contains(.record(.consented(Consent(recording: false, data: true)))))
    #expect(effects.suffix(2) == [.stopRecording, .eraseSound])
    #expect(scene.state.view == .interview)
    scene.happen(.recording(.stopped(position: 9)))
    #expect(scene.press(.function(5)).isEmpty)
    #expect(scene.state.notice?.text == scene.state.catalogue.text("notice.noConsent"))
    // Asked again and said yes: nothing is recorded before somebody says so.
    #expect(!scene.press(.character("c"), Key(.enter)).contains(.startRecording))
    #expect(scene.press(.function(5)) == [.startRecording])
  }

  @Test func askingAgainCanBeLeft() throws {
    var scene = try Scene.talk()
    #expect(scene.press(.character("c"), .character("q")).isEmpty)
    #expect(scene.state.view == .interview && scene.state.isRecording)
  }

  @Test func whoIsNotToBeKeptIsNotWrittenDown() throws {
    var scene = try Scene()
    _ = scene.press(.character("n"), .character("e"))
    #expect(scene.state.view == .interview)
    _ = scene.press(Key(.down), .character("e"))
    guard case .editing = scene.state.view else {
      Issue.record("the type of a document says nothing about who it is")
      return
    }
  }
}

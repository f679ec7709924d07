import Extraction
import Forms
import Foundation
import Interview
import Messages
import Terminal
import TestSupport
import Testing

@testable import Desk

@Suite struct UpdateTests {
  private let size = Size(rows: 24, columns: 80)

  @Test func consentIsRecordedBeforeTheRecordingStarts() throws {
    var scene = try Scene()
    let effects = scene.press(Key(.enter))
    #expect(effects.first == .record(.consented(Consent(recording: true, data: true))))
    #expect(effects.last == .startRecording)
    #expect(scene.state.view == .interview)
  }

  /// A microphone that fails at once must not do so while the consent question still takes the keys.
  @Test func theRecordingStartsWhenTheAnswerIsSafe() throws {
    var scene = try Scene()
    let effects = scene.state.update(
      .terminal(.key(Key(.enter))), size: Size(rows: 24, columns: 80))
    #expect(!effects.contains(.startRecording))
    #expect(scene.happen(.consented(Consent(recording: true, data: true))) == [.startRecording])
    #expect(scene.state.view == .interview)
  }

  @Test func refusingTheRecordingNeverStartsIt() throws {
    var scene = try Scene()
    #expect(!scene.press(.character("t")).contains(.startRecording))
    #expect(scene.press(.function(5)).isEmpty)
    #expect(scene.state.interview.consent == Consent(recording: false, data: true))
  }

  /// Every answer is one that was given, and what was not asked stays empty.
  @Test(
    arguments: [
      (true, Key(.enter), true, true), (true, .character("t"), false, true),
      (true, .character("n"), false, false), (false, .character("s"), nil, true),
      (false, .character("n"), nil, false), (false, .character("t"), nil, nil),
    ] as [(Bool, Key, Bool?, Bool?)])
  func consentIsWhatWasAnswered(hasSound: Bool, key: Key, recording: Bool?, data: Bool?) throws {
    var scene = try Scene(hasSound: hasSound)
    let effects = scene.press(key)
    #expect(scene.state.view == .interview)
    let interview = scene.state.interview
    #expect(interview.entry("consent_recording").value == recording.map { .boolean($0) })
    #expect(interview.entry("consent_data").value == data.map { .boolean($0) })
    #expect(interview.consent == data.map { Consent(recording: recording ?? false, data: $0) })
    #expect(effects.contains(.startRecording) == (recording == true))
    #expect((scene.state.notice?.weight == .problem) == (data == false))
  }

  /// Question and answers are seen whole on the smallest screen, in both languages.
  @Test(arguments: [true, false], ["es", "en"])
  func theConsentQuestionIsNeverCut(hasSound: Bool, language: String) throws {
    let scene = try Scene(language: language, hasSound: hasSound)
    let small = render(scene.state, Layout.minimum).lines.joined(separator: " ")
    let words = small.split { !$0.isLetter }
    let wanted = ConsentView.text(scene.state).split { !$0.isLetter }
    #expect(words.filter { wanted.contains($0) }.count >= wanted.count)
  }

  /// Off the record works in every view, by a key that types nothing, and shows before the journal answers.
  @Test(
    arguments: ["interview", "editing", "help", "submit", "quit", "search", "consent", "choices"],
    [Key.function(4), .alt("4"), .control("p")])
  func pauseWorksEverywhere(view: String, key: Key) throws {
    var scene = try Scene.talk()
    switch view {
    case "editing": _ = scene.press(.character("e"))
    case "help": _ = scene.press(.function(1))
    case "submit":
      for field in Progress(state: scene.state.interview, form: scene.state.form).unconfirmed {
        scene.happen(.accepted(field))
      }
      _ = scene.press(.character("s"))
      #expect(scene.state.view == .confirmSubmit)
    case "search": _ = scene.press(.character("/"))
    case "consent": _ = scene.press(.character("c"))
    case "choices": _ = scene.press(Key(.down), .character("e"))
    case "quit": _ = scene.press(.character("q"))
    default: break
    }
    let before = scene.state.view
    #expect(scene.press(key) == [.pauseRecording])
    #expect(scene.state.view == before)
    #expect(render(scene.state, size).lines[0].contains("FUERA DE REGISTRO"))
    #expect(scene.press(key) == [.resumeRecording])
  }

  @Test func textRecognisedLateStaysOffTheScreenWhilePaused() throws {
    var scene = try Scene.talk()
    _ = scene.press(.character("p"))
    let late = DeskState.RevisableText(segment: 6, start: 44, text: "secreto")
    _ = scene.state.update(.revisable(late, preview: [:]), size: size)
    #expect(!render(scene.state, size).dump().contains("secreto"))
  }

  @Test func acceptConfirmsAndMovesToTheNextThatWaits() throws {
    var scene = try Scene.talk()
    _ = scene.press(Key(.tab))
    #expect(scene.state.field?.name == "document_type")
    #expect(scene.press(Key(.enter)) == [.record(.accepted("document_type"))])
    #expect(scene.state.interview.entry("document_type").status == .confirmed)
    #expect(scene.state.field?.name == "document_number")
  }

  @Test func alternativeBecomesTheValue() throws {
    var scene = try Scene.talk()
    _ = scene.press(Key(.down), Key(.down), .character("2"))
    #expect(scene.state.interview.entry("document_number").value == .text("Y0000123L"))
    _ = scene.press(.character("u"))
    #expect(scene.state.interview.entry("document_number").status == .doubtful)
    _ = scene.press(.control("r"))
    #expect(scene.state.interview.entry("document_number").status == .edited)
  }

  @Test func editingKeepsWhatIsTypedAndSaysWhyNot() throws {
    var scene = try Scene.talk()
    _ = scene.press(Key(.down), Key(.down), Key(.down), .character("e"), .control("u"))
    scene.type("31/02/1990")
    #expect(scene.press(Key(.enter)).isEmpty)
    guard case .editing(let editing) = scene.state.view else {
      Issue.record("the editor closed")
      return
    }
    #expect(editing.problem == .notADate)
    _ = scene.press(.control("u"))
    scene.type("28/02/1990")
    #expect(scene.press(Key(.enter)) == [.record(.edited("birth_date", .text("1990-02-28")))])
  }

  @Test func lettersTypeWhileEditing() throws {
    var scene = try Scene.talk()
    _ = scene.press(.character("e"), .control("u"))
    scene.type("p q? s n u")
    guard case .editing(let editing) = scene.state.view else {
      Issue.record("a letter was taken as a command")
      return
    }
    #expect(editing.editor.text == "p q? s n u")
    #expect(scene.state.phase == .recording)
  }

  @Test func pasteIsNeverCommands() throws {
    var scene = try Scene.talk()
    #expect(scene.state.update(.terminal(.paste("q\ns\np")), size: size).isEmpty)
    #expect(scene.state.view == .interview)
    #expect(scene.state.notice != nil)
  }

  @Test func incompleteInterviewsAskBeforeTheyAreSaved() throws {
    var scene = try Scene.talk()
    // The talk ends first, and what was heard is walked through.
    #expect(scene.press(.character("s")) == [.stopRecording])
    scene.happen(.recording(.stopped(position: 16_000 * 42)))
    #expect(scene.state.isReviewing)
    #expect(scene.press(.character("s")).isEmpty)
    #expect(scene.press(.character("n")).isEmpty)
    #expect(scene.state.view == .interview)
    #expect(scene.press(.character("s"), .character("s")) == [.submit])
  }

  @Test func quittingAsksAndStopsTheRecording() throws {
    var scene = try Scene.talk()
    #expect(scene.press(.character("q"), Key(.escape)).isEmpty)
    #expect(
      scene.press(.character("q"), .character("s")) == [
        .stopRecording, .leaveInterview, .readLists,
      ])
    #expect(scene.state.view == .home && scene.state.phase == .idle)
    var other = try Scene.talk()
    #expect(other.press(.character("q"), .character("q")) == [.stopRecording, .quit])
  }

  @Test func signalsEndTheDeskButInterruptAsks() throws {
    var scene = try Scene.talk()
    #expect(scene.state.update(.terminal(.terminate(15)), size: size) == [.stopRecording, .quit])
    #expect(scene.state.update(.terminal(.terminate(2)), size: size).isEmpty)
    #expect(scene.state.view == .confirmQuit)
  }

  @Test func suspendingGoesOffTheRecordFirst() throws {
    var scene = try Scene.talk()
    #expect(scene.press(.control("z")) == [.pauseRecording, .suspend])
  }

  @Test func scrollStopsAtBothEndsAndHoldsItsPlace() throws {
    var scene = try Scene.talk()
    let small = Size(rows: 12, columns: 40)
    for _ in 0..<50 { _ = scene.press(Key(.pageUp), size: small) }
    let top = render(scene.state, small).lines[1]
    #expect(top.contains("Buenos días"))
    let furthest = scene.state.scroll
    _ = scene.press(Key(.pageUp), size: small)
    #expect(scene.state.scroll == furthest)
    let segment = TranscriptSegment(id: 9, start: 60, end: 62, text: "algo nuevo")
    _ = scene.state.update(
      .happened(StampedEvent(sequence: 99, time: 0, elapsed: 0, event: .settled(segment))),
      size: small)
    #expect(render(scene.state, small).lines[1] == top)
    _ = scene.press(Key(.end), size: small)
    #expect(scene.state.scroll == 0)
  }

  @Test func hearingBringsTheWordsIntoSight() throws {
    var scene = try Scene.talk()
    for index in 6..<60 {
      let segment = TranscriptSegment(
        id: index, start: Double(index * 7), end: Double(index * 7 + 5), text: "frase \(index)")
      scene.happen(.settled(segment))
    }
    #expect(!render(scene.state, size).dump().contains("Me llamo"))
    guard case .play(let playback)? = scene.press(.character("h")).first else {
      Issue.record("nothing is played")
      return
    }
    #expect(playback.evidence.segment == 1)
    #expect(render(scene.state, size).dump().contains("Me llamo"))
    let before = scene.state.scroll
    _ = scene.press(.character("h"))
    #expect(scene.state.scroll == before)
  }

  @Test func typingGoesDownTheForm() throws {
    var scene = try Scene(hasSound: false)
    _ = scene.press(Key(.enter))
    for text in ["Ana Ruiz", "nie", "X1234567L"] {
      _ = scene.press(Key(.enter))
      scene.type(text)
      _ = scene.press(Key(.enter))
    }
    #expect(scene.state.interview.entry("document_number").value == .text("X1234567L"))
    #expect(scene.state.field?.name == "birth_date")
  }

  @Test func clicksOnTheBarAndOnFields() throws {
    var scene = try Scene.talk()
    let lines = render(scene.state, size).lines
    let column = try #require(lines[23].range(of: "ayuda")).lowerBound
    let x = lines[23].distance(from: lines[23].startIndex, to: column)
    let row = try #require(lines.firstIndex { $0.contains("Teléfono") })
    _ = scene.state.update(.terminal(.click(Point(row: row, column: 50))), size: size)
    #expect(scene.state.field?.name == "phone")
    _ = scene.state.update(.terminal(.click(Point(row: 23, column: x))), size: size)
    #expect(scene.state.context == .reading)
  }

  @Test func problemsStayUntilTheyAreReplaced() throws {
    var scene = try Scene.talk()
    _ = scene.state.update(.notice(DeskState.Notice("disco lleno", .problem)), size: size)
    _ = scene.press(Key(.down))
    #expect(scene.state.notice?.text == "disco lleno")
    _ = scene.state.update(.notice(nil), size: size)
    #expect(scene.state.notice == nil)
  }

  /// A kill leaves the journal in the middle of a recording; nothing is captured when the draft is opened.
  @Test(arguments: [[], [.paused(position: 9)], [.deviceLost(position: 9)]] as [[RecordingChange]])
  func aDraftLeftWhileRecordingIsNotRecording(changes: [RecordingChange]) throws {
    var interview = InterviewState()
    let events: [InterviewEvent] =
      [.consented(Consent(recording: true, data: true)), .recording(.started)]
      + changes.map { .recording($0) }
    for (index, event) in events.enumerated() {
      interview.apply(StampedEvent(sequence: index, time: 0, elapsed: 0, event: event))
    }
    let scene = try Scene()
    var state = DeskState(
      form: scene.state.form, catalogue: scene.state.catalogue, stage: "dev", language: "es",
      today: "2026-03-01", interview: interview)
    #expect(render(state, size).lines[0].contains("GRABACIÓN TERMINADA"))
    #expect(state.update(.terminal(.key(.function(5))), size: size) == [.startRecording])
    #expect(state.update(.terminal(.terminate(15)), size: size) == [.quit])
  }

  @Test func theHeaderSaysThatSoundIsNotStoredAndHowMuchWasLost() throws {
    var scene = try Scene.talk()
    let header = { (scene: Scene) in render(scene.state, size).lines[0] }
    let blocked = DeskState.SoundStorage(isBlocked: true, waiting: 600, lost: 7)
    _ = scene.state.update(.sound(blocked), size: size)
    #expect(header(scene).contains("SIN GUARDAR 00:42") && !header(scene).contains("GRABANDO"))
    #expect(header(scene).contains("perdidos 7 s") && header(scene).contains("esperan 600 s"))
    // Off the record stays what the header says first.
    _ = scene.press(.character("p"))
    #expect(header(scene).contains("FUERA DE REGISTRO"))
    _ = scene.press(.character("p"))
    scene.happen(.recording(.stopped(position: 16_000 * 42)))
    _ = scene.state.update(.notice(DeskState.Notice("la grabación ha terminado")), size: size)
    #expect(header(scene).contains("SIN GUARDAR"))
    _ = scene.press(.character("q"))
    #expect(render(scene.state, size).dump().contains("600 s de sonido no se pueden guardar"))
    _ = scene.state.update(.sound(DeskState.SoundStorage(lost: 7)), size: size)
    #expect(header(scene).contains("GRABACIÓN TERMINADA 00:42"))
    #expect(header(scene).contains("perdidos 7 s"))
  }

  @Test func changesThatCannotBeSavedAreSaidBeforeLeaving() throws {
    var scene = try Scene.talk()
    _ = scene.state.update(.unsaved(events: 2), size: size)
    #expect(render(scene.state, size).lines[0].contains("2 cambios sin guardar"))
    _ = scene.press(.character("q"))
    #expect(render(scene.state, size).dump().contains("2 cambios no se pueden guardar ahora"))
    _ = scene.state.update(.unsaved(events: 0), size: size)
    #expect(!render(scene.state, size).dump().contains("cambios"))
  }

  /// The advice stands at the end of a problem's words.
  @Test(arguments: [(12, 40, false), (24, 80, true), (40, 110, true)])
  func aProblemIsShownInWhole(rows: Int, columns: Int, fits: Bool) throws {
    var scene = try Scene.talk()
    let size = Size(rows: rows, columns: columns)
    let words = scene.state.catalogue.text("error.diskFull", ["path": "/home/ana/.local/share/a"])
    _ = scene.state.update(.notice(DeskState.Notice(words, .problem)), size: size)
    let picture = render(scene.state, size)
    let shown = picture.lines.dropLast().suffix(3).joined(separator: " ")
    #expect(shown.contains("⚠ no queda espacio"))
    #expect(shown.contains("en cuanto lo haya.") == fits)
    #expect(picture.dump().contains(columns < 72 ? "Nombre" : "Fatima"))
  }

  /// Whatever is pressed: nothing breaks, every picture fits its size, and no field confirms itself.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func anyKeysInAnyOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var scene = try Scene.talk()
    let keys =
      Command.table.flatMap(\.keys) + "aeñ 作1-9".map { .character($0) } + [.alt("4"), Key(.left)]
    for step in 0..<300 {
      guard let key = keys.randomElement(using: &random) else { continue }
      let screen = Size(
        rows: .random(in: 1...45, using: &random), columns: .random(in: 1...130, using: &random))
      for effect in scene.state.update(.terminal(.key(key)), size: screen) {
        if case .record(let event) = effect, scene.happen(event) == [.startRecording] {
          scene.happen(.recording(.started))
        }
        switch effect {
        case .pauseRecording: scene.happen(.recording(.paused(position: Int64(step) * 100)))
        case .resumeRecording: scene.happen(.recording(.resumed(position: Int64(step) * 100)))
        case .startRecording: scene.happen(.recording(.started))
        case .stopRecording: scene.happen(.recording(.stopped(position: Int64(step) * 100)))
        default: break
        }
      }
      let picture = render(scene.state, screen)
      #expect(picture.size == screen)
      if let cursor = picture.cursor { #expect(picture.bounds.contains(cursor)) }
      #expect(!picture.dump().unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }
  }

  /// Off the record, on it and off again, faster than the journal writes: the screen never says that it records.
  @Test func offTheRecordIsShownWhateverTheJournalStillTells() throws {
    var scene = try Scene.talk()
    for _ in 0..<3 { _ = scene.state.update(.terminal(.key(.function(4))), size: size) }
    #expect(scene.state.phase == .paused)
    let changes: [RecordingChange] = [
      .paused(position: 1), .resumed(position: 2), .paused(position: 3),
    ]
    for change in changes {
      scene.happen(.recording(change))
      #expect(scene.state.phase == .paused)
    }
    scene.happen(.recording(.resumed(position: 4)))
    #expect(scene.state.phase == .recording)
  }

  /// The other way round: what was shown as heard since is gone when it is off the record after all.
  @Test func nothingHeardIsShownOffTheRecord() throws {
    var scene = try Scene.talk()
    let open = DeskState.RevisableText(segment: 9, start: 1, text: "algo")
    scene.happen(.recording(.paused(position: 1)))
    #expect(scene.state.revisable == nil)
    scene.happen(.recording(.resumed(position: 2)))
    _ = scene.state.update(.revisable(open, preview: [:]), size: size)
    scene.happen(.recording(.paused(position: 3)))
    #expect(scene.state.revisable == nil)
  }
}

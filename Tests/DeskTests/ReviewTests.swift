import Extraction
import Forms
import Interview
import Messages
import Terminal
import Testing

@testable import Desk

/// Walking through what was heard, writing, choosing, hearing again, searching.
@Suite struct ReviewTests {
  let size = Size(rows: 24, columns: 80)

  /// The bar of the product: from the end of the talk to the submission one key a field that waits, and two.
  @Test func oneKeyAFieldAndTwo() throws {
    var scene = try Scene.talk()
    for field in ["needs", "household_size"] as [FieldName] {
      scene.happen(.edited(field, field == "needs" ? .list(["food"]) : .integer(2)))
    }
    let waiting = Progress(state: scene.state.interview, form: scene.state.form)
    #expect(waiting.missing.isEmpty)
    var keys = 1
    #expect(scene.press(.character("s")) == [.stopRecording])
    scene.happen(.recording(.stopped(position: 16_000 * 42)))
    while !Progress(state: scene.state.interview, form: scene.state.form).unconfirmed.isEmpty {
      _ = scene.press(Key(.enter))
      keys += 1
    }
    #expect(scene.press(.character("s")) == [.submit])
    #expect(keys + 1 == waiting.unconfirmed.count + 2)
  }

  @Test func theWordsBehindTheFocusAreInSight() throws {
    var scene = try Scene.talk()
    for index in 6..<60 {
      scene.happen(
        .settled(
          TranscriptSegment(
            id: index, start: Double(index * 7), end: Double(index * 7 + 5), text: "frase \(index)")
        ))
    }
    #expect(!render(scene.state, size).dump().contains("Me llamo"))
    scene.happen(.recording(.stopped(position: 16_000 * 500)))
    #expect(render(scene.state, size).dump().contains("Me llamo"))
  }

  @Test(arguments: [
    ("h" as Character, DeskState.Playback.Manner.plain), ("H", .slow), ("l", .context),
  ])
  func wordsSoundAndAreLit(key: Character, manner: DeskState.Playback.Manner) throws {
    var scene = try Scene.talk()
    guard case .play(let playback)? = scene.press(.character(key)).first else {
      Issue.record("nothing is played")
      return
    }
    #expect(playback.manner == manner && playback.field == "full_name")
    #expect(!render(scene.state, size).dump().contains("▶Fatima"))
    _ = scene.state.update(.playing(playback), size: size)
    #expect(render(scene.state, size).dump().contains("▶Fatima"))
    #expect(scene.press(Key(.escape)) == [.stopPlaying])
    _ = scene.state.update(.playing(nil), size: size)
    #expect(!render(scene.state, size).dump().contains("▶Fatima"))
  }

  /// The loudspeaker falls silent before the microphone opens.
  @Test func nothingIsRecordedOverWhatIsHeard() throws {
    var scene = try Scene.talk()
    guard case .play(let playback)? = scene.press(.character("h")).first else {
      Issue.record("nothing is played")
      return
    }
    _ = scene.state.update(.playing(playback), size: size)
    scene.happen(.recording(.paused(position: 16_000 * 60)))
    #expect(scene.press(.character("p")) == [.stopPlaying, .resumeRecording])
  }

  /// What finds no room is not lost in silence.
  @Test func aLongPasteIsCutWithAWord() throws {
    var scene = try Scene.talk()
    _ = scene.press(.character("e"))
    let paste = InputEvent.paste(String(repeating: "palabra ", count: 400))
    _ = scene.state.update(.terminal(paste), size: size)
    #expect(scene.state.notice?.weight == .problem)
    #expect(scene.state.notice?.text.contains("no cabe") ?? false)
  }

  @Test(arguments: [
    ("food", "com", "food"), ("synonym", "abogad", "legal_advice"), ("code", "hygiene", "hygiene"),
  ])
  func choicesFollowWhatIsTyped(name: String, typed: String, code: String) throws {
    var scene = try Scene.talk()
    for _ in 0..<15 { _ = scene.press(Key(.down)) }
    #expect(scene.state.field?.name == "needs")
    _ = scene.press(.character("e"))
    scene.type(typed)
    // Enter takes the best fit; a second one keeps the list.
    #expect(scene.press(Key(.enter)).isEmpty)
    #expect(scene.press(Key(.enter)) == [.record(.edited("needs", .list([code])))])
  }

  @Test func anArrowChooses() throws {
    var scene = try Scene.talk()
    for _ in 0..<4 { _ = scene.press(Key(.down)) }
    #expect(scene.state.field?.name == "gender")
    let second = scene.state.form.vocabularies["gender"]?.entries[1].code ?? ""
    _ = scene.press(.character("e"), Key(.down), Key(.down))
    #expect(scene.press(Key(.enter)) == [.record(.edited("gender", .text(second)))])
  }

  @Test func whatIsWrittenIsCheckedAtOnce() throws {
    var scene = try Scene.talk()
    let lines = { (scene: Scene) in render(scene.state, SnapshotTests.sizes[1]).dump() }
    _ = scene.press(Key(.down), Key(.down), .character("e"), .control("u"))
    scene.type("12345678A")
    #expect(lines(scene).contains("… la letra no corresponde"))
    _ = scene.press(Key(.backspace))
    scene.type("z")
    #expect(lines(scene).contains("✓ 12345678Z"))
  }

  @Test func undoShowsItsField() throws {
    var scene = try Scene.talk()
    _ = scene.press(Key(.tab), .character("d"), Key(.down), Key(.down), Key(.down))
    #expect(scene.state.interview.entry("document_type").status == .unknown)
    _ = scene.press(.character("u"))
    #expect(scene.state.field?.name == "document_type")
    #expect(scene.state.interview.entry("document_type").status == .suggested)
    _ = scene.press(Key(.down), .character("U"))
    #expect(scene.state.field?.name == "document_type")
    #expect(scene.state.interview.entry("document_type").status == .unknown)
  }

  /// Enter on a value that may still change neither confirms it nor opens the editor.
  @Test func whatIsStillHeardIsNotAccepted() throws {
    var scene = try Scene.talk()
    let open = DeskState.RevisableText(segment: 5, start: 39, text: "soy una mujer")
    let candidate = Candidate(
      field: "gender", value: "female", said: "mujer", confidence: 0.9, state: .suggested,
      evidence: [Evidence(segment: 5, characters: 8..<13, start: 39, end: 40, text: "mujer")])
    _ = scene.state.update(.revisable(open, preview: ["gender": candidate]), size: size)
    for _ in 0..<4 { _ = scene.press(Key(.down)) }
    #expect(scene.press(Key(.enter)).isEmpty)
    #expect(scene.state.view == .interview && scene.state.notice != nil)
  }

  /// While the talk is on, what nobody has asked is told apart from what was asked in vain.
  @Test func whatWasNotAskedIsHinted() throws {
    var scene = try Scene(hasSound: true)
    _ = scene.press(Key(.enter))
    scene.happen(.recording(.started))
    _ = scene.state.update(.asked(["full_name", "phone"]), size: size)
    let line = { (scene: Scene) in render(scene.state, Size(rows: 24, columns: 160)).lines[22] }
    #expect(line(scene).contains("faltan 2: Nombre y apellidos, Teléfono"))
    #expect(line(scene).contains("sin preguntar: Tipo de documento, Número de documento, …"))
    scene.happen(.recording(.stopped(position: 16_000)))
    #expect(!line(scene).contains("sin preguntar"))
  }

  /// What a person decided against is not "heard later".
  @Test func whatWasDecidedAgainstIsNoContradiction() throws {
    var scene = try Scene.talk()
    _ = scene.press(Key(.tab), .character("d"))
    #expect(scene.state.interview.entry("document_type").contested == nil)
  }

  @Test func searchFindsWithoutCaseAndAccents() throws {
    var scene = try Scene.talk()
    for index in 6..<60 {
      scene.happen(
        .settled(
          TranscriptSegment(
            id: index, start: Double(index * 7), end: Double(index * 7 + 5), text: "nada \(index)"))
      )
    }
    _ = scene.press(.character("/"))
    scene.type("ME LLAMO FÁTIMA")
    _ = scene.press(Key(.enter))
    #expect(scene.state.reading.search?.count == 1)
    #expect(render(scene.state, size).dump().contains("»Me llamo"))
    _ = scene.press(Key(.escape))
    #expect(scene.state.reading.search == nil && scene.state.context == .interview)
    _ = scene.press(.character("/"))
    scene.type("nada")
    _ = scene.press(Key(.enter))
    #expect(scene.state.reading.search.map { [$0.number, $0.count] } == [54, 54])
    _ = scene.press(.character("N"), .character("N"), .character("n"), .character("n"))
    #expect(scene.state.reading.search?.number == 54)
    _ = scene.press(.character("n"))
    #expect(scene.state.reading.search?.number == 1)
    // Accepting goes on while words are looked for.
    _ = scene.press(Key(.tab), Key(.enter))
    #expect(scene.state.interview.entry("document_type").status == .confirmed)
  }

  @Test func newLinesBelowAreCounted() throws {
    var scene = try Scene.talk()
    let small = SnapshotTests.sizes[2]
    _ = scene.press(Key(.pageUp), size: small)
    for index in 7..<9 {
      _ = scene.state.update(
        .happened(
          StampedEvent(
            sequence: 90 + index, time: 0, elapsed: 0,
            event: .settled(
              TranscriptSegment(id: index, start: 60, end: 62, text: "algo nuevo \(index)")))),
        size: small)
    }
    #expect(scene.state.reading.unread == 2)
    #expect(render(scene.state, small).dump().contains("▼ 2 líneas nuevas debajo"))
    _ = scene.press(Key(.end), size: small)
    #expect(scene.state.reading.unread == 0)
    #expect(render(scene.state, small).dump().contains("algo nuevo 8"))
  }

  @Test func whileTheRecogniserIsBehindNothingIsCalledComplete() throws {
    var scene = try Scene.talk()
    _ = scene.state.update(.engine(.behind(56_000)), size: size)
    scene.happen(.recording(.stopped(position: 16_000 * 60)))
    #expect(scene.state.notice?.text == scene.state.catalogue.text("review.behind"))
    for _ in 0..<5 { _ = scene.press(Key(.enter)) }
    #expect(scene.state.notice?.text == scene.state.catalogue.text("review.behind"))
  }
}

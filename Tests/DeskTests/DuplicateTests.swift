import Extraction
import Interview
import Messages
import Terminal
import Testing

@testable import Desk

/// Somebody who may have been here before: warned of, decided about, never saved undecided.
@Suite struct DeskDuplicateTests {
  private let first = "c0000001-0000-4000-8000-000000000001"
  private let second = "c0000002-0000-4000-8000-000000000001"

  private func decisions(_ effects: [DeskEffect]) -> [DuplicateDecision] {
    effects.compactMap { effect in
      if case .record(.duplicate(let decision)) = effect { return decision }
      return nil
    }
  }

  @Test func theWarningStaysUntilAllIsDecided() throws {
    var scene = try Scene.duplicates()
    #expect(scene.state.notice?.text.contains("Quizá ya estuvo aquí") == true)
    _ = scene.press(Key(.down), Key(.up))
    #expect(scene.state.notice != nil)
    let effects = scene.press(.character("D"), .character("v"))
    #expect(decisions(effects) == [DuplicateDecision(other: first, choice: .linked)])
    // The next one is in focus.
    #expect(scene.state.view == .duplicates(DuplicateState.Question(focus: 1)))
    #expect(
      decisions(scene.press(.character("c")))
        == [DuplicateDecision(other: second, choice: .continued)])
    #expect(scene.state.view == .interview)
    #expect(scene.state.notice == nil)
    #expect(scene.state.undecidedDuplicates.isEmpty)
  }

  @Test func aSecondSubmissionNeedsAReason() throws {
    var scene = try Scene.duplicates(keys: [.character("D"), .character("o")])
    #expect(scene.press(Key(.enter)).isEmpty)
    #expect(scene.state.view.isAskingReason)
    #expect(scene.press(Key(.escape)).isEmpty)
    #expect(scene.state.view == .duplicates(DuplicateState.Question()))
    _ = scene.press(.character("m"))
    scene.type(" nueva  solicitud ")
    #expect(
      decisions(scene.press(Key(.enter)))
        == [DuplicateDecision(other: first, choice: .overridden, reason: "nueva solicitud")])
    #expect(scene.state.interview.duplicates.count == 2)
  }

  @Test func savingAsksFirstAndGoesOnBehindTheLastAnswer() throws {
    var scene = try Scene.duplicates()
    scene.happen(.recording(.stopped(position: 16_000 * 60)))
    #expect(scene.press(.character("s")).isEmpty)
    #expect(scene.state.view == .duplicates(DuplicateState.Question(focus: 0, isSaving: true)))
    _ = scene.press(.character("l"))
    let effects = scene.press(.character("c"))
    #expect(decisions(effects).count == 1)
    // Something is open in the form: the usual question follows.
    #expect(scene.state.view == .confirmSubmit)
    #expect(scene.press(.character("s")) == [.submit])
  }

  /// A search that ends after the person said no: nothing is asked, nothing keeps the interview from being saved.
  @Test func withoutConsentALateSearchFindsNobody() throws {
    var scene = try Scene.duplicates()
    scene.happen(.recording(.stopped(position: 16_000 * 60)))
    let entries = scene.state.duplicates.found
    scene.happen(.consented(Consent(recording: false, data: false)))
    scene.find(entries)
    #expect(scene.state.undecidedDuplicates.isEmpty)
    #expect(scene.press(.character("s")).isEmpty)
    #expect(scene.state.view == .confirmSubmit)
  }

  @Test func laterIsPossibleUntilSaving() throws {
    var scene = try Scene.duplicates(keys: [.character("D"), Key(.escape)])
    #expect(scene.state.view == .interview)
    #expect(scene.state.undecidedDuplicates.count == 2)
    scene.happen(.recording(.stopped(position: 16_000 * 60)))
    _ = scene.press(.character("s"), Key(.escape))
    #expect(scene.press(.character("s")).isEmpty)
  }

  /// A corrected value: the decision can be seen and taken back, nothing more is asked.
  @Test func whatNoLongerMatchesStaysToBeChanged() throws {
    var scene = try Scene.duplicates(keys: [.character("D"), .character("v"), Key(.escape)])
    scene.find([])
    #expect(scene.state.undecidedDuplicates.isEmpty)
    #expect(scene.state.duplicateEntries.map(\.matches) == [[], []])
    let ids = scene.state.duplicateEntries.map(\.id)
    #expect(ids.contains(first))
    _ = scene.press(.character("D"))
    if ids.first != first { _ = scene.press(Key(.down)) }
    #expect(
      decisions(scene.press(.character("c")))
        == [DuplicateDecision(other: first, choice: .continued)])
  }

  @Test func nobodyWasHere() throws {
    var scene = try Scene.talk()
    #expect(scene.press(.character("D")).isEmpty)
    #expect(scene.state.view == .interview)
    #expect(scene.state.notice?.text == scene.state.catalogue.text("duplicates.none"))
  }

  @Test func manyOfThemScroll() throws {
    var scene = try Scene.talk()
    scene.find(
      (0..<30).map {
        DuplicateState.Entry(
          id: "c00000\($0 + 10)-0000-4000-8000-000000000001", time: "2026-02-27 10:31",
          name: "Ana \($0)", matches: [.document])
      })
    _ = scene.press(.character("D"))
    for _ in 0..<40 { _ = scene.press(Key(.down)) }
    for size in SnapshotTests.sizes {
      #expect(render(scene.state, size).dump().contains("30. Ana 29"))
    }
  }

  @Test func lineByLine() throws {
    var desk = PlainDesk(state: try Scene.duplicates().state, echoes: false)
    let say = { (text: String, desk: inout PlainDesk) in
      _ = desk.take(.terminal(.paste(text)))
      return desk.take(.terminal(.key(Key(.enter))))
    }
    let asked = say("repetida", &desk)
    #expect(asked.text.contains("1. Fatima Zahra El Amrani · 2026-02-27 10:31"))
    #expect(asked.text.contains("vincular"))
    _ = say("2", &desk)
    _ = say("motivo", &desk)
    let kept = say("vuelve por otra ayuda", &desk)
    #expect(
      decisions(kept.effects)
        == [
          DuplicateDecision(
            other: second, choice: .overridden, reason: "vuelve por otra ayuda")
        ])
  }
}

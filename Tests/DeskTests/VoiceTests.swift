import Extraction
import Forms
import Interview
import Terminal
import Testing

@testable import Desk

/// Who is who: roles, names that are written, words given to the other voice.
@Suite struct VoiceTests {
  /// A talk of two voices; the second one's words are the name's.
  private func talk() throws -> Scene {
    var scene = try Scene.talk()
    let segments = scene.state.interview.segments
    let labels = Dictionary(
      uniqueKeysWithValues: segments.map { ($0.id, $0.id % 2 == 0 ? "S1" : "S2") })
    _ = scene.happen(.relabelled(labels, byPerson: false))
    return scene
  }

  private func name(_ scene: Scene, _ label: String) -> String {
    scene.state.interview.speakers.name(label)
  }

  @Test func theTechniciansVoiceIsTheNextOne() throws {
    var scene = try talk()
    _ = scene.press(.character("v"))
    #expect(name(scene, "S1") == "technician" && name(scene, "S2") == "person")
    _ = scene.press(.character("v"))
    #expect(name(scene, "S1") == "person" && name(scene, "S2") == "technician")
  }

  @Test func aVoiceGetsTheNameThatIsWritten() throws {
    var scene = try talk()
    _ = scene.press(.character("w"))
    guard case .prompt(let prompt) = scene.state.view, case .voiceName(let label) = prompt.purpose
    else {
      Issue.record("no line to write the name in")
      return
    }
    scene.type("  Amina   (hermana) ")
    _ = scene.press(Key(.enter))
    #expect(scene.state.view == .interview)
    #expect(name(scene, label) == "Amina (hermana)")
    let own = scene.state.interview.segments.filter { $0.speaker == "Amina (hermana)" }
    #expect(!own.isEmpty && own.count < scene.state.interview.segments.count)
    // The other voice keeps its label.
    #expect(name(scene, label == "S1" ? "S2" : "S1") == (label == "S1" ? "S2" : "S1"))
  }

  @Test func anEmptyNameGivesTheLabelBackAndEscapeChangesNothing() throws {
    var scene = try talk()
    _ = scene.press(.character("w"))
    scene.type("Amina")
    _ = scene.press(Key(.enter))
    _ = scene.press(.character("w"))
    scene.type("x")
    _ = scene.press(Key(.escape))
    #expect(scene.state.interview.segments.contains { $0.speaker == "Amina" })
    _ = scene.press(.character("w"), .control("u"), Key(.enter))
    #expect(!scene.state.interview.segments.contains { $0.speaker == "Amina" })
  }

  @Test func withoutVoicesThereIsNothingToName() throws {
    var scene = try Scene.talk()
    _ = scene.press(.character("w"))
    #expect(scene.state.view == .interview)
    #expect(scene.state.notice != nil)
  }

  @Test func wordsAreGivenToTheOtherVoice() throws {
    var scene = try talk()
    let fields = scene.state.form.fields
    let heard = fields.firstIndex {
      scene.state.interview.entry($0.name).candidate?.evidence.isEmpty == false
    }
    let field = try #require(heard)
    while scene.state.focus < field { _ = scene.press(Key(.down)) }
    while scene.state.focus > field { _ = scene.press(Key(.up)) }
    let entry = scene.state.interview.entry(fields[field].name)
    let segment = try #require(entry.candidate?.evidence.last?.segment)
    let before = scene.state.interview.speakers.label(of: segment)
    _ = scene.press(.character("V"))
    let after = scene.state.interview.speakers.label(of: segment)
    #expect(before != after && after != nil)
    // What is heard later does not take it back.
    _ = scene.happen(.relabelled([segment: before ?? ""], byPerson: false))
    #expect(scene.state.interview.speakers.label(of: segment) == after)
  }
}

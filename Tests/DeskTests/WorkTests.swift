import Interview
import Terminal
import TestSupport
import Testing

@testable import Desk

/// Long work from the first screen: export and synchronisation.
@Suite struct WorkTests {
  private let size = Size(rows: 24, columns: 80)

  private func home(hasTarget: Bool = true) throws -> Scene {
    var scene = try Scene.home()
    var lists = scene.state.home.lists ?? HomeState.Lists()
    lists.hasTarget = hasTarget
    _ = scene.state.update(.lists(lists), size: size)
    return scene
  }

  @Test func anExportGoesToTheFileThatIsWritten() throws {
    var scene = try home()
    #expect(scene.press(.character("e")) == [])
    #expect(scene.press(Key(.down)) == [])
    let effects = scene.press(Key(.enter))
    let request = DeskState.ExportRequest(path: "~/acogida-dev-2026-03-01.json", replaces: false)
    #expect(effects == [.export(request)] && request.format == .json)
    #expect(scene.state.view == .home && scene.state.work?.kind == .export)
    // One at a time.
    #expect(scene.press(.character("e")) == [] && scene.state.view == .home)
    #expect(scene.press(.character("s")) == [])
    _ = scene.state.update(
      .working(DeskState.LongWork(.export, done: 1024, total: 4096)), size: size)
    #expect(render(scene.state, size).dump().contains("exportando 25 %"))
    _ = scene.state.update(.worked(DeskState.Notice("hecho")), size: size)
    #expect(scene.state.work == nil && scene.state.notice?.text == "hecho")
  }

  @Test(arguments: [
    ("a.csv", "csv"), ("a.JSON", "json"), ("a.jsonl", "jsonl"), ("a", "csv"), ("a.json.txt", "csv"),
  ])
  func theNameTellsTheFormat(path: String, format: String) {
    #expect(DeskState.ExportRequest(path: path, replaces: false).format.rawValue == format)
  }

  @Test func aFileThatIsThereIsReplacedOnlyWhenAskedTwice() throws {
    var scene = try home()
    _ = scene.press(.character("e"))
    guard case .export(let request) = scene.press(Key(.enter)).first else {
      Issue.record("no export")
      return
    }
    _ = scene.state.update(.exportIsTaken(request), size: size)
    #expect(scene.state.work == nil)
    // Another name asks anew; the same one insists.
    var other = scene
    _ = other.press(.character("x"))
    #expect(
      other.press(Key(.enter)) == [
        .export(DeskState.ExportRequest(path: request.path + "x", replaces: false))
      ])
    #expect(
      scene.press(Key(.enter)) == [
        .export(DeskState.ExportRequest(path: request.path, replaces: true))
      ])
  }

  @Test func whoWentOnWithAnInterviewIsToldThatTheFileIsThere() throws {
    var scene = try Scene.talk()
    let request = DeskState.ExportRequest(path: "/a.csv", replaces: false)
    _ = scene.state.update(.exportIsTaken(request), size: size)
    #expect(scene.state.view == .interview && scene.state.notice?.weight == .problem)
  }

  @Test func escapeCancelsOnceAndQuittingAsks() throws {
    var scene = try home()
    #expect(scene.press(Key(.escape)) == [])
    #expect(scene.press(.character("s")) == [.sync])
    #expect(scene.press(.character("q")) == [])
    #expect(scene.press(Key(.escape)) == [.cancelWork])
    #expect(scene.press(Key(.escape)) == [])
    #expect(render(scene.state, size).dump().contains("cancelando"))
    #expect(scene.press(.character("q")) == [.quit])
  }

  @Test func nothingIsSentWhereThereIsNoTarget() throws {
    var scene = try home(hasTarget: false)
    #expect(scene.press(.character("s")) == [])
    #expect(scene.state.notice?.text.contains("destino") == true && scene.state.work == nil)
  }

  @Test func theWorkGoesOnBesideAnInterview() throws {
    var scene = try home()
    _ = scene.press(.character("s"))
    let talk = try Scene.talk().state
    let opened = OpenedInterview(
      form: talk.form, interview: talk.interview, language: "es", today: "2026-03-01",
      hasSound: true)
    _ = scene.state.update(.opened(opened), size: size)
    _ = scene.state.update(.working(DeskState.LongWork(.sync, done: 7, total: 14)), size: size)
    #expect(render(scene.state, size).dump().contains("enviando 50 %"))
    #expect(scene.state.atHome().work != nil)
  }

  @Test func escapeDoesWithoutTheRecogniserWhileItLoads() throws {
    var scene = try Scene.talk()
    #expect(scene.press(Key(.escape)) == [])
    _ = scene.state.update(.engine(.loading(seconds: 7)), size: size)
    #expect(render(scene.state, Size(rows: 30, columns: 120)).dump().contains("7 s (Esc"))
    #expect(scene.press(Key(.escape)) == [.cancelLoading])
    // A search ends first.
    _ = scene.press(.character("/"))
    scene.type("nie")
    _ = scene.press(Key(.enter))
    #expect(scene.press(Key(.escape)) == [])
  }
}

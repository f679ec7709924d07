import Terminal
import Testing

@testable import Desk

/// The numbers of the organisation, from the first screen.
@Suite struct DashboardTests {
  private let size = Size(rows: 24, columns: 80)
  private let numbers = DashboardState(
    figures: [.init(title: "dashboard.today", value: nil)], weeks: [], charts: [], minimum: 5)

  @Test func aKeyReadsThemAndEscapeLeadsBack() throws {
    var scene = try Scene.home()
    #expect(scene.press(.character("d")) == [.readDashboard])
    #expect(scene.state.view == .dashboard(nil))
    _ = scene.state.update(.dashboard(numbers), size: size)
    // What is not told is not told here either.
    #expect(render(scene.state, size).dump().contains("Hoy <5"))
    #expect(scene.press(Key(.escape)) == [])
    #expect(scene.state.view == .home)
  }

  @Test func whoHasLeftIsNotLedBack() throws {
    var scene = try Scene.home(keys: [.character("d"), Key(.escape)])
    _ = scene.state.update(.dashboard(numbers), size: size)
    #expect(scene.state.view == .home)
    // Behind the help they arrive all the same.
    _ = scene.press(.character("d"), .function(1))
    _ = scene.state.update(.dashboard(numbers), size: size)
    _ = scene.press(Key(.escape))
    #expect(scene.state.view == .dashboard(numbers))
  }

  @Test func whatCanNotBeReadIsSaidOnTheFirstScreen() throws {
    var scene = try Scene.home(keys: [.character("d")])
    _ = scene.state.update(.notice(DeskState.Notice("no", .problem)), size: size)
    #expect(scene.state.view == .home && scene.state.notice?.text == "no")
  }

  @Test func itIsReadOutInLines() throws {
    var desk = PlainDesk(state: try Scene.home().state, echoes: false)
    _ = desk.begin()
    for character in "d" { _ = desk.take(.terminal(.key(.character(character)))) }
    let (waiting, asked) = desk.take(.terminal(.key(Key(.enter))))
    #expect(asked == [.readDashboard] && waiting.contains("Leyendo"))
    guard case .dashboard(let numbers?) = try Scene.dashboard().state.view else {
      Issue.record("no numbers")
      return
    }
    let (text, _) = desk.take(.dashboard(numbers))
    for line in [
      "Esta semana: 63", "2026-02-23: 63", "Alimentación: 120", "Violencia de género: <5",
      "2026-03-02: 16 (11-22)",
    ] { #expect(text.contains(line), "\(line)") }
    _ = desk.take(.terminal(.key(Key(.enter))))
    #expect(desk.state.view == .home)
  }
}

import Terminal
import Testing

@testable import Desk

@Suite struct KeyMapTests {
  @Test(arguments: Command.ID.allCases)
  func theTableIsInOrder(id: Command.ID) { #expect(KeyMap.standard.check(id) == nil) }

  @Test func changedKeysTakeThePlaceOfTheTables() {
    var map = KeyMap()
    map.set(.pause, to: [.function(9), .control("o")])
    #expect(map.check(.pause) == nil)
    #expect(map.find(.function(9), in: .editing) == .pause)
    #expect(map.find(.alt("9"), in: .interview) == .pause)
    #expect(map.find(.function(4), in: .interview) == nil)
    #expect(map.keys(.pause).first == .function(9))
  }

  @Test func twoCommandsMaySwapTheirKeys() {
    var map = KeyMap()
    map.set(.hear, to: [.character("e")])
    #expect(map.check(.hear) == .conflict(key: .character("e"), .edit))
    map.set(.edit, to: [.character("h")])
    #expect(map.check(.hear) == nil && map.check(.edit) == nil)
    #expect(map.find(.character("h"), in: .interview) == .edit)
  }

  @Test(
    arguments: [
      (Command.ID.hear, [Key.character("3")], KeyMap.Problem.reserved(key: .character("3"))),
      (.pause, [.character("p")], .cannotWorkWhileTyping), (.accept, [], .needsKey),
      (.repaint, [.function(4)], .conflict(key: .function(4), .pause)),
      (.keep, [Key(.escape)], .conflict(key: Key(.escape), .cancel)),
    ] as [(Command.ID, [Key], KeyMap.Problem)])
  func whatCannotBe(id: Command.ID, keys: [Key], problem: KeyMap.Problem) {
    var map = KeyMap()
    map.set(id, to: keys)
    #expect(map.check(id) == problem)
  }

  /// Enter accepts in the form and keeps in the line: no conflict. An unneeded command may go without keys.
  @Test func oneKeyMayMeanDifferentThingsInDifferentPlaces() {
    var map = KeyMap()
    map.set(.refuse, to: [])
    map.set(.submit, to: [.control("s")])
    map.set(.keep, to: [.control("s")])
    #expect([.refuse, .submit, .keep].allSatisfy { map.check($0) == nil })
    #expect(map.find(.character("r"), in: .interview) == nil)
  }

  @Test func theScreenShowsTheKeysThatAreSet() throws {
    var map = KeyMap()
    map.set(.hear, to: [.control("o")])
    var state = try Scene.talk().state
    state = DeskState(
      form: state.form, catalogue: state.catalogue, stage: "dev", language: "es",
      today: "2026-03-01", keys: map, interview: state.interview)
    let size = Size(rows: 24, columns: 100)
    #expect(render(state, size).lines[23].contains("^O oír"))
    _ = state.update(.terminal(.key(.function(1))), size: Size(rows: 40, columns: 100))
    #expect(render(state, Size(rows: 40, columns: 100)).dump().contains("^O"))
  }
}

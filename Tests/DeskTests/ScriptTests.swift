import Foundation
import Interview
import Terminal
import Testing

@testable import Desk

/// Scripts: keys in, screens out.
@MainActor
@Suite struct ScriptTests {
  @Test func linesAreStepsInOrder() throws {
    let script = try DeskScript(
      """
      # A comment, and a blank line.

      n Enter ctrl-p F4
      :type aé
      :wait Antes de
      :gone leyendo
      :paste a b
      :size 40x12
      :click 3 7
      :limit 5
      :save-screen a b.txt
      """)
    let expected: [DeskScript.Step] = [
      .event(.key(.character("n"))), .event(.key(Key(.enter))), .event(.key(.control("p"))),
      .event(.key(.function(4))), .event(.key(.character("a"))), .event(.key(.character("é"))),
      .wait("Antes de", isThere: true), .wait("leyendo", isThere: false), .event(.paste("a b")),
      .event(.resized(Size(rows: 12, columns: 40))), .event(.click(Point(row: 3, column: 7))),
      .limit(5), .save("a b.txt"),
    ]
    #expect(script.steps.map(\.step) == expected)
    #expect(script.steps.first?.number == 3 && script.steps.last?.number == 11)
  }

  @Test(arguments: [
    "nope", ":wait", ":jump a", ":size 40", ":size ax3", ":limit soon", "n\u{1B}",
    ":click 1 2 3",
    ":size 99999999999999999999x1",
  ])
  func whatMakesNoSenseIsNamed(line: String) {
    #expect(throws: DeskScript.Problem(line: 2, text: line)) { try DeskScript("n\n" + line) }
  }

  /// Whatever is in a file, it is read or refused.
  @Test(arguments: 0..<50)
  func anyTextIsReadOrRefused(seed: Int) {
    var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1
    let alphabet = Array(":wait type size 40x-1\n\r#é\u{0}\u{1B}作🏳️‍🌈 ctrl-F9")
    let text = String(
      (0..<200).map { _ -> Character in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return alphabet[Int(state >> 33) % alphabet.count]
      })
    _ = try? DeskScript(text)
  }

  private final class Services: DeskServices {
    let inputs: AsyncStream<DeskInput>
    private let news: AsyncStream<DeskInput>.Continuation
    var isClosed = false

    init() { (inputs, news) = AsyncStream.makeStream() }

    func perform(_ effect: DeskEffect) {
      if effect == .readLists || effect == .find("a") { news.yield(.lists(HomeState.Lists())) }
    }

    func close() async { isClosed = true }
  }

  private func run(
    _ text: String
  ) async throws -> (pictures: [String: String], failure: ScriptScreen.Failure?) {
    var pictures: [String: String] = [:]
    let screen = ScriptScreen(try DeskScript(text)) { path, picture in
      if path == "full" { throw DeskScript.Problem(line: 0, text: "") }
      pictures[path] = picture
    }
    let services = Services()
    let state = try Scene.home().state
    _ = await DeskLoop(state: state, screen: screen, services: services).run()
    #expect(services.isClosed)
    return (pictures, screen.failure)
  }

  @Test func keysInScreensOut() async throws {
    let (pictures, failure) = try await run(
      ":wait Carmen\n:save-screen home\n?\n:save-screen help\nEsc\n:gone Teclas\n:size 40x12\n/\n:type a\n"
        + ":wait /a\n:save-screen small\n")
    #expect(failure == nil)
    #expect(pictures["home"] == render(try Scene.home().state, Size(rows: 24, columns: 80)).dump())
    #expect(pictures["help"]?.contains("Teclas") == true)
    #expect(pictures["small"]?.components(separatedBy: "\n").count == 14)
  }

  @Test func aWaitThatComesToNothingEndsTheScript() async throws {
    let (_, failure) = try await run(":limit 0\n:wait Carmen\n:wait marciano\n:save-screen never\n")
    #expect(failure == .neverShown(line: 3, text: "marciano"))
  }

  @Test func aScreenThatCannotBeKeptEndsTheScript() async throws {
    let (pictures, failure) = try await run(":save-screen full\n:save-screen never\n")
    #expect(failure == .notSaved(line: 1, path: "full") && pictures.isEmpty)
  }
}

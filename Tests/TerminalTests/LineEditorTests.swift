import Terminal
import TerminalTestSupport
import TestSupport
import Testing

@Suite struct LineEditorTests {
  private func edited(_ start: String, _ keys: [Key]) -> String {
    var editor = LineEditor(start)
    for key in keys { _ = editor.handle(.key(key)) }
    let characters = Array(editor.text)
    return String(characters[..<editor.cursor]) + "|" + String(characters[editor.cursor...])
  }

  @Test(
    arguments: [
      ("ab", [Key.character("c")], "abc|"),
      ("ab", [Key(.left), .character("ñ")], "añ|b"),
      ("uno dos", [.control("w")], "uno |"),
      ("uno dos", [.control("a"), .control("k")], "|"),
      ("uno dos", [.control("w"), .control("a"), .control("y")], "dos|uno "),
      ("uno dos", [.control("w"), .control("_")], "uno dos|"),
      ("uno dos", [Key(.left, .control), Key(.left, .control)], "|uno dos"),
      ("uno dos", [Key(.home), .alt("f")], "uno| dos"),
      ("", [.character("e"), .character("\u{301}"), Key(.left)], "|e\u{301}"),
      ("ab", [Key(.home), Key(.delete)], "|b"),
      ("", [.character("a"), .character("b"), .control("_"), .alt("_")], "ab|"),
      ("👩‍👩‍👧a", [Key(.backspace), Key(.backspace)], "|"),
    ] as [(String, [Key], String)])
  func keys(start: String, keys: [Key], result: String) {
    #expect(edited(start, keys) == result)
  }

  @Test func keysThatAreNotForALineAreRefused() {
    var editor = LineEditor("a")
    for key in [Key(.enter), Key(.escape), .function(4), Key(.up), .control("r")] {
      let taken = editor.handle(.key(key))
      #expect(!taken)
    }
    #expect(editor.text == "a")
  }

  @Test func pastedLinesBecomeOne() {
    var editor = LineEditor("x ")
    let taken = editor.handle(.paste("uno\ndos\t tres\n"))
    #expect(taken)
    #expect(editor.text == "x uno dos tres")
    _ = editor.handle(.key(.control("_")))
    #expect(editor.text == "x ")
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func undoingEverythingGivesTheStart(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let keys: [Key] = [
      .character("a"), .character("é"), .character(" "), .character("\u{301}"), Key(.left),
      Key(.right), Key(.backspace), Key(.delete), .control("w"), .control("k"), .control("u"),
      .control("y"), .alt("b"), .alt("d"), Key(.home), Key(.end),
    ]
    var editor = LineEditor("Ana López")
    for _ in 0..<120 {
      if let key = keys.randomElement(using: &random) { _ = editor.handle(.key(key)) }
      #expect((0...editor.text.count).contains(editor.cursor))
      let window = editor.window(columns: 8)
      #expect(TextWidth.of(window.text) <= 8 && window.cursorColumn < 8)
    }
    for _ in 0..<400 { _ = editor.handle(.key(.control("_"))) }
    #expect(editor.text == "Ana López")
  }

  @Test func respectsTheLimit() {
    var editor = LineEditor("", limit: 3)
    _ = editor.handle(.paste("abcdef"))
    #expect(editor.text == "abc")
  }
}

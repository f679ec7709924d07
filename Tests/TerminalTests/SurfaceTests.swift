import Terminal
import TerminalTestSupport
import TestSupport
import Testing

@Suite struct SurfaceTests {
  @Test(arguments: [
    ("hola", 4), ("José", 4), ("Jose\u{301}", 4), ("作者", 4), ("👩‍👩‍👧", 2), ("👍🏽", 2), ("مرحبا", 5),
    ("a\u{1B}b", 3), ("\u{9B}", 1), ("\u{301}", 1), ("\u{202E}", 1), ("", 0), ("ｆ", 2),
  ])
  func widths(text: String, columns: Int) {
    #expect(TextWidth.of(text) == columns)
  }

  @Test func clipsAtTheEdgeAndNeverSplitsAWideCell() {
    var surface = Surface(Size(rows: 1, columns: 5))
    #expect(surface.put("ab作者", row: 0, column: 0) == 4)
    #expect(surface.lines == ["ab作"])
    surface.put("x", row: 0, column: 3)
    #expect(surface.lines == ["ab x"])
    surface.put("作", row: 0, column: 4)
    #expect(surface.lines == ["ab x"])
  }

  @Test func overwritingTheFirstHalfBlanksTheSecond() {
    var surface = Surface(Size(rows: 1, columns: 4))
    surface.put("作者", row: 0, column: 0)
    surface.put("é", row: 0, column: 0)
    surface.put("i", row: 0, column: 2)
    #expect(surface.lines == ["é i"])
    #expect(surface[0, 1].width == 1)
  }

  @Test func controlCharactersNeverReachACell() {
    var surface = Surface(Size(rows: 1, columns: 20))
    surface.put("a\u{1B}[2Jb\tc\nd\r\ne\u{7F}\u{85}", row: 0, column: 0)
    #expect(surface.lines == ["a·[2Jb c d e··"])
  }

  @Test func boxAndStylesAreDumped() {
    var surface = Surface(Size(rows: 3, columns: 12))
    surface.box(surface.bounds, title: "Uno", style: .dim)
    surface.put("x", row: 1, column: 1, style: Style(.red, on: .blue, [.bold, .underline]))
    #expect(
      surface.dump(styles: true) == """
        ┌─ Uno ────┐
        │x         │
        └──────────┘
        aabbbbbaaaaa
        ac.........a
        aaaaaaaaaaaa
        a dim
        b bold dim
        c red on-blue bold underline

        """)
  }

  @Test(arguments: [
    ("uno dos tres", 7, ["uno dos", "tres"]), ("", 5, [""]), ("abcdefgh", 3, ["abc", "def", "gh"]),
    ("a b", 1, ["a", "b"]), ("作者作者", 5, ["作者", "作者"]), ("uno\ndos", 9, ["uno", "dos"]),
    ("aaa bbb", 3, ["aaa", "bbb"]), ("ab cdefgh", 4, ["ab", "cdef", "gh"]),
  ])
  func wraps(text: String, columns: Int, lines: [String]) {
    #expect(Wrap.lines(text, columns: columns) == lines)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func wrappedLinesFitAndLoseNoWord(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let letters = Array("ab cé 作\u{301} 👍 d")
    let text = String((0..<200).compactMap { _ in letters.randomElement(using: &random) })
    let columns = Int.random(in: 2...30, using: &random)
    let lines = Wrap.lines(text, columns: columns)
    #expect(lines.allSatisfy { TextWidth.of($0.drop { $0 == " " }) <= columns })
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
  }

  @Test func monochromeKeepsABackgroundVisible() {
    #expect(
      Style(.red, on: .blue, .bold).monochrome
        == Style(.standard, on: .standard, [.bold, .reverse]))
  }

  @Test(arguments: [
    (Character("é"), Character("e")), ("●", "*"), ("─", "-"), ("作", "?"), ("a", "a"),
  ])
  func asciiStandIns(character: Character, expected: Character) {
    #expect(ASCIIGlyphs.any(character) == expected)
  }
}

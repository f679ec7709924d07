import Terminal
import TerminalTestSupport
import Testing

@Suite struct VirtualTerminalTests {
  @Test(arguments: [
    ("abc\u{1B}[2D\u{1B}[X", "a c"), ("abc\r\u{1B}[P", "bc"), ("abc\r\u{1B}[2@", "  abc"),
    ("a\u{1B}[3b", "aaaa"), ("abc\u{1B}[2G\u{1B}[K", "a"), ("\u{1B}(0qqx\u{1B}(Bq", "──│q"),
    ("e\u{301}", "e\u{301}"), ("ab\u{1B}[1;1Hx", "xb"),
  ])
  func oneLine(bytes: String, expected: String) {
    var terminal = VirtualTerminal(Size(rows: 2, columns: 8))
    terminal.feed(bytes.utf8)
    #expect(terminal.surface.lines[0] == expected)
    #expect(terminal.unknown.isEmpty)
  }

  @Test func scrollRegionAndInsertedLines() {
    var terminal = VirtualTerminal(Size(rows: 4, columns: 4))
    terminal.feed("1\r\n2\r\n3\r\n4".utf8)
    terminal.feed("\u{1B}[2;3r\u{1B}[3;1H\n".utf8)
    #expect(terminal.surface.lines == ["1", "3", "", "4"])
    terminal.feed("\u{1B}[2;1H\u{1B}[L".utf8)
    #expect(terminal.surface.lines == ["1", "", "3", "4"])
  }

  @Test func wrapsOnlyWhenMoreComes() {
    var terminal = VirtualTerminal(Size(rows: 2, columns: 3))
    terminal.feed("abc".utf8)
    #expect(terminal.cursor == Point(row: 0, column: 2))
    terminal.feed("d".utf8)
    #expect(terminal.surface.lines == ["abc", "d"])
  }
}

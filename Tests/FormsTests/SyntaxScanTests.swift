import Testing

@testable import Forms

/// What the TOML parser would end the program on is refused before; what it can read, or explains, passes.
@Suite struct SyntaxScanTests {
  @Test(
    arguments: [
      ("[\n", 1), (" [\t\n", 1), ("[[\n]]\n", 1), ("x = 1\n[ \n]\n", 2), ("[=]\n", 1),
      ("a = \"'''\"\n[\n", 2), ("a = '\"\"\"'\n[ñ]\n", 2), ("# \"\"\"\n[[.]]\n", 2),
      ("a = \"\"\"\n[\n\"\"\"\n[\n", 4), ("a = [\n  [1],\n]\n[[[x]]]\n", 4),
      ("\u{FEFF}[\u{A0}x]\n", 1),
      ("a = \"\\\"\"\n[\n", 2), ("a = \"\"\"x\"\"\"\"\"\n[\n", 2), ("a = ''\n[#]\n", 2),
      ("a = [}\n", 1), ("a = [\n\u{2028}1]\n", 2), ("a = {b = [}]\n", 1), ("]\n", 1),
      ("ñ = 1\n", 1),
      ("a = \"ñ\" # ñ }\nb = {c = ['ñ]']}\n", nil),
      ("x = {a = \"]\"}\n\r[\r\n", nil), ("[a]\nx = [\n  [\n 1]]\n", nil), ("[", nil),
      ("[]\n", nil),
      ("[ \"a]\n\" ]", nil), ("['a'.b]\n", nil), ("a = '''\n[\n'''\n[b]\n", nil), ("", nil),
    ] as [(String, Int?)])
  func mistakesTheParserMustNotSee(toml: String, line: Int?) {
    #expect(SyntaxScan.impossibleLine(toml) == line)
    // What passes is read or refused by the parser; neither ends the program.
    _ = try? TOMLNode(toml: toml)
  }

  /// Files of the characters that matter, in any order: a crash here ends the test run.
  @Test func anythingIsReadOrRefused() {
    let pieces = [
      "[", "]", "[[", "]]", "{", "}", "\"", "'", "\"\"\"", "'''", "\n", "\r\n", " ", "\t", "a", "=",
      ".", "#", "\\", "\\\n", "1", ",", "ñ", "\u{A0}", "\u{FEFF}", "a = ", "b = [\n",
    ]
    var state: UInt64 = 88_172_645_463_325_252
    for _ in 0..<60_000 {
      var toml = ""
      for _ in 0..<12 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        toml += pieces[Int(state % UInt64(pieces.count))]
      }
      _ = try? TOMLNode(toml: toml)
    }
  }
}

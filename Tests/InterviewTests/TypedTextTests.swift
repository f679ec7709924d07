import Testing

@testable import Interview

@Suite struct TypedTextTests {
  @Test(arguments: [
    ("Jose\u{301}", "José"), ("  Ana\t Ruiz\n", "Ana Ruiz"), ("A\u{30A}sa", "Åsa"),
    ("فاطمة\u{200F} الزهراء", "فاطمة الزهراء"), ("\u{202E}evil", "evil"),
    ("a\u{200B}b\u{FEFF}", "ab"),
    ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("作者", "作者"), ("x\u{1B}[31my\u{9B}z", "x[31myz"),
    ("\u{1100}\u{1161}", "가"), ("a\u{A0}b\u{85}c\u{2028}d", "a b c d"), ("\u{E0041}x", "x"),
  ])
  func canonical(typed: String, kept: String) {
    let text = TypedText.canonical(typed)
    #expect(Array(text.unicodeScalars) == Array(kept.unicodeScalars))
    #expect(Array(TypedText.canonical(text).unicodeScalars) == Array(text.unicodeScalars))
  }
}

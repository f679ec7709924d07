import Terminal
import TerminalTestSupport
import TestSupport
import Testing

@Suite struct KeyDecoderTests {
  @Test(arguments: [
    ("a", Key.character("a")), ("ñ", .character("ñ")), ("\r", Key(.enter)), ("\t", Key(.tab)),
    ("\u{7F}", Key(.backspace)), ("\u{1}", .control("a")), ("\u{0}", .control(" ")),
    ("\u{1B}[A", Key(.up)), ("\u{1B}OA", Key(.up)), ("\u{1B}[1;5C", Key(.right, .control)),
    ("\u{1B}[Z", .backTab), ("\u{1B}OP", .function(1)), ("\u{1B}[[E", .function(5)),
    ("\u{1B}[15~", .function(5)), ("\u{1B}[3;2~", Key(.delete, .shift)), ("\u{1B}1", .alt("1")),
    ("\u{1B}é", .alt("é")), ("\u{1B}\u{7F}", Key(.backspace, .alt)),
    ("\u{1B}[5^", Key(.pageUp, .control)),
    ("\u{1B}\u{1B}[A", Key(.up, .alt)), ("\u{1B}[7$", Key(.home, .shift)),
    ("\u{1B}OM", Key(.enter)),
    ("\u{1F}", .control("_")), ("\u{1B}[24~", .function(12)),
  ])
  func keys(bytes: String, key: Key) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(bytes.utf8) == [.key(key)])
    #expect(!decoder.isPending)
  }

  @Test func loneEscapeNeedsATimeout() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0x1B]).isEmpty)
    #expect(decoder.isPending)
    #expect(decoder.timeout() == [.key(Key(.escape))])
    #expect(!decoder.isPending)
  }

  @Test func terminfoKeysComeFirst() {
    var decoder = KeyDecoder(terminfo: [Array("\u{1B}[25~".utf8): .function(3)])
    #expect(decoder.feed("\u{1B}[25~".utf8) == [.key(.function(3))])
  }

  @Test func pasteIsDataWhateverItHolds() {
    var decoder = KeyDecoder()
    let events = decoder.feed("\u{1B}[200~q\u{3}\u{1B}[A línea\r\nq\rz\u{1B}[201~x".utf8)
    #expect(events == [.paste("q[A línea\nq\nz"), .key(.character("x"))])
  }

  @Test func pasteWithoutEndIsDelivered() {
    var decoder = KeyDecoder()
    #expect(decoder.feed("\u{1B}[200~abc".utf8).isEmpty)
    #expect(decoder.isPasting)
    #expect(decoder.timeout() == [.paste("abc")])
    #expect(decoder.feed("d".utf8) == [.key(.character("d"))])
  }

  @Test func mouse() {
    var decoder = KeyDecoder()
    #expect(decoder.feed("\u{1B}[<0;11;3M".utf8) == [.click(Point(row: 2, column: 10))])
    #expect(decoder.feed("\u{1B}[<0;11;3m".utf8).isEmpty)
    #expect(decoder.feed("\u{1B}[<64;1;1M".utf8) == [.wheel(-1, Point(row: 0, column: 0))])
    #expect(decoder.feed([0x1B, 0x5B, 0x4D, 32, 33, 34]) == [.click(Point(row: 1, column: 0))])
  }

  @Test(arguments: ["\u{1B}]0;q\u{7}", "\u{1B}[?1;2c", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}[9999;1X"])
  func answersOfTheTerminalAreNoKeys(bytes: String) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(bytes.utf8).isEmpty)
    #expect(decoder.feed("a".utf8) == [.key(.character("a"))])
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func anyBytesInAnyPiecesGiveTheSameEvents(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let likely: [UInt8] = [0x1B, 0x5B, 0x4F, 0x3B, 0x31, 0x32, 0x30, 0x7E, 0x41, 0xC3, 0xB1, 0x3C]
    let bytes = (0..<400).map { _ -> UInt8 in
      Bool.random(using: &random)
        ? likely.randomElement(using: &random) ?? 0 : .random(in: 0...255, using: &random)
    }
    var whole = KeyDecoder()
    var pieces = KeyDecoder()
    let expected = whole.feed(bytes)
    let events = bytes.flatMap { pieces.feed([$0]) }
    #expect(events == expected)
    for case .paste(let text) in events {
      #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" && $0 != "\t" })
    }
    for case .key(let key) in events {
      if case .character(let character) = key.code {
        #expect(
          !character.unicodeScalars.contains { $0.value < 32 || (0x7F..<0xA0).contains($0.value) })
      }
    }
    _ = pieces.timeout()
    #expect(pieces.feed("a".utf8) == [.key(.character("a"))])
  }

  @Test func altDigitStandsForAFunctionKey() {
    #expect(Key.alt("4").functionEquivalent == .function(4))
    #expect(Key.alt("0").functionEquivalent == .function(10))
    #expect(Key.character("4").functionEquivalent == nil)
  }
}

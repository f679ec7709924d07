import Testing

@testable import Terminal

@Suite struct KeyNameTests {
  @Test(arguments: [
    ("F4", Key.function(4)), ("f12", .function(12)), ("ctrl-p", .control("p")),
    ("CTRL-P", .control("p")), ("alt-x", .alt("x")), ("alt-X", .alt("X")), ("shift-tab", .backTab),
    ("enter", Key(.enter)), ("Return", Key(.enter)), ("pgup", Key(.pageUp)), ("e", .character("e")),
    ("E", .character("E")), ("ñ", .character("ñ")), ("?", .character("?")), ("-", .character("-")),
    ("ctrl-space", Key(.character(" "), .control)), ("alt-shift-up", Key(.up, [.alt, .shift])),
    ("ctrl-alt-k", Key(.character("k"), [.control, .alt])), ("ctrl-left", Key(.left, .control)),
  ])
  func names(name: String, key: Key) {
    #expect(Key(name: name) == key)
    #expect(Key(name: key.configurationName) == key)
  }

  @Test(arguments: [
    "", "F0", "F25", "ctrl-", "ctrl-i", "ctrl-m", "ctrl-h", "ctrl-j", "shift-e", "ctrl-ñ",
    "ctrl-ctrl-p", "hyper-x", "ab", "\u{1B}", "\u{202E}", "ctrl-1",
  ])
  func noKeys(name: String) { #expect(Key(name: name) == nil) }
}
